import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { input, type Reading, read, readInputs, saying } from "../../../fixtures/read-csv.ts";
import { findInputs } from "../content/byte-inputs.ts";
import type { ByteInput } from "../record-source.ts";
import { openCsv } from "./csv-reader.ts";

describe("a CSV file", () => {
  test("gives names, records and where they stand", async () => {
    const { names, records, origins, tallies } = await read('a,b\n1,"x\ny"\n\n,2\n');
    expect(names).toEqual(["a", "b"]);
    expect(records).toEqual([
      ["1", "x\ny"],
      [null, "2"],
    ]);
    expect(origins).toEqual(["x.csv:2", "x.csv:5"]);
    expect(tallies).toMatchObject([{ path: "x.csv", records: 2, bytes: 16, rejected: {} }]);
  });

  test("without a header has positions for names, and the first record's width", async () => {
    const { names, records, tallies } = await read("1,2\n3\n4,5,6\n", { header: "no" });
    expect(names).toBeUndefined();
    expect(records).toEqual([
      ["1", "2"],
      ["3", null],
      ["4", "5"],
    ]);
    expect(tallies).toMatchObject([{ records: 3, extraCells: 1 }]);
  });

  test("may have a byte order mark, blank lines before the header and a gzip cover", async () => {
    const { names, records, origins } = await read(gzipSync("\ufeff\r\n\r\na,b\r\n1,2\r\n"));
    expect(names).toEqual(["a", "b"]);
    expect(records).toEqual([["1", "2"]]);
    expect(origins).toEqual(["x.csv:4"]);
  });

  test("with invalid UTF-8 is read with U+FFFD, which is counted", async () => {
    const { records, tallies } = await read(Buffer.from("a\n\xe9\xe9t\n", "latin1"));
    expect(records).toEqual([["\ufffd\ufffdt"]]);
    expect(tallies).toMatchObject([{ invalidUtf8: 2 }]);
  });

  test("of one column skips blank lines and keeps quoted empty texts", async () => {
    expect((await read('a\n1\n\n""\n')).records).toEqual([["1"], [""]]);
  });

  test.each(["", "\n\r\n\n", "\ufeff"])("without a record (%j) has no names", async (text) => {
    expect(await read(text)).toMatchObject({ names: undefined, records: [] });
  });

  test("of a header alone has names and no record", async () => {
    expect(await read("a,b\n")).toMatchObject({ names: ["a", "b"], records: [] });
    expect(await read("a,b")).toMatchObject({ names: ["a", "b"], records: [] });
  });

  test("takes null tokens and, when asked to, quoted empty texts for missing cells", async () => {
    const text = 'a,b\nNA,""\n?,"NA"\n';
    expect((await read(text, { nullTokens: ["NA"] })).records).toEqual([
      [null, ""],
      ["?", null],
    ]);
    expect((await read(text, { emptyIsMissing: true })).records).toEqual([
      ["NA", null],
      ["?", "NA"],
    ]);
  });

  test("takes numbers for names when it is said to have a header", async () => {
    expect((await read("1,2\n3,4\n", { header: "yes" })).names).toEqual(["1", "2"]);
  });
});

describe("the delimiter", () => {
  test.each([";", "\t", "|"])("%j is guessed when commas make one cell", async (delimiter) => {
    const text = `a${delimiter}b\n1,5${delimiter}2\n3,5${delimiter}4\n`;
    const { names, records } = await read(text);
    expect(names).toEqual(["a", "b"]);
    expect(records).toEqual([
      ["1,5", "2"],
      ["3,5", "4"],
    ]);
  });

  test("is not guessed when commas make cells, when given, or when not allowed", async () => {
    expect((await read("a;b,c\n1;2,3\n")).names).toEqual(["a;b", "c"]);
    expect((await read("a;b\n1;2\n", { delimiter: "," })).names).toEqual(["a;b"]);
    expect((await read("a;b\n1;2\n", { sniffDelimiter: false })).names).toEqual(["a;b"]);
  });

  test("stays a comma when no guess makes two cells of the header", async () => {
    expect((await read("one column\n1\n2\n")).names).toEqual(["one column"]);
    expect((await read("a\n1;2\n3;4\n")).names).toEqual(["a"]);
  });

  test("of the first file holds for all", async () => {
    const inputs = [input("a", ""), input("b", "a;b\n1;2\n"), input("c", "a;b\n3;4\n")];
    expect((await readInputs(inputs)).records).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });
});

