import { describe, expect, it } from "vitest";
import { MISSING } from "../base/cells.ts";
import { isFault } from "./capture-record.ts";
import { SideDecoder } from "./decode-side.ts";
import type { CellRange } from "./row-pairing.ts";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

type Cell = string | undefined;

function cellsOf({ bytes, starts, ends }: SideDecoder, { from, to }: CellRange): Cell[] {
  const cells: Cell[] = [];
  for (let i = from; i < to; i += 1) {
    cells.push(
      starts[i] === MISSING ? undefined : decoder.decode(bytes.subarray(starts[i], ends[i])),
    );
  }
  return cells;
}

function decode(data: string, encoding = "CSV", sides = new SideDecoder()): Cell[][] | object {
  const rows = sides.decode({ data, encoding, contentType: undefined }, "input");
  return isFault(rows) ? rows : rows.map((row) => cellsOf(sides, row));
}

describe("SideDecoder", () => {
  it.each<[data: string, rows: Cell[][]]>([
    ["1,2.5,x", [["1", "2.5", "x"]]],
    ["1,2\n", [["1", "2"]]],
    ["1,2\r\n", [["1", "2"]]],
    [
      "1,2\n3,4",
      [
        ["1", "2"],
        ["3", "4"],
      ],
    ],
    [
      "1,2\n\n3,4\n\n",
      [
        ["1", "2"],
        ["3", "4"],
      ],
    ],
    ["1\n2,3\n", [["1"], ["2", "3"]]],
    ["", []],
    ["\n", []],
    [",", [[undefined, undefined]]],
    ['"",a', [["", "a"]]],
    ['""', [[""]]],
    ['"a,b","say ""hi""","two\nlines"', [["a,b", 'say "hi"', "two\nlines"]]],
    [' 1 ,a"b', [[" 1 ", 'a"b']]],
    ["é,漢字,😀,\ud800", [["é", "漢字", "😀", "\ufffd"]]],
  ])("reads the CSV body %j", (data, rows) => {
    expect(decode(data)).toEqual(rows);
  });

  it.each([
    ['1,"a"b', "row 1 of the input has text after a closing quote"],
    ['1,2\n"a,3', "row 2 of the input has a quote that is never closed"],
  ])("refuses the CSV body %j", (data, detail) => {
    expect(decode(data)).toEqual({ reason: "csv", detail });
  });

  it.each([
    ["JSON", "the input is encoded as JSON, which is not read yet"],
    ["BASE64", "the input is encoded as BASE64, which is not read yet"],
    ["secret", "the input is not encoded as CSV, JSON or BASE64"],
  ])("refuses the encoding %s", (encoding, detail) => {
    expect(decode("[1]", encoding)).toEqual({ reason: "encoding", detail });
  });

  it("keeps what was decoded until it is cleared, however much follows", () => {
    const sides = new SideDecoder();
    const long = Array.from({ length: 3000 }, (_, i) => `${i}`);
    const side = { data: "a,b", encoding: "CSV", contentType: undefined };
    const first = sides.decode(side, "output") as CellRange[];
    expect(decode(long.join(","), "CSV", sides)).toEqual([long]);
    expect(cellsOf(sides, first[0]!)).toEqual(["a", "b"]);
    sides.clear();
    expect(sides.decode(side, "output")).toEqual(first);
  });

  it("takes a whole body as one cell", () => {
    const sides = new SideDecoder();
    expect(cellsOf(sides, sides.decodeWhole('1,"2\n3'))).toEqual(['1,"2\n3']);
    expect(cellsOf(sides, sides.decodeWhole(""))).toEqual([undefined]);
  });
});
