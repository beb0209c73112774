/** YAML texts against JSON ones, and what is told of those that are none. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseYaml } from "./parse-yaml.ts";
import type { SchemaOf } from "./validate.ts";
import { validateParsed } from "./validate.ts";

describe("a YAML text", () => {
  it("that is JSON means the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ noUnicodeString: false, maxDepth: 3 }), async (value) => {
        const text = JSON.stringify(value);
        expect((await parseYaml(text, "f")).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it("has the values of JSON: no dates, and yes is a text", async () => {
    const text = "at: 2026-11-20\nis: yes\nno: off\nnumber: 0.5\nlist:\n  - a\n  - ~\n";
    expect((await parseYaml(text, "f")).value).toEqual({
      at: "2026-11-20",
      is: "yes",
      no: "off",
      number: 0.5,
      list: ["a", null],
    });
  });

  it("knows where its values stand, and for absent ones what is around them", async () => {
    const { locatorOf } = await parseYaml("a: 1\nb:\n  - x\n  - c: 2\n", "f");
    const placeOf = locatorOf();
    expect(placeOf(["a"])).toEqual({ line: 1, column: 4 });
    expect(placeOf(["b", 1, "c"])).toEqual({ line: 4, column: 8 });
    expect(placeOf(["b", 1, "d"])).toEqual({ line: 4, column: 5 });
    expect(placeOf(["none"])).toEqual({ line: 1, column: 1 });
  });

  it("is checked against a schema with lines and columns", async () => {
    const schema: SchemaOf<unknown> = (z) =>
      z.strictObject({ a: z.boolean({ error: "true or false" }) });
    const parsed = await parseYaml("# first\na: yes\n", "f.yaml");
    await expect(validateParsed(parsed, "f.yaml", schema)).rejects.toThrow(
      'f.yaml:2:4: a is "yes"; expected true or false. Correct the file.',
    );
  });

  it.each([
    ["a: 1\na: 2\n", "f:2:1: is not valid YAML; expected each key once. Correct the file."],
    ["a:\n\t- 1\n", "f:2:1: is not valid YAML; expected spaces as indentation. Correct the file."],
    ["a: 1\n---\nb: 2\n", "f:2:1: is not valid YAML; expected one document. Correct the file."],
    ["a: !own 1\n", "f:1:4: is not valid YAML; expected no tag. Correct the file."],
    ["a: *b\n", "f: is not valid YAML; expected aliases that stand for little. Correct the file."],
    [
      'a: "open\n',
      "f:2:1: is not valid YAML; expected a closing character or a separator. Correct the file.",
    ],
  ])("%j is refused", async (text, message) => {
    await expect(parseYaml(text, "f")).rejects.toThrow(message);
  });

  it("does not grow without end by its aliases", async () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const items = level === 0 ? "x" : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array(9).fill(items).join(", ")}]`;
    });
    await expect(parseYaml(levels.join("\n"), "f")).rejects.toThrow(
      "f: is not valid YAML; expected aliases that stand for little. Correct the file.",
    );
  });
});
