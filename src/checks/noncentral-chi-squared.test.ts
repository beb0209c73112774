import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquaredCriticalValue, chiSquaredUpperTail } from "./chi-squared-distribution.ts";
import { noncentralityFor, noncentralUpperTail } from "./noncentral-chi-squared.ts";

/** The mass below x of the square of a normal variable of mean sqrt(noncentrality), by Simpson. */
function squareOfNormal(x: number, noncentrality: number): number {
  const root = Math.sqrt(x);
  const mean = Math.sqrt(noncentrality);
  const density = (z: number) => Math.exp(-((z - mean) ** 2) / 2) / Math.sqrt(2 * Math.PI);
  const parts = 4000;
  const step = (2 * root) / parts;
  let sum = 0;
  for (let i = 0; i <= parts; i++) {
    const weight = i === 0 || i === parts ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * density(-root + i * step);
  }
  return 1 - (sum * step) / 3;
}

describe("noncentralUpperTail", () => {
  it("is the tail of a squared normal variable for one degree of freedom", () => {
    for (const x of [0.1, 1, 3.84, 10, 40]) {
      for (const noncentrality of [0.01, 1, 7.85, 30, 200]) {
        const expected = squareOfNormal(x, noncentrality);
        expect(noncentralUpperTail(x, 1, noncentrality)).toBeCloseTo(expected, 9);
      }
    }
  });

  it("is the central one without noncentrality, and near it with little", () => {
    for (const df of [1, 2, 7, 60]) {
      expect(noncentralUpperTail(df, df, 0)).toBe(chiSquaredUpperTail(df, df));
      expect(noncentralUpperTail(df, df, 1e-12)).toBeCloseTo(chiSquaredUpperTail(df, df), 11);
    }
    expect(noncentralUpperTail(0, 3, 5)).toBe(1);
  });

  it("rises with noncentrality and degrees, falls with the value, and stays in 0..1", () => {
    const inputs = [
      fc.double({ min: 0.01, max: 800, noNaN: true }),
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 1500, noNaN: true }),
    ] as const;
    fc.assert(
      fc.property(...inputs, (x, df, noncentrality) => {
        const tail = noncentralUpperTail(x, df, noncentrality);
        expect(tail).toBeGreaterThanOrEqual(0);
        expect(tail).toBeLessThanOrEqual(1);
        const slack = 1e-9;
        expect(noncentralUpperTail(x, df, noncentrality + 1)).toBeGreaterThanOrEqual(tail - slack);
        expect(noncentralUpperTail(x, df + 1, noncentrality)).toBeGreaterThanOrEqual(tail - slack);
        expect(noncentralUpperTail(x * 1.1, df, noncentrality)).toBeLessThanOrEqual(tail + slack);
      }),
      { seed: 1 },
    );
  });
});

describe("noncentralityFor", () => {
  // What tables of power give for a test at 0.05 with a power of 0.8.
  it.each([
    [1, 7.849],
    [2, 9.635],
    [3, 10.903],
    [4, 11.935],
    [5, 12.828],
    [10, 16.241],
  ])("of %i degrees is %f at 0.05 and 0.8", (df, expected) => {
    expect(noncentralityFor(0.8, chiSquaredCriticalValue(0.05, df), df)).toBeCloseTo(expected, 2);
  });

  it("inverts the tail, and has its ends", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.99, noNaN: true }),
        fc.double({ min: 1, max: 600, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (power, criticalValue, df) => {
          const found = noncentralityFor(power, criticalValue, df);
          const reached = noncentralUpperTail(criticalValue, df, found);
          if (found === 0) expect(reached).toBeGreaterThanOrEqual(power);
          else expect(reached).toBeCloseTo(power, 8);
        },
      ),
      { seed: 1 },
    );
    expect(noncentralityFor(0.8, Number.POSITIVE_INFINITY, 3)).toBe(Number.POSITIVE_INFINITY);
  });
});
