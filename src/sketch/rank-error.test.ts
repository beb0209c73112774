import { expect, test } from "vitest";
import { seededRandom } from "../base/seeded-random.ts";
import { KllSketch } from "./kll-sketch.ts";
import { rankError } from "./rank-error.ts";

function sketchOf(values: Float64Array): KllSketch {
  const sketch = new KllSketch();
  sketch.add({ values, count: values.length });
  return sketch;
}

/** The largest error of a rank, as a share, at 500 values. */
function worstOf(values: Float64Array): number {
  const sketch = sketchOf(values);
  const sorted = values.slice().sort();
  let worst = 0;
  for (let i = 0; i < 500; i++) {
    const at = Math.floor(((i + 0.5) * sorted.length) / 500);
    worst = Math.max(worst, Math.abs(sketch.rank(sorted[at]!) - (at + 1)));
  }
  return worst / sorted.length;
}

function draw(count: number, ordinal: number): Float64Array {
  const random = seededRandom(1, ordinal);
  return Float64Array.from({ length: count }, random);
}

test("is nothing while all values are held", () => {
  expect(rankError(sketchOf(draw(2000, 1)))).toBe(0);
  expect(rankError(sketchOf(new Float64Array(0)))).toBe(0);
});

test.each([3000, 10_000, 100_000, 300_000])("bounds the ranks of %d values", (count) => {
  const values = draw(count, count);
  const worst = Math.max(worstOf(values), worstOf(values.slice().sort()));
  expect(worst).toBeGreaterThan(0);
  expect(worst).toBeLessThan(rankError(sketchOf(values)));
});
