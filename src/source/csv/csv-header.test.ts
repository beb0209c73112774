import { describe, expect, test } from "vitest";
import { read } from "../../../fixtures/read-csv.ts";
import { alignHeader, nameColumns, refuseNumbers } from "./csv-header.ts";

/** Matches an error by its whole message. */
const saying = (message: string) => expect.objectContaining({ message });

const header = (file: string, ...names: string[]) => ({ file, line: 1, names });

describe("column names", () => {
  test("are the header's cells, and positions where a cell is empty", () => {
    expect(nameColumns(["a", undefined, " b ", ""])).toEqual(["a", "_c1", " b ", "_c3"]);
  });

  test("that are equal ignoring case get their position appended", () => {
    expect(nameColumns(["a", "b", "A", "a"])).toEqual(["a0", "b", "A2", "a3"]);
  });

  test("get it again until all differ", () => {
    expect(nameColumns(["a", "a", "a0"])).toEqual(["a00", "a1", "a02"]);
    expect(nameColumns(["_c1", undefined])).toEqual(["_c10", "_c11"]);
  });
});

describe("a table of 100,001 columns", () => {
  const wide = (columns: number) =>
    `${Array.from({ length: columns }, (_, i) => `c${i}`).join()}\n`;

  test.each([{}, { header: "no" }, { csvEscape: "backslash" }] as const)(
    "is refused, with or without a header, in any dialect: %j",
    async (options) => {
      expect((await read(wide(100_000), options)).names?.length ?? 100_000).toBe(100_000);
      await expect(read(wide(100_001), options)).rejects.toThrow(
        saying(
          "x.csv:1:1: the first record has 100001 cells; expected at most 100000 columns. " +
            "Check the delimiter and the line ends.",
        ),
      );
    },
  );
});

describe("the guard against a missing header", () => {
  test("refuses a first record of numbers", () => {
    expect(() => refuseNumbers(["1", "-2.5", "+ 3", "1e5"], "train.csv", 1)).toThrow(
      saying(
        "train.csv:1:1: every cell of the first record is a number; expected column names. " +
          "Pass --no-header if the file has none, or --header if these are the names.",
      ),
    );
  });

  test.each([["1", "a"], ["1", undefined], [".5"], ["1."], ["0x1F"]])(
    "lets %j, %j pass",
    (...cells) => {
      expect(refuseNumbers(cells, "train.csv", 1)).toBeUndefined();
    },
  );
});

describe("headers of several files", () => {
  test("need no order when they are the same", () => {
    expect(alignHeader(header("a.csv", "x", "y"), header("b.csv", "x", "y"))).toBeUndefined();
  });

  test("in another order say where each column stands", () => {
    const order = alignHeader(header("a.csv", "x", "y", "z"), header("b.csv", "z", "x", "y"));
    expect(order).toEqual([1, 2, 0]);
  });

  test("with another name are refused, naming the first column that differs", () => {
    expect(() =>
      alignHeader(header("a.csv", "v", "w", "y"), header("b.csv", "v", "w", "x")),
    ).toThrow(
      saying(
        'b.csv:1:1: header differs from a.csv: column 3 is "x"; expected "y". ' +
          "Give files with one header, or read them in separate runs.",
      ),
    );
  });

  test("of another width are refused", () => {
    expect(() => alignHeader(header("a.csv", "v", "w"), header("b.csv", "v"))).toThrow(
      saying(
        "b.csv:1:1: header differs from a.csv: it has 1 column; expected 2. " +
          "Give files with one header, or read them in separate runs.",
      ),
    );
    expect(() => alignHeader(header("a.csv", "v"), header("b.csv", "v", "w"))).toThrow(
      saying(
        "b.csv:1:1: header differs from a.csv: it has 2 columns; expected 1. " +
          "Give files with one header, or read them in separate runs.",
      ),
    );
  });
});
