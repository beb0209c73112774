import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankCounted, sortCounts } from "./counted-values.ts";
import { ExactMoments } from "./exact-moments.ts";
import { Moments } from "./moments.ts";
import type { RankMap } from "./rank-map.ts";

function momentsOf(values: readonly number[]): ExactMoments {
  const moments = new ExactMoments();
  moments.add({ values: Float64Array.from(values), count: values.length });
  return moments;
}

function countsOf(pairs: readonly (readonly [x: number, weight: number])[]): RankMap {
  const counts = new Map<number, number>();
  for (const [x, weight] of pairs) counts.set(x, (counts.get(x) ?? 0) + weight);
  return rankCounted([sortCounts(counts)]);
}

const report = (moments: ExactMoments) => {
  const { n, min, max, negatives, zeros } = moments;
  return { ...moments.rounded(), n, min, max, negatives, zeros };
};

describe("ExactMoments", () => {
  it("has no sum when empty", () => {
    const moments = new ExactMoments();
    expect(moments.isEmpty).toBe(true);
    expect(moments.rounded()).toEqual({});
  });

  it.each([
    ["terms that cancel", [1e308, 1e-308, -1e308], 1e-308],
    ["tenths", new Array<number>(10).fill(0.1), 1],
    ["a sum that overflows on the way", [1e308, 1e308, -1e308], 1e308],
    ["a sum past the doubles", [1e308, 1e308], undefined],
  ])("sums %s", (_, values, sum) => {
    const rounded = momentsOf(values).rounded();
    expect(rounded.sum).toBe(sum);
    if (sum === undefined) expect(rounded).toEqual({});
  });

  it.each([
    ["18 equal values", new Array<number>(18).fill(0.1), 0],
    ["a far mean", [1e15 + 1, 1e15 + 3], 1],
    ["squares past the doubles", [1e200, -1e200], 1e200],
    ["squares below the doubles", [1e-200, -1e-200], 1e-200],
    ["the least doubles", [0, 2 ** -1073], 2 ** -1074],
  ])("has the deviation of %s", (_, values, stdDev) => {
    expect(momentsOf(values).rounded().stdDev).toBe(stdDev);
  });

  it("weighs numbers as often as they come", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer(),
    );
    const small = fc.integer({ min: -1000, max: 1000 });
    const weight = fc.integer({ min: 1, max: 9 });
    const pairsOf = (of: fc.Arbitrary<number>) =>
      fc.array(
        fc.tuple(
          of.map((x) => x + 0),
          weight,
        ),
      );
    fc.assert(
      fc.property(
        fc.oneof(pairsOf(value), pairsOf(small), pairsOf(fc.oneof(small, value))),
        (pairs) => {
          const weighted = new ExactMoments();
          for (const each of pairs) weighted.addCounted(countsOf([each]));
          const together = new ExactMoments();
          together.addCounted(countsOf(pairs));
          const single = momentsOf(
            pairs.flatMap(([x, weight]) => new Array<number>(weight).fill(x)),
          );
          expect(report(weighted)).toEqual(report(single));
          expect(report(together)).toEqual(report(single));
          expect(together.save()).toEqual(single.save());
          expect(weighted.save()).toEqual(single.save());
          weighted.checkInvariants();
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it("agrees with sums in order, within their rounding", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x + 0);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 3000 }), (values) => {
        const ordered = new Moments();
        ordered.add({ values: Float64Array.from(values), count: values.length });
        const exact = momentsOf(values);
        // Squares of the service's arithmetic may fall below the doubles.
        const size = values.reduce((sum, x) => sum + Math.abs(x), 1e-140);
        const { sum, stdDev } = exact.rounded();
        expect(Math.abs(sum! - ordered.sum!)).toBeLessThanOrEqual(1e-12 * size);
        expect(Math.abs(stdDev! - ordered.stdDev!)).toBeLessThanOrEqual(1e-12 * size);
        expect([exact.min, exact.max]).toEqual([ordered.min, ordered.max]);
        expect([exact.zeros, exact.negatives]).toEqual([ordered.zeros, ordered.negatives]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
