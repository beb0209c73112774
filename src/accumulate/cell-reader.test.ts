import fc from "fast-check";
import { describe, expect, it } from "vitest";
import vectors from "../../fixtures/vectors/types.json" with { type: "json" };
import { BOOLEAN, CellReader, FRACTIONAL, INTEGRAL, STRING } from "./cell-reader.ts";

const CLASS_NAMES = ["Integral", "Fractional", "Boolean", "String"];
const FRACTIONAL_PATTERN = /^(?:-|\+)? ?\d+(?:\.\d+|(?:\.\d+)?[Ee][-+]?\d+)$/;
const INTEGRAL_PATTERN = /^(?:-|\+)? ?\d+$/;

function read(text: string, lenientNumbers = false): { name: string; value: number } {
  const bytes = new TextEncoder().encode(`~${text}~`);
  const reader = new CellReader({ lenientNumbers });
  const cellClass = reader.read(bytes, 1, bytes.length - 1);
  return { name: CLASS_NAMES[cellClass]!, value: reader.value };
}

/** The patterns as published, and the platform's own parser. */
function readByPattern(text: string): { name: string; value: number | undefined } {
  if (text === "true" || text === "false") return { name: "Boolean", value: undefined };
  const name = FRACTIONAL_PATTERN.test(text)
    ? "Fractional"
    : INTEGRAL_PATTERN.test(text)
      ? "Integral"
      : "String";
  if (name === "String") return { name, value: undefined };
  return { name, value: /^[-+] /.test(text) ? Number.NaN : Number(text) + 0 };
}

describe("CellReader", () => {
  for (const { cell, class: expected, number } of vectors.cells) {
    if (cell === null) continue;
    it(`reads ${JSON.stringify(cell)} as ${expected}`, () => {
      const { name, value } = read(cell);
      expect(name).toBe(expected);
      if (expected !== "Integral" && expected !== "Fractional") return;
      expect(value).toBe(number === null ? Number.NaN : Number(number));
    });
  }

  it("agrees with the published patterns and Number on generated cells", () => {
    const digits = fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 25 });
    const numberLike = fc
      .tuple(
        fc.constantFrom("", "-", "+", " ", "- ", "+ ", "  "),
        digits,
        fc.constantFrom("", ".", ".."),
        digits,
        fc.constantFrom("", "e", "E", "e-", "E+", "x", " "),
        fc.string({ unit: fc.constantFrom(..."0123456789"), maxLength: 3 }),
      )
      .map((parts) => parts.join(""));
    const cell = fc.oneof(
      { weight: 6, arbitrary: numberLike },
      { weight: 2, arbitrary: fc.double().map(String) },
      { weight: 1, arbitrary: fc.constantFrom("true", "false", "True", "tru", "falsey", "1\n") },
      {
        weight: 1,
        arbitrary: fc.string({ unit: "binary" }).map((text) => Buffer.from(text).toString()),
      },
    );
    fc.assert(
      fc.property(cell, (text) => {
        const expected = readByPattern(text);
        const actual = read(text);
        expect(actual.name).toBe(expected.name);
        if (expected.value !== undefined) expect(actual.value).toBe(expected.value);
      }),
      { seed: 1, numRuns: 30_000 },
    );
  });

  it("never answers -0", () => {
    for (const text of ["-0", "-0.0", "-0e5", "-0.00000000000000000000", "-1e-400"]) {
      expect(Object.is(read(text).value, 0), text).toBe(true);
    }
  });

  it("reads .5 and 1. as Fractional only when lenient", () => {
    for (const [text, value] of [
      [".5", 0.5],
      ["-.5", -0.5],
      ["1.", 1],
      ["12.", 12],
    ] as const) {
      expect(read(text).name, text).toBe("String");
      expect(read(text, true), text).toEqual({ name: "Fractional", value });
    }
    for (const text of [".", "-.", "1..", "..5", "", "-"]) {
      expect(read(text, true).name, text).toBe("String");
    }
  });

  it("has one constant per class", () => {
    expect([INTEGRAL, FRACTIONAL, BOOLEAN, STRING]).toEqual([0, 1, 2, 3]);
  });
});
