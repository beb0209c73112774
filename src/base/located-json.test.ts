import { expect, test } from "vitest";
import { locate, parseJson } from "./located-json.ts";
import { TidemarkError } from "./tidemark-error.ts";

test("a byte order mark is dropped", () => {
  expect(parseJson('\uFEFF{"a": 1}', "a.json")).toEqual({ a: 1 });
});

test.each([
  ["", "1:1", "a value"],
  ["{", "1:2", "a closing brace"],
  ['{"a": 1 "b": 2}', "1:9", "a comma"],
  ['{\n  "a": [1, 2\n}', "3:1", "a comma"],
  ['{"a" 1}', "1:6", "a colon"],
  ["{'a': 1}", "1:2", "a value or a key in double quotes"],
  ['{"a": }', "1:7", "a value"],
  ['{"a": 1,\r\n}', "2:1", "a key in double quotes"],
  ["[1, NaN]", "1:5", "a value or a key in double quotes"],
  ["[1] 2", "1:5", "the end of the text"],
  ['["a', "1:2", "a closing quote"],
  ["[1] // why", "1:5", "no comment"],
  ['["\\x"]', "1:2", "a JSON escape after the backslash"],
  ['["\\u12"]', "1:2", "four hexadecimal digits after \\u"],
  ['["a\tb"]', "1:2", "control characters to be escaped"],
  ["[1]\u0000", "1:4", "a value or a key in double quotes"],
  ["[1.]", "1:2", "a number such as 0.1"],
])("the fault in %j stands at %s", (text, place, expected) => {
  let caught: unknown;
  try {
    parseJson(text, "a.json");
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(TidemarkError);
  expect((caught as TidemarkError).message).toBe(
    `a.json:${place}: is not valid JSON; expected ${expected}. Correct the file.`,
  );
  expect((caught as TidemarkError).exitCode).toBe(2);
});

const TEXT = '{\n  "a": [ {"b": 1},\r\n    {"b": 2, "b": 3} ],\n  "a b": null\n}';

test.each([
  [["a"], { line: 2, column: 8 }],
  [["a", 0, "b"], { line: 2, column: 16 }],
  [["a", 1], { line: 3, column: 5 }],
  [["a b"], { line: 4, column: 10 }],
  [[], { line: 1, column: 1 }],
] as const)("the value at %j is found", (path, place) => {
  expect(locate(TEXT, path)).toEqual(place);
});

test("a repeated key means its last value", () => {
  expect(locate(TEXT, ["a", 1, "b"])).toEqual({ line: 3, column: 19 });
});

test("a path that leads nowhere ends at the nearest value around it", () => {
  expect(locate(TEXT, ["a", 0, "c", "d"])).toEqual({ line: 2, column: 10 });
  expect(locate(TEXT, ["a", 7, "b"])).toEqual({ line: 2, column: 8 });
});
