import { describe, expect, it } from "vitest";
import { COLUMNS_MAX } from "../column-limits.ts";
import { type FlattenOptions, flattenJson, isFlatObject, isShapeProblem } from "./json-flatten.ts";
import { type JsonTokens, parseJsonTokens } from "./json-tokens.ts";

/** A row by value: cells by name, or in order. */
type Seen = Readonly<Record<string, string | null>> | readonly (string | null)[];

function flatten(json: string, options?: FlattenOptions): Seen[] | string {
  const rows = flattenJson(parseJsonTokens(json) as JsonTokens, options);
  if (isShapeProblem(rows)) return rows.problem;
  return rows.map(({ names, texts }) => {
    if (names === undefined) return texts;
    expect(names).toHaveLength(texts.length);
    return Object.fromEntries(names.map((name, i) => [name, texts[i]!]));
  });
}

describe("flattenJson", () => {
  it.each<[kind: string, json: string, rows: Seen[]]>([
    ["an object", '{"a":1,"b":"x"}', [{ a: "1", b: "x" }]],
    ["nested objects", '{"a":{"b":{"c":1},"d":2}}', [{ "a.b.c": "1", "a.d": "2" }]],
    ["an array in a row", '{"a":[1,"x"]}', [{ "a[0]": "1", "a[1]": "x" }]],
    [
      "arrays of arrays in a row",
      '{"a":[[1,2],[3]],"b":4}',
      [{ "a[0][0]": "1", "a[0][1]": "2", "a[1][0]": "3", b: "4" }],
    ],
    [
      "objects in an array in a row",
      '{"a":[{"b":1},2],"c":3}',
      [{ "a[0].b": "1", "a[1]": "2", c: "3" }],
    ],
    [
      "keys with marks",
      '{"k.d":1,"[0]":{"q\\"":2,"x":3},"a":{"b]":4}}',
      [{ '["k.d"]': "1", '["[0]"]["q\\""]': "2", '["[0]"].x': "3", 'a["b]"]': "4" }],
    ],
    ["an array of objects", '[{"a":1},{"b":2},{}]', [{ a: "1" }, { b: "2" }, {}]],
    ["an array of arrays", '[[1,"x"],[2]]', [["1", "x"], ["2"]]],
    ["an array of scalars", '[1,"x",null]', [["1", "x", null]]],
    ["an empty array", "[]", []],
    ["a number", "0.50", [["0.50"]]],
    ["a string", '"a b"', [["a b"]]],
    ["null", "null", [[null]]],
    ["the wrapper instances", '{"instances":[{"a":1},{"a":2}]}', [{ a: "1" }, { a: "2" }]],
    [
      "the wrapper inputs",
      '{"inputs":[[1,2],[3,4]]}',
      [
        ["1", "2"],
        ["3", "4"],
      ],
    ],
    ["the wrapper dataframe_records", '{"dataframe_records":[{"a":1}]}', [{ a: "1" }]],
    ["the wrapper predictions", '{"predictions":[[0.1],[0.9]]}', [["0.1"], ["0.9"]]],
    ["the wrapper outputs", '{"outputs":[{"s":0.1},{"s":0.9}]}', [{ s: "0.1" }, { s: "0.9" }]],
    ["an empty wrapper", '{"instances":[]}', []],
    [
      "one key with scalars",
      '{"predictions":[0.1,0.9]}',
      [{ "predictions[0]": "0.1", "predictions[1]": "0.9" }],
    ],
    [
      "a wrapper beside another key",
      '{"instances":[{"a":1}],"n":1}',
      [{ "instances[0].a": "1", n: "1" }],
    ],
    [
      "features rows",
      '[{"features":[1,2]},{"features":[3,null]}]',
      [
        ["1", "2"],
        ["3", null],
      ],
    ],
    ["wrapped features rows", '{"instances":[{"features":[1.0]}]}', [["1.0"]]],
    ["one features row", '{"features":["a",2]}', [["a", "2"]]],
    ["features beside another key", '[{"features":[1],"id":2}]', [{ "features[0]": "1", id: "2" }]],
    ["features that nest", '{"features":[[1]],"b":0}', [{ "features[0][0]": "1", b: "0" }]],
    [
      "columns and data",
      '{"columns":["a.b",2],"data":[[1,null],[2,{"x":[3]}]]}',
      [
        { '["a.b"]': "1", "2": null },
        { '["a.b"]': "2", "2.x[0]": "3" },
      ],
    ],
    [
      "dataframe_split",
      '{"dataframe_split":{"index":[7],"columns":["a"],"data":[[1]]}}',
      [{ a: "1" }],
    ],
    ["data before columns", '{"data":[[1]],"columns":["a"]}', [{ a: "1" }]],
    [
      "columns and data with another key",
      '{"columns":["a"],"data":[[1]],"id":5}',
      [{ "columns[0]": "a", "data[0][0]": "1", id: "5" }],
    ],
    [
      "scalars of each kind",
      '{"a":1.0,"b":1e5,"c":true,"d":false,"e":null,"f":"","g":"null"}',
      [{ a: "1.0", b: "1e5", c: "true", d: "false", e: null, f: "", g: "null" }],
    ],
    ["empty containers", '{"a":{},"b":[],"c":1}', [{ c: "1" }]],
    ["an object without keys", "{}", [{}]],
  ])("reads %s", (_kind, json, rows) => {
    expect(flatten(json)).toEqual(rows);
  });

  it("gives one row per index to an object of arrays as long as the rows expected", () => {
    const reply = '{"predictions":[0,1],"sc.ores":[0.2,null]}';
    expect(flatten(reply, { rowsExpected: 2 })).toEqual([
      { predictions: "0", '["sc.ores"]': "0.2" },
      { predictions: "1", '["sc.ores"]': null },
    ]);
    expect(flatten('{"p":[0.5]}', { rowsExpected: 1 })).toEqual([{ p: "0.5" }]);
    const flat = { "predictions[0]": "0", "predictions[1]": "1" };
    for (const rowsExpected of [undefined, 0, 1, 3]) {
      expect(flatten(reply, { rowsExpected })).toEqual([
        { ...flat, '["sc.ores"][0]': "0.2", '["sc.ores"][1]': null },
      ]);
    }
    expect(flatten('{"p":[1,2],"n":2}', { rowsExpected: 2 })).toEqual([
      { "p[0]": "1", "p[1]": "2", n: "2" },
    ]);
    expect(flatten('{"p":[1,[2]]}', { rowsExpected: 2 })).toEqual([
      { "p[0]": "1", "p[1][0]": "2" },
    ]);
    expect(flatten('{"features":[0.5]}', { rowsExpected: 1 })).toEqual([["0.5"]]);
    expect(flatten("{}", { rowsExpected: 1 })).toEqual([{}]);
  });

  it("writes a top-level key as it stands where it is a column's name", () => {
    const isName = (key: string) => key === "a.b";
    expect(flatten('{"a.b":1,"a":{"a.b":2,"b":3}}', { isName })).toEqual([
      { "a.b": "3", 'a["a.b"]': "2" },
    ]);
    expect(flatten('{"a.b":[1]}', { isName, rowsExpected: 1 })).toEqual([{ "a.b": "1" }]);
    expect(flatten('{"columns":["a.b"],"data":[[1]]}', { isName })).toEqual([{ "a.b": "1" }]);
  });

  it.each([
    ["[1,{}]", "mixes objects, arrays and scalars in one array"],
    ["[{},[]]", "mixes objects, arrays and scalars in one array"],
    ["[{},null]", "mixes objects, arrays and scalars in one array"],
    ["[[1],[[2]]]", "has nested values in a row without names"],
    ['{"inputs":[[{"a":1}]]}', "has nested values in a row without names"],
    ['{"columns":["a"],"data":[[1,2]]}', "has columns and data that do not fit each other"],
    ['{"columns":["a"],"data":[1]}', "has columns and data that do not fit each other"],
    ['{"columns":[["a"]],"data":[[1]]}', "has columns and data that do not fit each other"],
    ['{"columns":"a","data":[["b"]]}', "has columns and data that do not fit each other"],
  ])("refuses %s", (json, problem) => {
    expect(flatten(json)).toBe(problem);
  });

  it("refuses rows of too many columns and with names too long", () => {
    const problem = `has a row of more than ${COLUMNS_MAX} columns, or with names too long`;
    const zeros = (count: number) => `[${Array.from({ length: count }, () => 0).join(",")}]`;
    expect(flatten(zeros(COLUMNS_MAX))).toHaveLength(1);
    expect(flatten(zeros(COLUMNS_MAX + 1))).toBe(problem);
    expect(flatten(`{"a":${zeros(COLUMNS_MAX)},"b":{}}`)).toHaveLength(1);
    expect(flatten(`{"a":${zeros(COLUMNS_MAX)},"b":0}`)).toBe(problem);
    expect(flatten(`{"a":[${zeros(50_000)},${zeros(50_000)}],"b":0}`)).toBe(problem);
    expect(flatten(`{"${"k".repeat(200_000)}":${zeros(100)}}`)).toBe(problem);
  });
});

describe("isFlatObject", () => {
  it.each<[json: string, isFlat: boolean]>([
    ['{"a":1,"b":null,"c":"x"}', true],
    ["{}", true],
    ['{"a":[]}', false],
    ['{"a":{}}', false],
    ['[{"a":1}]', false],
    ["1", false],
    ["null", false],
  ])("takes %s for %s", (json, isFlat) => {
    expect(isFlatObject(parseJsonTokens(json) as JsonTokens)).toBe(isFlat);
  });
});
