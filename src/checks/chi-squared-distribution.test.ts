import { describe, expect, test } from "vitest";
import vectors from "../../fixtures/vectors/distances.json" with { type: "json" };
import { chiSquaredCriticalValue, chiSquaredUpperTail } from "./chi-squared-distribution.ts";

const relativeError = (found: number, expected: number): number => Math.abs(found / expected - 1);

test.each(vectors.chi_squared_critical.rows)("$t lies above $x for $df degrees", (row) => {
  const tolerance = vectors.chi_squared_critical.relative_tolerance;
  expect(relativeError(chiSquaredCriticalValue(row.t, row.df), row.x)).toBeLessThan(tolerance);
  expect(relativeError(chiSquaredUpperTail(row.x, row.df), row.t)).toBeLessThan(tolerance);
});

describe("two degrees of freedom have a closed form", () => {
  test.each([1e-9, 0.01, 1, 1.9, 2, 2.1, 10, 100, 700, 1400])("the tail above %d", (x) => {
    expect(relativeError(chiSquaredUpperTail(x, 2), Math.exp(-x / 2))).toBeLessThan(1e-12);
  });

  test.each([1e-300, 1e-12, 0.1, 0.5, 0.999])("the value with mass %d above it", (mass) => {
    expect(relativeError(chiSquaredCriticalValue(mass, 2), -2 * Math.log(mass))).toBeLessThan(1e-9);
  });
});

describe("an even number of degrees has a Poisson sum as its tail", () => {
  const poissonSum = (x: number, df: number): number => {
    let term = Math.exp(-x / 2);
    let sum = term;
    for (let i = 1; i < df / 2; i++) {
      term *= x / 2 / i;
      sum += term;
    }
    return sum;
  };
  test.each([4, 10, 50, 118, 500])("%d degrees", (df) => {
    for (const share of [0.1, 0.5, 0.9, 1, 1.1, 1.5, 2, 2.5]) {
      const x = df * share;
      expect(relativeError(chiSquaredUpperTail(x, df), poissonSum(x, df))).toBeLessThan(1e-10);
    }
  });
});

test("the ends are exact", () => {
  expect(chiSquaredUpperTail(0, 3)).toBe(1);
  expect(chiSquaredUpperTail(Number.POSITIVE_INFINITY, 3)).toBe(0);
  expect(chiSquaredCriticalValue(1, 3)).toBe(0);
  expect(chiSquaredCriticalValue(2, 3)).toBe(0);
  expect(chiSquaredCriticalValue(0, 3)).toBe(Number.POSITIVE_INFINITY);
});
