import { describe, expect, it } from "vitest";
import { MISSING } from "../../base/cells.ts";
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

const tidemark = (): SideDecoder => new SideDecoder({ semantics: "tidemark" });
const service = (): SideDecoder => new SideDecoder({ semantics: "model-monitor" });

function decode(data: string, encoding = "CSV", sides = tidemark()): Cell[][] | object {
  const rows = sides.decode({ data, encoding, contentType: undefined }, "input");
  return isFault(rows) ? rows : rows.map((row) => cellsOf(sides, row));
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
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

  it.each(["secret", "json", "", "constructor"])("refuses the encoding %j", (encoding) => {
    for (const sides of [tidemark(), service()]) {
      expect(decode("[1]", encoding, sides)).toEqual({
        reason: "encoding",
        detail: "the input is not encoded as CSV, JSON or BASE64",
      });
    }
  });

  it.each<[data: string, rows: Cell[][]]>([
    ['[{"a":1.0,"b":"é"},{"b":null}]', [["1.0", "é"], [undefined]]],
    ["[[1,2],[3]]", [["1", "2"], ["3"]]],
    ['{"a":1}\n\n{"a":"","b":2}\n', [["1"], ["", "2"]]],
    ["0.5", [["0.5"]]],
    ["null", [[undefined]]],
    ['"1,2"', [["1,2"]]],
    ["", []],
    [" \n", []],
    ["[]", []],
    ['["\\ud800"]', [["\ufffd"]]],
  ])("reads the JSON body %j", (data, rows) => {
    expect(decode(data, "JSON")).toEqual(rows);
    expect(decode(base64(data), "BASE64")).toEqual(/^[{[]/.test(data) ? rows : decode(data));
  });

  it("names the cells of objects, with a column's name as it stands", () => {
    const sides = new SideDecoder({ semantics: "tidemark", isName: (key) => key === "a.b" });
    const side = { data: '[{"a.b":1,"c.d":2},[3]]', encoding: "JSON", contentType: undefined };
    expect(sides.decode(side, "output")).toEqual({
      reason: "shape",
      detail: "the output mixes objects, arrays and scalars in one array",
    });
    const lines = { ...side, data: '{"a.b":1,"c.d":2}\n[3]' };
    expect(sides.decode(lines, "output")).toEqual([
      { from: 0, to: 2, names: ["a.b", '["c.d"]'] },
      { from: 2, to: 3, names: undefined },
    ]);
  });

  it("reads an object of arrays as rows where as many are expected", () => {
    const side = { data: '{"p":[1,2]}', encoding: "JSON", contentType: undefined };
    const [one, two] = tidemark().decode(side, "output", 2) as CellRange[];
    expect([one, two]).toEqual([
      { from: 0, to: 1, names: ["p"] },
      { from: 1, to: 2, names: ["p"] },
    ]);
    expect(tidemark().decode(side, "output", 1)).toEqual([
      { from: 0, to: 2, names: ["p[0]", "p[1]"] },
    ]);
  });

  it("counts what is invalid in a payload's charset", () => {
    const sides = tidemark();
    const data = Buffer.from([0x61, 0xff, 0x2c, 0xfe]).toString("base64");
    expect(decode(data, "BASE64", sides)).toEqual([["a\ufffd", "\ufffd"]]);
    expect(sides.tally.invalidUtf8).toBe(2);
  });

  it("reads flat objects and no BASE64 under model-monitor", () => {
    expect(decode('{"a":1,"b":null}', "JSON", service())).toEqual([["1", undefined]]);
    expect(decode("1,2\n3", "CSV", service())).toEqual([["1", "2"], ["3"]]);
    const shape = "the input is not one flat JSON object; only tidemark reads others";
    for (const data of ["[1]", "1", '{"a":[]}', '[{"a":1}]', '{"a":1}\n{"a":2}']) {
      expect(decode(data, "JSON", service())).toEqual({ reason: "shape", detail: shape });
    }
    expect(decode("{", "JSON", service())).toEqual({
      reason: "json",
      detail: "the input is not JSON",
    });
    for (const data of [base64("1,2"), "?"]) {
      expect(decode(data, "BASE64", service())).toEqual({
        reason: "encoding",
        detail: "the input is encoded as BASE64, which only tidemark reads",
      });
    }
  });

  it("keeps what was decoded until it is cleared, however much follows", () => {
    const sides = tidemark();
    const long = Array.from({ length: 3000 }, (_, i) => `${i}`);
    const side = { data: "a,b", encoding: "CSV", contentType: undefined };
    const first = sides.decode(side, "output") as CellRange[];
    expect(decode(long.join(","), "CSV", sides)).toEqual([long]);
    expect(cellsOf(sides, first[0]!)).toEqual(["a", "b"]);
    sides.clear();
    expect(sides.decode(side, "output")).toEqual(first);
  });

  it("takes a whole body as one cell", () => {
    const sides = tidemark();
    expect(cellsOf(sides, sides.decodeWhole('1,"2\n3'))).toEqual(['1,"2\n3']);
    expect(cellsOf(sides, sides.decodeWhole(""))).toEqual([undefined]);
  });
});
