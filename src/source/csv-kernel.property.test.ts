import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MISSING } from "../base/cells.ts";
import { CsvKernel } from "./csv-kernel.ts";
import type { CsvOptions } from "./csv-options.ts";
import { openCsv } from "./csv-reader.ts";
import type { Rejection } from "./record-source.ts";

/** All that a reading tells, batch by batch. */
async function read(
  bytes: Uint8Array,
  size: number,
  options: Partial<CsvOptions>,
): Promise<unknown> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  }
  const rejections: Rejection[] = [];
  const source = await openCsv([{ path: "x.csv", size: undefined, chunks }], {
    header: "no",
    sniffDelimiter: false,
    onReject: (rejection) => rejections.push(rejection),
    ...options,
  });
  const batches: unknown[] = [];
  for await (const { records, columns, origins } of source.batches) {
    const lines = [...origins.lines.subarray(0, records)];
    const cells = columns.map(({ bytes: text, starts, ends }) =>
      lines.map((_, row) =>
        starts[row] === MISSING
          ? null
          : Buffer.from(text.subarray(starts[row], ends[row])).toString("latin1"),
      ),
    );
    batches.push({ lines, cells });
  }
  return { batches, rejections, tallies: source.tallies };
}

const WIDTH = 5;
const cell = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom("0", "1", "", "12.5", "Ohio", "-3", "x".repeat(70)) },
  { weight: 3, arbitrary: fc.constantFrom('""', '"a,b"', '"a\nb"', '"say ""hi"""', '"\r\n"') },
  { weight: 1, arbitrary: fc.constantFrom('"open', 'a"b', '"a"b', "\r", "é漢😀", "\u0000") },
);
const row = fc
  .tuple(
    fc.oneof(
      { weight: 12, arbitrary: fc.array(cell, { minLength: WIDTH, maxLength: WIDTH }) },
      { weight: 1, arbitrary: fc.array(cell, { maxLength: WIDTH + 2 }) },
    ),
    fc.constantFrom("\n", "\n", "\r\n"),
  )
  .map(([cells, end]) => cells.join(",") + end);

describe("CsvKernel", () => {
  it("reads what TypeScript reads, whatever the text and wherever chunks end", async () => {
    const reads: number[] = [];
    const original = CsvKernel.prototype.read;
    CsvKernel.prototype.read = function readCounted(builder, line, dialect) {
      const before = builder.records;
      const next = original.call(this, builder, line, dialect);
      reads.push(builder.records - before);
      return next;
    };
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { maxLength: 60, size: "max" }),
          fc.constantFrom(1, 7, 64, 100, 1_000_000),
          fc.constantFrom(",", ";"),
          fc.boolean(),
          async (rows, size, delimiter, isCut) => {
            const text = rows.join("").replaceAll(",", delimiter);
            const bytes = Buffer.from(isCut ? text.slice(0, -1) : text);
            const options = { delimiter };
            const ours = await read(bytes, size, options);
            expect(ours).toEqual(
              await read(bytes, 1_000_000, { ...options, kernel: "typescript" }),
            );
          },
        ),
        { seed: 1, numRuns: 1000 },
      );
    } finally {
      CsvKernel.prototype.read = original;
    }
    expect(reads.reduce((sum, records) => sum + records)).toBeGreaterThan(10_000);
  });

  it("leaves a record that is too long to TypeScript, which rejects it", async () => {
    const long = `${"x".repeat(16 * 1024 * 1024)},1\n`;
    const bytes = Buffer.from(`a,b\n${long}c,d\n`);
    const ours = await read(bytes, 1_000_000, {});
    expect(ours).toEqual(await read(bytes, 1_000_000, { kernel: "typescript" }));
    expect(ours).toMatchObject({ tallies: [{ records: 2 }] });
  });
});
