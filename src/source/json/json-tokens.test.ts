import { describe, expect, it } from "vitest";
import { JSON_DEPTH_MAX, parseJsonTokens } from "./json-tokens.ts";

describe("parseJsonTokens", () => {
  it.each(["0", "-0", "1.0", "1e5", "1E+05", "-12.50e-3", "123456789012345678901234567890"])(
    "keeps the number %s as it is written",
    (number) => {
      expect(parseJsonTokens(` ${number}\n`)).toBe(number);
      expect(parseJsonTokens(`[${number}]`)).toEqual([number]);
      expect(parseJsonTokens(`{"a":${number}}`)).toEqual(new Map([["a", number]]));
    },
  );

  it("reads strings, words and null", () => {
    expect(parseJsonTokens('["a", "\\"\\u00e9\\n\\ud83d", true, false, null, ""]')).toEqual([
      "a",
      '"é\n\ud83d',
      "true",
      "false",
      null,
      "",
    ]);
  });

  it("keeps keys in order, whole numbers and odd ones too, and the last of equal keys", () => {
    const value = parseJsonTokens('{"b":1,"10":2,"__proto__":3,"b":4,"":5}');
    expect([...(value as Map<string, string>)]).toEqual([
      ["b", "4"],
      ["10", "2"],
      ["__proto__", "3"],
      ["", "5"],
    ]);
  });

  it(`reads nesting of ${JSON_DEPTH_MAX} and refuses more, wherever it is`, () => {
    const nested = (depth: number) => `${"[".repeat(depth)}1${"]".repeat(depth)}`;
    expect(parseJsonTokens(nested(JSON_DEPTH_MAX))).toBeInstanceOf(Array);
    expect(parseJsonTokens(nested(JSON_DEPTH_MAX + 1))).toEqual({ problem: "depth" });
    expect(parseJsonTokens(`[[[]],${nested(JSON_DEPTH_MAX)}]`)).toEqual({ problem: "depth" });
    expect(parseJsonTokens('{"a":'.repeat(1_000_000))).toEqual({ problem: "depth" });
    expect(parseJsonTokens(`[${"[[]],".repeat(1000)}[]]`)).toHaveLength(1001);
  });

  it.each([
    "",
    " ",
    "{",
    "[1,]",
    "[,1]",
    '{"a":1,}',
    "{a:1}",
    '{"a" 1}',
    "01",
    "+1",
    "1.",
    ".5",
    "-",
    "1e",
    "0x1",
    "NaN",
    "nul",
    "truefalse",
    "'a'",
    '"a',
    '"\t"',
    '"\\x"',
    '"\\u12g4"',
    "1 2",
    "\ufeff1",
    "\u00a01",
    "[1]]",
  ])("refuses %j", (text) => {
    expect(parseJsonTokens(text)).toEqual({ problem: "syntax" });
  });
});
