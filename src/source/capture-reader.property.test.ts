import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileOf, readCapture, recordOf } from "../../fixtures/read-capture.ts";

const cell = fc.constantFrom("1", "2.5", "x", "", '""', '"a,""b"', "é漢😀", '"open', "NA");
const body = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((rows) => rows.map((row) => row.join(",")).join("\n"));
const record = fc
  .record({
    input: fc.option(body, { nil: undefined }),
    output: fc.option(body, { nil: undefined }),
    eventId: fc.uuid(),
  })
  .map(recordOf);
const line = fc.oneof(
  { weight: 6, arbitrary: record },
  { weight: 1, arbitrary: fc.constantFrom("", " \r", "{}", '{"captureData":', "\ufeff") },
);
const lines = fc.array(line, { maxLength: 12 });

/** Non-blank lines of the bytes, by number. */
function linesOf(bytes: Buffer): number[] {
  return bytes
    .toString("latin1")
    .split("\n")
    .flatMap((text, i) => (/^[ \t\r]*$/.test(text) ? [] : [i + 1]));
}

describe("openCapture", () => {
  it("gives the same batches, tallies and rejections however the bytes arrive", async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.nat(), { maxLength: 30 }), async (all, cuts) => {
        const content = all.join("\n");
        const whole = await readCapture([fileOf("a", content), fileOf("b", content)]);
        const pieces = await readCapture([fileOf("a", content, cuts), fileOf("b", content)]);
        expect(pieces).toEqual(whole);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("reads or rejects every line that is not blank, whatever became of its bytes", async () => {
    const mutation = fc.record({ at: fc.nat(), byte: fc.nat(255), kind: fc.nat(2) });
    let rejected = 0;
    let read = 0;
    await fc.assert(
      fc.asyncProperty(lines, fc.array(mutation, { maxLength: 12 }), async (all, mutations) => {
        const bytes = [...Buffer.from(`x\n${all.join("\n")}`)];
        for (const { at, byte, kind } of mutations) {
          // The first line keeps a byte order mark from arising at the start.
          const place = 2 + (at % (bytes.length - 1));
          bytes.splice(place, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [byte]));
        }
        const content = Buffer.from(bytes);
        const { batches, rejections } = await readCapture([fileOf("a", content)]);
        const linesRead = new Set(batches.flatMap((batch) => batch.lines));
        const linesRejected = rejections.map(({ line: number }) => number);
        expect([...linesRead, ...linesRejected].sort((a, b) => a - b)).toEqual(linesOf(content));
        rejected += linesRejected.length;
        read += linesRead.size;
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(Math.min(read, rejected)).toBeGreaterThan(500);
  });
});
