import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { fileOf, readCapture, recordOf } from "../../../fixtures/read-capture.ts";

const cell = fc.constantFrom("1", "2.5", "x", "", '""', '"a,""b"', "é漢😀", '"open', "NA");
const body = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((rows) => rows.map((row) => row.join(",")).join("\n"));
const csvSide = body.map((data) => ({ data, encoding: "CSV", contentType: "text/csv" }));
const scalar = fc.constantFrom<unknown>(1, 2.5, "x", "", null, true, "é漢😀", "NA");
const object = fc.dictionary(fc.constantFrom("a", "b", "c.d", "[0]", "é"), scalar, { maxKeys: 4 });
const payload = fc.oneof(
  object,
  fc.array(object, { maxLength: 3 }),
  fc.array(scalar, { maxLength: 3 }),
  fc.array(fc.array(scalar, { maxLength: 3 }), { maxLength: 3 }),
  fc.record({ instances: fc.array(object, { maxLength: 3 }) }),
  fc.record({
    columns: fc.constant(["a", "b"]),
    data: fc.constant([
      [1, "x"],
      [null, 2],
    ]),
  }),
  fc.jsonValue({ maxDepth: 3 }),
);
const json = fc.oneof(
  payload.map((value) => JSON.stringify(value)),
  fc
    .array(
      payload.map((value) => JSON.stringify(value)),
      { maxLength: 3 },
    )
    .map((all) => all.join("\n")),
);
const jsonSide = json.map((data) => ({ data, encoding: "JSON", contentType: "application/json" }));
const base64Side = fc
  .tuple(
    fc.oneof(json, body),
    fc.constantFrom("text/csv", "application/json; charset=utf-8", "text/plain", "image/png", ""),
  )
  .map(([text, contentType]) => {
    return { data: Buffer.from(text).toString("base64"), encoding: "BASE64", contentType };
  });
const side = fc.option(fc.oneof(csvSide, jsonSide, base64Side), { nil: undefined });
const record = fc
  .record({ input: side, output: side, eventId: fc.uuid() })
  .map(({ input, output, eventId }) =>
    recordOf({
      input: input?.data,
      output: output?.data,
      encodings: [input?.encoding ?? "", output?.encoding ?? ""],
      contentTypes: [input?.contentType, output?.contentType],
      eventId,
    }),
  );
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
      { seed: 1, numRuns: casesOf(150, 1_500) },
    );
  });

  it("reads or rejects every line that is not blank, whatever became of its bytes", async () => {
    const mutation = fc.record({ at: fc.nat(), byte: fc.nat(255), kind: fc.nat(2) });
    const numRuns = casesOf(700, 7_000);
    let records = 0;
    let rejected = 0;
    let read = 0;
    await fc.assert(
      fc.asyncProperty(lines, fc.array(mutation, { maxLength: 12 }), async (all, mutations) => {
        records += all.length;
        const bytes = [...Buffer.from(`x\n${all.join("\n")}`)];
        for (const { at, byte, kind } of mutations) {
          // The first line keeps a byte order mark from arising at the start.
          const place = 2 + (at % (bytes.length - 1));
          bytes.splice(place, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [byte]));
        }
        const content = Buffer.from(bytes);
        const featureNames = content.length % 2 === 0 ? undefined : ["x", "a", "é"];
        const { batches, rejections } = await readCapture([fileOf("a", content)], { featureNames });
        const linesRead = new Set(batches.flatMap((batch) => batch.lines));
        const linesRejected = rejections.map(({ line: number }) => number);
        expect([...linesRead, ...linesRejected].sort((a, b) => a - b)).toEqual(linesOf(content));
        rejected += linesRejected.length;
        read += linesRead.size;
      }),
      { seed: 1, numRuns },
    );
    expect(records).toBeGreaterThan(4 * numRuns);
    expect(Math.min(read, rejected)).toBeGreaterThan(0.8 * numRuns);
  });
});
