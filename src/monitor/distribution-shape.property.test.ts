import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOf } from "../../fixtures/column-of.ts";
import { numericDistance } from "../checks/numeric-distance.ts";
import { rankMapOf } from "../sketch/rank-map.ts";
import { distributionShape } from "./distribution-shape.ts";
import type { BucketShares, CategoricalShape, NumericShape } from "./insights-evidence.ts";

const fewValued = fc.integer({ min: -3, max: 3 });
const spread = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => (x === 0 ? 0 : x));
const numbers = fc.oneof(
  fc.array(fewValued, { minLength: 1, maxLength: 300 }),
  fc.array(spread, { minLength: 1, maxLength: 300 }),
  fc.integer({ min: 2000, max: 9000 }).map((n) => Array.from({ length: n }, (_, i) => i % 3571)),
);
const texts = fc.array(fc.constantFrom("a", "b", "c", "ß", ""), { minLength: 1, maxLength: 80 });

const sum = (shares: readonly number[]): number => shares.reduce((all, share) => all + share, 0);

function numericShapeOf(before: number[], now: number[]): NumericShape {
  return distributionShape(columnOf("f", before), columnOf("f", now)) as NumericShape;
}

describe("distributionShape", () => {
  it("has shares that sum to 1 over ascending bounds, and no negative PSI term", () => {
    fc.assert(
      fc.property(numbers, numbers, (before, now) => {
        const { buckets, deciles } = numericShapeOf(before, now);
        for (const { bounds, baseline, current, psi } of [buckets, deciles!] as BucketShares[]) {
          expect(bounds).toEqual([...new Set(bounds)].sort((a, b) => a - b));
          for (const shares of [baseline, current]) {
            expect(shares.length).toBe(bounds.length + 1);
            expect(sum(shares)).toBeCloseTo(1, 12);
          }
          expect(psi!.length).toBe(bounds.length + 1);
          expect(Math.min(...psi!)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("leaves no bucket of the baseline's deciles empty, save beside a constant", () => {
    fc.assert(
      fc.property(numbers, numbers, (before, now) => {
        const { deciles } = numericShapeOf(before, now);
        const isConstant = new Set(before).size === 1;
        expect(Math.min(...deciles!.baseline) > 0 || isConstant).toBe(true);
      }),
    );
  });

  it("has monotone cumulative shares whose largest gap is the simple distance", () => {
    fc.assert(
      fc.property(numbers, numbers, (before, now) => {
        const { at, baseline, current } = numericShapeOf(before, now).cdf!;
        expect(at.length).toBeLessThanOrEqual(64);
        expect(at).toEqual([...new Set(at)].sort((a, b) => a - b));
        for (const shares of [baseline, current]) {
          expect(shares).toEqual([...shares].sort((a, b) => a - b));
          expect(shares.at(-1)).toBe(1);
        }
        const [a, b] = [now, before].map((cells) =>
          rankMapOf(columnOf("f", cells).numeric!.distribution!.sketch, "correct"),
        );
        const { simple } = numericDistance(a!, b!)!;
        expect(Math.max(...at.map((_, i) => Math.abs(current[i]! - baseline[i]!)))).toBe(simple);
      }),
    );
  });

  it("lays a baseline alone over itself as over another like it", () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const column = columnOf("f", values);
        expect(distributionShape(column, column)).toEqual(numericShapeOf(values, values));
      }),
    );
  });

  it("counts values in the buckets they lie in", () => {
    fc.assert(
      fc.property(
        numbers.filter(({ length }) => length < 2000),
        numbers,
        (before, now) => {
          const { buckets, deciles } = numericShapeOf(before, now);
          const open = (bounds: readonly number[]) => [-Infinity, ...bounds, Infinity];
          const shareOf = (isIn: (x: number) => boolean) =>
            before.filter(isIn).length / before.length;
          const left = open(buckets.bounds);
          expect(buckets.baseline).toEqual(
            left.slice(1).map((end, i) => shareOf((x) => x >= left[i]! && x < end)),
          );
          const right = open(deciles!.bounds);
          expect(deciles!.baseline).toEqual(
            right.slice(1).map((end, i) => shareOf((x) => x > right[i]! && x <= end)),
          );
        },
      ),
    );
  });

  it("names categories of either side, most different first, with all shares", () => {
    fc.assert(
      fc.property(texts, texts, (before, now) => {
        const shape = distributionShape(columnOf("f", before), columnOf("f", now));
        const { categories, others } = shape as CategoricalShape;
        expect(others).toBeUndefined();
        expect(sum(categories.map((each) => each.baseline))).toBeCloseTo(1, 12);
        expect(sum(categories.map((each) => each.current))).toBeCloseTo(1, 12);
        const gaps = categories.map((each) => Math.abs(each.current - each.baseline));
        expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
      }),
    );
  });
});
