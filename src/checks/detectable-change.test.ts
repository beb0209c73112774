import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mulberry32 } from "../../fixtures/churn.ts";
import { chiSquaredTest } from "./chi-squared.ts";
import { chiSquaredCriticalValue } from "./chi-squared-distribution.ts";
import { DETECTABLE_POWER, detectableChange } from "./detectable-change.ts";

const search = fc.record({
  n: fc.integer({ min: 20, max: 1_000_000 }),
  weights: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 40 }),
  threshold: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
});

function shares(weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / all);
}

describe("detectableChange", () => {
  it("shrinks as windows grow and thresholds rise", () => {
    fc.assert(
      fc.property(search, ({ n, weights, threshold }) => {
        const at = (cells: number, p: number): number =>
          detectableChange({
            n: cells,
            shares: shares(weights),
            criticalValue: chiSquaredCriticalValue(p, weights.length - 1),
          })!;
        const change = at(n, threshold);
        expect(change).toBeGreaterThan(0);
        expect(at(4 * n, threshold)).toBeCloseTo(change / 2, 9);
        expect(at(n, threshold * 1.5)).toBeLessThan(change);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it("is 0 where nothing passes, and undefined where nothing is a violation", () => {
    const rest = { n: 100, shares: [0.5, 0.5] };
    expect(detectableChange({ ...rest, criticalValue: 0 })).toBe(0);
    const criticalValue = Number.POSITIVE_INFINITY;
    expect(detectableChange({ ...rest, criticalValue })).toBeUndefined();
  });

  const WINDOWS = 2000;

  // The share closest to one half, with others in proportion, is the change that is hardest to see.
  it.each([
    { n: 500, weights: [50, 50], threshold: 0.05 },
    { n: 2000, weights: [60, 20, 10, 5, 5], threshold: 0.05 },
    { n: 400, weights: [40, 30, 20, 10], threshold: 0.1 },
    { n: 5000, weights: Array.from({ length: 20 }, () => 1), threshold: 0.01 },
  ])("is found as often as stated: $n cells, $weights, p $threshold", (window) => {
    const { n, weights, threshold } = window;
    const before = shares(weights);
    const criticalValue = chiSquaredCriticalValue(threshold, before.length - 1);
    const change = detectableChange({ n, shares: before, criticalValue })!;
    const categories = before.map((share, i) => ({ value: `c${i}`, count: share * 1e9 }));
    const random = mulberry32(n);
    const rateAt = (size: number, at: number, sign: number): number => {
      const moved = before.map((share, i) =>
        i === at ? share + sign * size : share * (1 - (sign * size) / (1 - before[at]!)),
      );
      let found = 0;
      for (let i = 0; i < WINDOWS; i++) {
        const { test } = chiSquaredTest(draw(moved, n, random), categories);
        if (test!.statistic > criticalValue) found++;
      }
      return found / WINDOWS;
    };
    const widest = before.indexOf(Math.max(...before));
    const rates = [rateAt(change, widest, 1), rateAt(change, widest, -1)];
    // One and the other way the variance differs; the stated power lies between.
    expect((rates[0]! + rates[1]!) / 2).toBeGreaterThan(DETECTABLE_POWER - 0.04);
    expect((rates[0]! + rates[1]!) / 2).toBeLessThan(DETECTABLE_POWER + 0.04);
    // The same change of the rarest share is easier to see, a smaller one harder.
    expect(rateAt(change, before.length - 1, 1)).toBeGreaterThan(DETECTABLE_POWER - 0.04);
    expect(rateAt(change / 2, widest, 1)).toBeLessThan(DETECTABLE_POWER - 0.2);
  });
});

/** Draws how many of n cells fall into each category. */
function draw(
  probabilities: readonly number[],
  n: number,
  random: () => number,
): ReadonlyMap<string, number> {
  let left = n;
  let rest = 1;
  return new Map(
    probabilities.map((share, i) => {
      const chance = rest <= 0 ? 1 : Math.min(1, share / rest);
      const count = i === probabilities.length - 1 ? left : binomial(left, chance, random);
      left -= count;
      rest -= share;
      return [`c${i}`, count];
    }),
  );
}

/** By its normal approximation, continuity corrected: counts here are hundreds. */
function binomial(n: number, p: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const count = Math.round(n * p + normal * Math.sqrt(n * p * (1 - p)));
  return Math.max(0, Math.min(n, count));
}
