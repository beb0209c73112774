import { describe, expect, it } from "vitest";
import { readJsonRows } from "./json-rows.ts";

const DEEP = `${"[".repeat(33)}${"]".repeat(33)}`;

describe("readJsonRows", () => {
  it.each<[text: string, texts: string[][], isFlat: boolean]>([
    ['{"a":1}', [["1"]], true],
    ['\n{"a":1}\n', [["1"]], true],
    ["{}", [[]], true],
    ["", [], true],
    [" \t\r\n", [], true],
    ['[{"a":1},{"a":2}]', [["1"], ["2"]], false],
    ["[]", [], false],
    ['{"a":1}\r\n \n{"b":2}', [["1"], ["2"]], false],
    ["[1,2]\n[3]\n", [["1", "2"], ["3"]], false],
    ['[{"a":1},{"a":2}]\n{"instances":[[3]]}', [["1"], ["2"], ["3"]], false],
    ["1\n2", [["1"], ["2"]], false],
  ])("reads %j", (text, texts, isFlat) => {
    const read = readJsonRows(text, {});
    if ("problem" in read) throw new Error(read.problem);
    expect(read.rows.map((row) => row.texts)).toEqual(texts);
    expect(read.isFlat).toBe(isFlat);
  });

  it("takes arrays for columns of rows in one value only", () => {
    const options = { rowsExpected: 1 };
    const namesOf = (text: string) => {
      const read = readJsonRows(text, options);
      return "problem" in read ? read.problem : read.rows.map(({ names }) => names);
    };
    expect(namesOf('{"a":[1]}')).toEqual([["a"]]);
    expect(namesOf('{"a":[1]}\n{"a":[2]}')).toEqual([["a[0]"], ["a[0]"]]);
  });

  it.each([
    ["{", { reason: "json", problem: "is not JSON" }],
    ["\n{\n", { reason: "json", problem: "is not JSON" }],
    ['{"a":1}\n\n{"a":\n', { reason: "json", place: "line 3 of ", problem: "is not JSON" }],
    ['{\n"a":1,}', { reason: "json", place: "line 1 of ", problem: "is not JSON" }],
    [DEEP, { reason: "shape", problem: "nests deeper than 32 levels" }],
    [`1\n${DEEP}`, { reason: "shape", problem: "nests deeper than 32 levels" }],
    [
      "[[1]]\n[1,[2]]",
      { reason: "shape", problem: "mixes objects, arrays and scalars in one array" },
    ],
  ])("refuses %j", (text, fault) => {
    expect(readJsonRows(text, {})).toEqual(fault);
  });
});
