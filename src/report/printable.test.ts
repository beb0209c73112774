import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lookAtJson, printable } from "./printable.ts";

describe("printable", () => {
  it("spells out what a terminal would obey", () => {
    expect(printable("a\u001b[31mb")).toBe("a\\u001b[31mb");
    expect(printable("a\nb\tc\rd\u0000e")).toBe("a\\nb\\tc\\rd\\u0000e");
    expect(printable("\u007f\u009b31m\u0085")).toBe("\\u007f\\u009b31m\\u0085");
    expect(printable("\u2028\u2029")).toBe("\\u2028\\u2029");
  });

  it("spells out what would hide or turn the text around", () => {
    expect(printable("\u202eabc\u202c\u2066\u200f")).toBe("\\u202eabc\\u202c\\u2066\\u200f");
    expect(printable("\ufeffid")).toBe("\\ufeffid");
    expect(printable("\ud800x")).toBe("\\ud800x");
  });

  it("leaves other texts alone, whatever their language", () => {
    for (const text of [
      "",
      "Day Mins",
      "</script>",
      "\\n",
      "größe",
      "年齢",
      "😀",
      "👩‍🚀",
      "e\u0301",
    ]) {
      expect(printable(text)).toBe(text);
    }
  });

  it("reaches every text of a value and changes nothing else", () => {
    const value = {
      a: ["\n", 1, null, undefined, true],
      b: { c: "\t" },
      d: Number.POSITIVE_INFINITY,
    };
    const copy = { ...value, a: [...value.a], b: { ...value.b } };
    expect(printable(value)).toEqual({
      ...copy,
      a: ["\\n", 1, null, undefined, true],
      b: { c: "\\t" },
    });
    expect(value).toEqual(copy);
  });

  it("finds in a report what it finds in each of its texts", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("\\", '"', "n", "u", "\n", "\u009b", "\u202e", "\ud800") }),
    );
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const shown = texts.map((each) => ({ each: printable(each) }));
        const report = texts.map((each) => ({ each }));
        expect(printable(report)).toEqual(shown);
        const written = texts.map((each) => ({ each }));
        lookAtJson(written, JSON.stringify(written, undefined, 2));
        expect(printable(written)).toEqual(shown);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
