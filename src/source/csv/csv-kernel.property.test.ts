import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { readCsv, sameRecordsUnderBothKernels } from "../../../fixtures/kernel-laws.ts";
import { CsvKernel } from "./csv-kernel.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What may lie behind the text: ends of cells, of records and of quotes, digits, anything. */
const GARBAGE: readonly Uint8Array[] = ["\n", '"', "0,0\n", '","', "1", "\r\n", "\0\xff"].map(
  (each) => Buffer.alloc(64, each, "latin1"),
);

describe("CsvKernel", () => {
  it("reads what TypeScript reads, whatever the bytes and behind them, wherever chunks end", async () => {
    const original = CsvKernel.prototype.read;
    let records = 0;
    let calls = 0;
    vi.spyOn(CsvKernel.prototype, "read").mockImplementation(function counted(
      this: CsvKernel,
      builder,
      ...rest
    ) {
      const before = builder.records;
      builder.bytes.set(GARBAGE[calls++ % GARBAGE.length]!, builder.filled);
      const next = original.call(this, builder, ...rest);
      records += builder.records - before;
      return next;
    });
    const numRuns = casesOf(400, 5_000);
    await fc.assert(sameRecordsUnderBothKernels().property, { seed: 1, numRuns });
    expect(records).toBeGreaterThan(6 * numRuns);
  });

  it("leaves a record that is too long to TypeScript, which rejects it", async () => {
    const long = `${"x".repeat(16 * 1024 * 1024)},1\n`;
    const bytes = Buffer.from(`a,b\n${long}c,d\n`);
    const ours = await readCsv(bytes, 1_000_000, {});
    expect(ours).toEqual(await readCsv(bytes, 1_000_000, { kernel: "typescript" }));
    expect(ours).toMatchObject({ tallies: [{ records: 2 }] });
  });
});
