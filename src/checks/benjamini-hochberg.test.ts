import fc from "fast-check";
import { expect, test } from "vitest";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";

/** The 15 p-values of the procedure's paper, of which it rejects 4 at 0.05. */
const PAPER = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
  0.6528, 0.759, 1,
];

test("the example of Benjamini and Hochberg (1995) has four discoveries", () => {
  const adjusted = benjaminiHochberg(PAPER);
  expect(adjusted.filter((p) => p <= 0.05)).toHaveLength(4);
  expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
});

/** The step-up rule as it is written: the largest k with p(k) <= k * alpha / count. */
function discoveries(pValues: readonly number[], alpha: number): boolean[] {
  const sorted = [...pValues].sort((a, b) => a - b);
  let limit = -1;
  sorted.forEach((p, i) => {
    if (p <= (alpha * (i + 1)) / sorted.length) limit = p;
  });
  return pValues.map((p) => p <= limit);
}

const share = fc.integer({ min: 0, max: 1000 }).map((whole) => whole / 1000);

test("rejects what the step-up rule rejects", () => {
  fc.assert(
    fc.property(fc.array(share, { maxLength: 30 }), share, (pValues, alpha) => {
      // Away from ties of products, whose last digits depend on the order of operations.
      const isClose = pValues.some((p) =>
        pValues.some((_, i) => Math.abs(p * pValues.length - alpha * (i + 1)) < 1e-9),
      );
      fc.pre(!isClose);
      const found = benjaminiHochberg(pValues).map((p) => p <= alpha);
      expect(found).toEqual(discoveries(pValues, alpha));
    }),
  );
});

test("keeps the order of p-values and never lowers one", () => {
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 30 }), (pValues) => {
      const adjusted = benjaminiHochberg(pValues);
      pValues.forEach((p, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p);
        expect(adjusted[i]).toBeLessThanOrEqual(1);
        pValues.forEach((other, j) => {
          if (p <= other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
        });
      });
    }),
  );
});

test("of none there are none", () => {
  expect(benjaminiHochberg([])).toEqual([]);
});
