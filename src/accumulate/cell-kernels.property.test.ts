import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Profile } from "../profile/profile.ts";
import type { CsvOptions } from "../source/csv-options.ts";
import { openCsv } from "../source/csv-reader.ts";
import { type ProfilerOptions, profileRecords } from "./profiler.ts";

const NAMES = ["label", "mixed", "text", "decimal", "flag"];

async function profile(
  bytes: Uint8Array,
  size: number,
  reader: Partial<CsvOptions>,
  options: ProfilerOptions = {},
): Promise<Profile | undefined> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
  }
  const source = await openCsv([{ path: "x.csv", size: undefined, chunks }], {
    header: "no",
    sniffDelimiter: false,
    ...reader,
  });
  const { profiler } = await profileRecords(source, options);
  return profiler?.finish(NAMES);
}

const number = fc.oneof(
  fc.integer({ min: -20, max: 300 }).map(String),
  fc
    .tuple(fc.nat(99_999), fc.nat(9))
    .map(([digits, scale]) => (digits / 10 ** scale).toFixed(scale)),
  fc.constantFrom("0", "-0", "-0.0", "0.0", "00", "007", "1.", ".5", "+5", "- 5", "1e3", "1e999"),
  fc.constantFrom(
    "12345678",
    "123456789",
    "-1234567",
    "-12345678",
    "1.234567",
    "12345.67",
    "65536",
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String),
);
const text = fc.oneof(
  fc.constantFrom("true", "false", "Ohio", "no", "yes", "True.", "", '""', '"a,b"', '"x""y"'),
  fc.constantFrom("exactly16bytes!!", "more than 16 bytes", "12345-67", "1/2", "1.2.3", "é漢"),
  fc.string({ maxLength: 20 }).map((each) => `"${each.replaceAll('"', '""')}"`),
);
const flag = fc.constantFrom("0", "0", "0", "1");
const row = fc
  .tuple(flag, fc.oneof(number, text), text, number, flag)
  .map((cells) => `${cells.join(",")}\n`);
/** Rows to begin with, as counters are made by the first batch, and rows that meet them. */
const table = fc
  .array(row, { minLength: 1, maxLength: 40, size: "max" })
  .map((rows) => rows.join(""))
  .map((rows) => rows.repeat(Math.ceil(9000 / rows.split("\n").length)));

describe("CountKernel", () => {
  it("profiles as TypeScript does, while records are read or batch by batch", async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        table,
        fc.constantFrom(997, 65_536, 1_000_000),
        async (a, b, size) => {
          const bytes = Buffer.from(a + b);
          const expected = await profile(bytes, 1_000_000, { kernel: "typescript" });
          for (const offersCounts of [true, false]) {
            expect(await profile(bytes, size, { offersCounts })).toEqual(expected);
          }
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it("lays the zeros of a column that has too many texts to be counted", async () => {
    let csv = "";
    for (let i = 0; i < 20_000; i++) csv += `0,${i % 7},t,${i % 3 === 0 ? "0" : `id-${i}`},1\n`;
    const bytes = Buffer.from(csv);
    const expected = await profile(bytes, 1_000_000, { kernel: "typescript" });
    expect(await profile(bytes, 1_000_000, { offersCounts: true })).toEqual(expected);
    expect(expected!.features[3]!.measured!.cells.integral).toBe(6667);
  });

  it("counts more than half a million doubles that never repeat as TypeScript does", async () => {
    let csv = "";
    for (let i = 1; i < 120_000; i++) {
      csv += `${i % 2},${Math.sin(i)},${(i * 7919) % 99_991},${(i % 1000) / 100},0\n`;
    }
    const bytes = Buffer.from(csv);
    const expected = await profile(bytes, 1_000_000, { kernel: "typescript" });
    expect(await profile(bytes, 100_000, { offersCounts: true })).toEqual(expected);
  });
});
