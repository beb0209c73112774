import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonMembers } from "./json-members.ts";

function membersOf(text: string, start?: number): [string, string][] {
  return findJsonMembers(text, start).map(({ key, valueFrom, to }) => [
    key,
    text.slice(valueFrom, to),
  ]);
}

describe("findJsonMembers", () => {
  it.each<[text: string, members: [string, string][]]>([
    ["{}", []],
    ["[1]", []],
    [
      ' {"a" : 1.0 ,"b":{"c":[1,"}"]} } rest',
      [
        ["a", "1.0"],
        ["b", '{"c":[1,"}"]}'],
      ],
    ],
    ['{"a\\u0062":"\\"', [["ab", '"\\"']]],
    ['{"a":1,"cut', [["a", "1"]]],
    ['{"a":{"b":', [["a", '{"b":']]],
  ])("of %j", (text, members) => {
    expect(membersOf(text)).toEqual(members);
  });

  it("begins where it is told to", () => {
    expect(membersOf('[{"a":1}]', 1)).toEqual([["a", "1"]]);
  });

  it("finds what JSON.parse finds", () => {
    const object = fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(object, fc.nat(2), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const read = membersOf(text).map(([key, each]) => [key, JSON.parse(each)] as const);
        expect(new Map(read)).toEqual(new Map(Object.entries(JSON.parse(text))));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("finds in a text that is cut off the members that begin in it", () => {
    const text = '{"a":"x,}","b":[{"c":1}],"d":null}';
    const whole = findJsonMembers(text);
    for (let length = 1; length < text.length; length++) {
      const keys = findJsonMembers(text.slice(0, length)).map(({ key }) => key);
      // A member is found once its colon is there.
      expect(keys).toEqual(
        whole.filter(({ valueFrom }) => valueFrom <= length).map(({ key }) => key),
      );
    }
  });
});
