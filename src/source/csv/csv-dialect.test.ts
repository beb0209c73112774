import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MISSING } from "../../base/cells.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import type { Rejection } from "../record-source.ts";
import { type CsvDialect, guessDelimiter, openDialect } from "./csv-dialect.ts";
import { RECORD_BYTES_MAX } from "./csv-scanner.ts";

const DOUBLE_BAR: CsvDialect = {
  delimiter: "||",
  quote: '"',
  csvEscape: "double",
  recordBytesMax: RECORD_BYTES_MAX,
};

interface Reading {
  records: { line: number; cells: (string | null)[] }[];
  rejections: Rejection[];
}

async function read(
  text: string,
  dialect: Partial<CsvDialect> = {},
  chunkBytes = 1000,
): Promise<Reading> {
  const builder = new BatchBuilder();
  const rejections: Rejection[] = [];
  const source = await openDialect("x.csv", { ...DOUBLE_BAR, ...dialect }, builder, (rejection) =>
    rejections.push(rejection),
  );
  const bytes = Buffer.from(text);
  const records: Reading["records"] = [];
  let from = 0;
  for (;;) {
    const outcome = source.read();
    if (outcome === "end") return { records, rejections };
    if (outcome === "starved") {
      if (from >= bytes.length) source.end();
      else source.append(bytes.subarray(from, from + chunkBytes));
      from += chunkBytes;
      continue;
    }
    const { starts, ends, cells, line } = source;
    records.push({
      line,
      cells: Array.from({ length: cells }, (_, cell) =>
        starts[cell] === MISSING
          ? null
          : Buffer.from(builder.bytes.subarray(starts[cell], ends[cell])).toString(),
      ),
    });
  }
}

async function cellsOf(text: string, dialect?: Partial<CsvDialect>): Promise<(string | null)[][]> {
  return (await read(text, dialect)).records.map(({ cells }) => cells);
}

describe("a dialect that papaparse reads", () => {
  test("may have a delimiter of several characters", async () => {
    expect(await cellsOf('a||b|c\r\n"x||y"||"say ""so"""\r\n\r\n||z')).toEqual([
      ["a", "b|c"],
      ["x||y", 'say "so"'],
      [null, "z"],
    ]);
  });

  test("may have a delimiter and a quote beyond ASCII", async () => {
    expect(await cellsOf("a¦«b¦c««d«\n", { delimiter: "¦", quote: "«" })).toEqual([["a", "b¦c«d"]]);
  });

  test("may escape quotes by a backslash", async () => {
    const dialect = { delimiter: ",", csvEscape: "backslash" } as const;
    expect(await cellsOf('1,"say \\"so\\"",a\\b\n', dialect)).toEqual([["1", 'say "so"', "a\\b"]]);
  });

  test("can not tell a quoted empty cell from a missing one", async () => {
    expect(await cellsOf('""||a||\n')).toEqual([[null, "a", null]]);
  });

  test("keeps a carriage return inside quotes and drops that of the line end", async () => {
    expect(await cellsOf('a||"b\r"\r\na||b\r\r\n"c"\r\nd"\r\n')).toEqual([
      ["a", "b\r"],
      ["a", "b\r"],
      ["c"],
      ['d"'],
    ]);
  });

  test("counts lines over quoted newlines and blank lines", async () => {
    const { records } = await read('\na\n"b\nc"\n\nd\n');
    expect(records.map(({ line }) => line)).toEqual([2, 3, 6]);
  });

  test("rejects records with quote errors", async () => {
    const { records, rejections } = await read('a||b\n"c"d||"e"\nf||"g\nh');
    expect(records).toEqual([{ line: 1, cells: ["a", "b"] }]);
    const rejected = { file: "x.csv", reason: "csv" };
    expect(rejections).toEqual([
      { ...rejected, line: 2, detail: "text follows a closing quote", text: '"c"d||"e"' },
      { ...rejected, line: 3, detail: "quote is never closed", text: 'f||"g\nh' },
    ]);
  });

  test("rejects records that are too long and goes on at the next line", async () => {
    const open = `"${"x".repeat(200_000)}`;
    const { records, rejections } = await read(`a\n${"y".repeat(101)}\n${open}\nz\n`, {
      recordBytesMax: 100,
    });
    expect(records).toEqual([
      { line: 1, cells: ["a"] },
      { line: 4, cells: ["z"] },
    ]);
    const detail = "record is longer than 100 bytes";
    expect(rejections).toMatchObject([
      { line: 2, detail, text: "y".repeat(101) },
      { line: 3, detail, text: open.slice(0, 1024) },
    ]);
  });

  test("reads the same when a chunk ends where a piece of 64 Ki characters does", async () => {
    const text = 'a||"b""c"\n'.repeat(20_000);
    expect(await read(text, {}, 65_536)).toEqual(await read(text, {}, text.length));
  });

  test("reads the same whatever the chunks", async () => {
    const piece = fc.constantFrom('"', '""', "|", "||", "\n", "\r\n", "\r", "a", "é", "😀", " ");
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 9000, max: 80_000 }),
        async (pieces, chunkBytes) => {
          const text = pieces.join("").repeat(20_000).slice(0, 100_000);
          expect(await read(text, {}, chunkBytes)).toEqual(await read(text, {}, 1_000_000));
        },
      ),
      { seed: 1, numRuns: 8 },
    );
  });
});

describe("a guess of the delimiter", () => {
  test.each([
    ["a;b\n1;2\n", ";"],
    ["a\tb\n1\t2\n", "\t"],
    ["a|b\n1|2\n", "|"],
    ["a,b\n1,2\n", undefined],
    ["a\n1\n", undefined],
    ["", undefined],
  ])("for %j is %j", async (text, delimiter) => {
    expect(await guessDelimiter(text)).toBe(delimiter);
  });
});
