import { describe, expect, test } from "vitest";
import { read, readInputs, saying } from "../../../fixtures/read-csv.ts";

describe("rejected records", () => {
  test("are counted, told with their place, and do not disturb the others", async () => {
    const text = 'a,b\n1,2\n"x"y,3\n4,5\n6,"open\n7,8\n';
    const { records, rejections, origins, tallies } = await read(text);
    expect(records).toEqual([
      ["1", "2"],
      ["4", "5"],
      ["7", "8"],
    ]);
    expect(origins).toEqual(["x.csv:2", "x.csv:4", "x.csv:6"]);
    expect(rejections).toEqual([
      {
        file: "x.csv",
        line: 3,
        column: 4,
        reason: "csv",
        detail: "text follows a closing quote",
        text: '"x"y,3',
      },
      {
        file: "x.csv",
        line: 5,
        column: 3,
        reason: "csv",
        detail: "quote is never closed",
        text: '6,"open',
      },
    ]);
    expect(tallies).toMatchObject([{ records: 3, rejected: { csv: 2 } }]);
  });

  test("name the line of the fault in a record of several lines", async () => {
    const { rejections, origins } = await read('a,b\n"1\n2","3\n"x\n4,5\n');
    expect(rejections).toMatchObject([{ line: 4, column: 2, text: '"1\n2","3\n"x' }]);
    expect(origins).toEqual(["x.csv:5"]);
  });

  test("may be too long", async () => {
    const text = `a\n1234567890\n12345678901\n"1234567\n01"\n2\n`;
    const { records, rejections } = await read(text, { recordBytesMax: 10 });
    expect(records).toEqual([["1234567890"], ['01"'], ["2"]]);
    expect(rejections).toEqual([
      {
        file: "x.csv",
        line: 3,
        column: 1,
        reason: "csv",
        detail: "record is longer than 10 bytes",
        text: "12345678901",
      },
      {
        file: "x.csv",
        line: 4,
        column: 1,
        reason: "csv",
        detail: "quote is never closed",
        text: '"1234567',
      },
    ]);
  });

  test("show at most 1,024 characters", async () => {
    const { rejections } = await read(`a\n"é"${"😀".repeat(2000)}\nb\n`);
    expect(rejections[0]!.text).toBe(`"é"${"😀".repeat(510)}`);
  });

  test("end the run when one stands where the header should", async () => {
    await expect(read('a,"b"c\n1,2\n')).rejects.toThrow(
      saying(
        "x.csv:1:6: the header can not be read: text follows a closing quote; expected column " +
          "names. Mend the first record, or pass --no-header if it holds no names.",
      ),
    );
  });
});

describe("a CSV file is refused", () => {
  test("when its first record is all numbers and nothing was said about a header", async () => {
    await expect(read("\n1,-2.5\n3,4\n")).rejects.toThrow(
      saying(
        "x.csv:2:1: every cell of the first record is a number; expected column names. " +
          "Pass --no-header if the file has none, or --header if these are the names.",
      ),
    );
  });

  test("when it is binary", async () => {
    await expect(read("PAR1\x15\x04")).rejects.toThrow(
      saying("x.csv: is a Parquet file; expected a CSV file in UTF-8. Pass --format parquet."),
    );
  });

  test("when the dialect can not be", async () => {
    await expect(read("", { quote: "''" })).rejects.toThrow(
      saying(
        "--quote is \"''\"; expected one character other than a line end and a backslash.",
        "usage",
      ),
    );
    for (const delimiter of ["", "\n", '"', ";\r"]) {
      await expect(read("", { delimiter })).rejects.toThrow(
        saying(
          `--delimiter is ${JSON.stringify(delimiter)}; ` +
            "expected characters other than line ends and quotes.",
          "usage",
        ),
      );
    }
    await expect(read("", { delimiter: "'", quote: "'" })).rejects.toThrow(
      saying('--delimiter is "\'"; expected characters other than line ends and quotes.', "usage"),
    );
  });

  test("after its file was closed", async () => {
    let isClosed = false;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from("%PDF-1.7");
        yield Buffer.alloc(10_000, "x");
        yield Buffer.from("never read");
      } finally {
        isClosed = true;
      }
    }
    await expect(readInputs([{ path: "x", size: undefined, chunks }])).rejects.toThrow();
    expect(isClosed).toBe(true);
  });
});
