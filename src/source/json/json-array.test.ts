import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileOf } from "../../../fixtures/read-capture.ts";
import { isJsonArray, readJsonArray } from "./json-array.ts";

type Seen = [number: number, column: number | undefined, text: string, isCut: boolean];

async function elementsOf(text: string, cuts: number[] = [], bytesMax = 100): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const lines of readJsonArray(fileOf("a", text, cuts).chunks(), bytesMax, "a.json")) {
    for (const { number, column, bytes, isCut } of lines) {
      seen.push([number, column, Buffer.from(bytes).toString(), isCut]);
    }
  }
  return seen;
}

describe("readJsonArray", () => {
  it.each<[text: string, elements: [number, number, string][]]>([
    ["[]", []],
    [" \n[ ] ", []],
    ["[1]", [[1, 2, "1"]]],
    [
      '[{"a":[1,2]},{"b":"],}"}]',
      [
        [1, 2, '{"a":[1,2]}'],
        [1, 14, '{"b":"],}"}'],
      ],
    ],
    [
      '[\n  {"a": "\\""},\n  [1]\n]\n',
      [
        [2, 3, '{"a": "\\""}'],
        [3, 3, "[1]\n"],
      ],
    ],
    [
      "[1,,2,]",
      [
        [1, 2, "1"],
        [1, 4, ""],
        [1, 5, "2"],
        [1, 7, ""],
      ],
    ],
    [
      "[1}, {]]\n[é]",
      [
        [1, 2, "1}"],
        [1, 6, "{]"],
        [2, 2, "é"],
      ],
    ],
  ])("cuts %j at the commas of its array", async (text, elements) => {
    const seen = await elementsOf(text);
    expect(seen).toEqual(elements.map((element) => [...element, false]));
  });

  it("cuts what is too long, and goes on behind it", async () => {
    expect(await elementsOf('["aaaaaaaaaa", 1]', [4], 5)).toEqual([
      [1, 2, '"aaaa', true],
      [1, 16, "1", false],
    ]);
  });

  it.each([
    [
      '[1]\n\n{"a":1}',
      "a.json:3:1: text stands beside the JSON array; expected one array, or one JSON value a " +
        "line. Correct the file.",
    ],
    [
      '[{"a":1},\n {"b":[',
      "a.json:2:2: the JSON array is not closed; expected the end of this element. Copy or write " +
        "the file again.",
    ],
    [
      "[1,\n",
      "a.json:2:1: the JSON array is not closed; expected a closing bracket. Copy or write the " +
        "file again.",
    ],
  ])("refuses %j", async (text, message) => {
    await expect(elementsOf(text)).rejects.toThrow(
      expect.objectContaining({ message, code: "input" }),
    );
  });

  it("finds what JSON.parse finds, however the bytes arrive", async () => {
    const gap = fc.stringMatching(/^[ \t\r\n]{0,2}$/);
    const spelled = fc
      .array(fc.tuple(fc.jsonValue({ maxDepth: 3 }), gap, gap, fc.boolean()), { maxLength: 6 })
      .map((all) =>
        all.map(
          ([value, before, behind, isWide]) =>
            before + JSON.stringify(value, null, isWide ? 1 : undefined) + behind,
        ),
      );
    await fc.assert(
      fc.asyncProperty(spelled, fc.array(fc.nat(), { maxLength: 20 }), async (all, cuts) => {
        const text = `[${all.join(",")}]`;
        const seen = await elementsOf(text, cuts, 10_000);
        expect(seen.map(([, , element]) => JSON.parse(element))).toEqual(JSON.parse(text));
        expect(seen).toEqual(await elementsOf(text, [], 10_000));
        const lines = text.split("\n");
        for (const [number, column, element] of seen) {
          const bytes = Buffer.from(lines.slice(number - 1).join("\n"));
          expect(
            bytes
              .subarray(column! - 1)
              .toString()
              .startsWith(element),
          ).toBe(true);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("isJsonArray", () => {
  it.each([
    ["[{", true],
    ["\ufeff [ [1", true],
    ["\n[\r\n1", true],
    ["[]", true],
    ["[", true],
    ["[1,2]\n[3,4]", false],
    ['["a"]', false],
    ['{"a":[', false],
    ["", false],
  ])("%j: %j", (text, is) => {
    expect(isJsonArray(Buffer.from(text))).toBe(is);
  });
});
