import fc from "fast-check";
import { expect, test } from "vitest";
import { KllSketch } from "../sketch/kll-sketch.ts";
import { type RankMap, rankMapOf } from "../sketch/rank-map.ts";
import { chiSquaredUpperTail } from "./chi-squared-distribution.ts";
import { rankSumTest } from "./rank-sum.ts";

function mapOf(values: readonly number[]): RankMap {
  const sketch = new KllSketch();
  sketch.add({ values: Float64Array.from(values), count: values.length });
  return rankMapOf(sketch, "correct");
}

/** Midranks of all values, summed over the first sample, and the textbook's variance for ties. */
function naive(a: readonly number[], b: readonly number[]): number {
  const all = [...a, ...b];
  const n = a.length;
  const m = b.length;
  const size = n + m;
  const rankOf = (x: number): number =>
    all.filter((y) => y < x).length + (all.filter((y) => y === x).length + 1) / 2;
  const sum = a.reduce((total, x) => total + rankOf(x), 0);
  const ties = [...new Set(all)].reduce((total, x) => {
    const t = all.filter((y) => y === x).length;
    return total + t ** 3 - t;
  }, 0);
  const variance = (n * m * (size + 1 - ties / (size * (size - 1)))) / 12;
  const z = (sum - (n * (size + 1)) / 2) / Math.sqrt(variance);
  return variance < 1e-9 ? 1 : chiSquaredUpperTail(z ** 2, 1);
}

test("equals the test on midranks, ties included", () => {
  const sample = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      expect(rankSumTest(mapOf(a), mapOf(b), 0)).toBeCloseTo(naive(a, b), 9);
    }),
  );
});

test("sees ten values above ten others", () => {
  const low = Array.from({ length: 10 }, (_, i) => i);
  const high = low.map((x) => x + 10);
  // z = 50 / sqrt(175) = 3.78.
  expect(rankSumTest(mapOf(high), mapOf(low), 0)).toBeCloseTo(1.57e-4, 6);
  expect(rankSumTest(mapOf(low), mapOf(high), 0)).toBe(rankSumTest(mapOf(high), mapOf(low), 0));
});

test("is certain of nothing within the slack, among equal values or without any", () => {
  const low = Array.from({ length: 10 }, (_, i) => i);
  const high = low.map((x) => x + 10);
  expect(rankSumTest(mapOf(high), mapOf(low), 0.5)).toBe(1);
  expect(rankSumTest(mapOf([7, 7]), mapOf([7, 7, 7]), 0)).toBe(1);
  expect(rankSumTest(mapOf([]), mapOf([1]), 0)).toBe(1);
});
