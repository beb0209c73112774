import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundRatio, roundRootOfRatio } from "./round-exact.ts";

const LEAST = 2 ** -1074;
const whole = fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n });
const positive = fc.bigInt({ min: 1n, max: 2n ** 53n });

describe("roundRatio", () => {
  it("divides whole doubles as the machine does", () => {
    fc.assert(
      fc.property(whole, positive, (a, b) => {
        expect(roundRatio(a, b, 0)).toBe(a === 0n ? 0 : Number(a) / Number(b));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("reads whole numbers of any length as Number does", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (a) => {
        expect(roundRatio(a, 1n, 0)).toBe(Number(a) + 0);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it.each([
    ["a tie to even, down", 2n ** 54n + 2n, 1n, 0, 2 ** 54],
    ["a tie to even, up", 2n ** 54n + 6n, 1n, 0, 2 ** 54 + 8],
    ["a hair above a tie", (2n ** 54n + 2n) * 2n ** 90n + 1n, 2n ** 90n, 0, 2 ** 54 + 4],
    ["a carry into the next power", 2n ** 54n - 1n, 1n, 0, 2 ** 54],
    ["the least double", 1n, 1n, -1074, LEAST],
    ["half of it", 1n, 2n, -1074, 0],
    ["more than half of it", 2n ** 70n + 1n, 2n ** 71n, -1074, LEAST],
    ["the greatest double", 2n ** 53n - 1n, 1n, 971, Number.MAX_VALUE],
    ["halfway past it", 2n ** 54n - 1n, 1n, 970, Number.POSITIVE_INFINITY],
    ["below halfway past it", 2n ** 55n - 3n, 1n, 969, Number.MAX_VALUE],
  ])("rounds %s", (_, numerator, denominator, exponent, expected) => {
    expect(roundRatio(numerator, denominator, exponent)).toBe(expected);
  });
});

describe("roundRootOfRatio", () => {
  it("takes roots of whole doubles as the machine does", () => {
    fc.assert(
      fc.property(positive, (a) => {
        expect(roundRootOfRatio(a, 1n, 0)).toBe(Math.sqrt(Number(a)));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("is exact for squares of ratios, and for tiny and huge ones", () => {
    expect(roundRootOfRatio(9n, 64n, 0)).toBe(0.375);
    expect(roundRootOfRatio(0n, 3n, 0)).toBe(0);
    expect(roundRootOfRatio(1n, 1n, -1074)).toBe(LEAST);
    expect(roundRootOfRatio(2n ** 4000n * 49n, 1n, -2000)).toBe(7);
    expect(roundRootOfRatio(2n, 1n, 0)).toBe(Math.SQRT2);
  });
});