describe("several CSV files", () => {
  test("are read in order, each with its header, laid over the first one's columns", async () => {
    const { names, records, origins, tallies } = await readInputs([
      input("a.csv", ""),
      input("b.csv", "x,y,z\n1,2,3\n"),
      input("c.csv", "z,x,y\n3,1\n3,1,2,9\n"),
    ]);
    expect(names).toEqual(["x", "y", "z"]);
    expect(records).toEqual([
      ["1", "2", "3"],
      ["1", null, "3"],
      ["1", "2", "3"],
    ]);
    expect(origins).toEqual(["b.csv:2", "c.csv:2", "c.csv:3"]);
    expect(tallies.map(({ path, extraCells }) => [path, extraCells])).toEqual([
      ["a.csv", 0],
      ["b.csv", 0],
      ["c.csv", 1],
    ]);
  });

  test("are refused when their headers differ", async () => {
    const inputs = [input("a.csv", "v,w,y\n"), input("b.csv", "v,w,x\n")];
    await expect(readAllOf(inputs)).rejects.toThrow(
      saying(
        'b.csv:1:1: header differs from a.csv: column 3 is "x"; expected "y". ' +
          "Give files with one header, or read them in separate runs.",
      ),
    );
  });

  test("without headers have the first one's width", async () => {
    const inputs = [input("a.csv", "1,2\n"), input("b.csv", "3\n4,5,6\n")];
    expect((await readInputs(inputs, { header: "no" })).records).toEqual([
      ["1", "2"],
      ["3", null],
      ["4", "5"],
    ]);
  });

  async function readAllOf(inputs: readonly ByteInput[]): Promise<Reading> {
    return await readInputs(inputs);
  }
});

describe("selected columns", () => {
  test("are the ones read, whatever the order of a file", async () => {
    const inputs = [input("a.csv", "x,y,z\n1,2,3\n"), input("b.csv", "z,y,x\n3,2,1\n3\n")];
    const { names, records } = await readInputs(inputs, { columns: ["z", "x"] });
    expect(names).toEqual(["x", "z"]);
    expect(records).toEqual([
      ["1", "3"],
      ["1", "3"],
      [null, "3"],
    ]);
  });

  test("keep their positions as names without a header", async () => {
    const reading = await read("1,2,3\n", { header: "no", exclude: ["_c1"] });
    expect(reading).toMatchObject({ names: ["_c0", "_c2"], records: [["1", "3"]] });
  });

  test("are refused when there is no such column", async () => {
    await expect(read("age,state\n1,2\n", { exclude: ["agee"] })).rejects.toThrow(
      saying(
        '--exclude names "agee", which is not a column of x.csv; ' +
          'expected a column name, or a position from 0 to 1. Did you mean "age"?',
        "usage",
      ),
    );
  });
});

describe("the first batch of a file that may be counted", () => {
  /** Records of each batch, and whether more of it follow. */
  async function batchesOf(rows: number, kernel?: "typescript"): Promise<unknown[]> {
    const source = await openCsv([input("x.csv", `a,b\n${"1,0\n".repeat(rows)}`)], {
      header: "auto",
      sniffDelimiter: false,
      offersCounts: true,
      kernel,
    });
    const batches: unknown[] = [];
    for await (const { records, isPart = false } of source.batches) batches.push([records, isPart]);
    return batches;
  }

  test("is shown in two parts, which end where it would end", async () => {
    expect(await batchesOf(5000)).toEqual([
      [128, true],
      [3968, false],
      [904, false],
    ]);
    expect(await batchesOf(128)).toEqual([
      [128, true],
      [0, false],
    ]);
    expect(await batchesOf(127)).toEqual([[127, false]]);
  });

  test("is whole where nobody counts it", async () => {
    expect(await batchesOf(5000, "typescript")).toEqual([
      [4096, false],
      [904, false],
    ]);
  });
});

const CHURN = "../shared/data/churn/training-dataset-with-header.csv";

describe.skipIf(!existsSync(CHURN))("the published churn training set", () => {
  test("has 2,333 records of 70 columns without a missing cell", async () => {
    const { names, records, tallies } = await readInputs(await findInputs([CHURN]));
    expect(names).toHaveLength(70);
    expect(records).toHaveLength(2333);
    expect(records.flat().filter((cell) => cell === null)).toEqual([]);
    expect(tallies).toMatchObject([{ records: 2333, extraCells: 0, invalidUtf8: 0 }]);
  });
});
