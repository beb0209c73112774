import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../base/seeded-random.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { KllSketch } from "../sketch/kll-sketch.ts";
import { adviseFeatures, type FeaturePair } from "./advisories.ts";
import type { Advisory } from "./insights-evidence.ts";

/** A profile of numbers, of which `missing` more cells hold nothing. */
function numbers(values: readonly number[], missing = 0): FeatureProfile {
  const sketch = new KllSketch();
  sketch.add({ values: Float64Array.from(values), count: values.length });
  const numeric = { distribution: { buckets: [], sketch } };
  return profileOf({ present: values.length, missing, numeric }, new Map());
}

function categories(counts: readonly number[]): FeatureProfile {
  const listed = counts.map((count, i) => ({ value: `c${i}`, count }));
  const present = counts.reduce((sum, count) => sum + count, 0);
  const texts = new Map(listed.map(({ value, count }) => [value, count]));
  return profileOf({ present, missing: 0, categories: listed }, texts);
}

function profileOf(
  part: Pick<FeatureProfile, "present" | "missing"> & Partial<FeatureProfile>,
  counts: ReadonlyMap<string, number>,
): FeatureProfile {
  return {
    name: "a",
    inferredType: "Fractional",
    distinct: undefined,
    numeric: undefined,
    categories: undefined,
    ...part,
    measured: {
      cells: {} as never,
      numeric: part.numeric,
      frequencies: { counts, other: 0 },
      values: undefined,
      firstString: undefined,
    },
  };
}

function isRaised(advisories: readonly Advisory[]): boolean {
  return advisories.some(({ status }) => status === "raised");
}

function draw(count: number, ordinal: number, shift = 0): number[] {
  const random = seededRandom(7, ordinal);
  // The sum of twelve uniforms: a bell of deviation 1.
  return Array.from({ length: count }, () => {
    let sum = shift - 6;
    for (let i = 0; i < 12; i++) sum += random();
    return sum;
  });
}

const value = fc.integer({ min: -50, max: 50 });
const column = fc.tuple(fc.array(value, { maxLength: 300 }), fc.nat({ max: 50 }));
const pair = fc.oneof(
  fc.tuple(column, column).map(([a, b]) => ({ baseline: numbers(...a), current: numbers(...b) })),
  fc
    .tuple(fc.array(fc.nat(90), { minLength: 1, maxLength: 9 }), fc.array(fc.nat(90)))
    .map(([a, b]) => ({ baseline: categories(a), current: categories(b) })),
);

describe("advisories", () => {
  it("raise nothing between a profile and itself", () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 5 }), (pairs) => {
        const same = pairs.map(({ baseline }) => ({ baseline, current: baseline }));
        for (const advisories of adviseFeatures(same)) {
          expect(isRaised(advisories)).toBe(false);
          for (const { p_value } of advisories) expect(p_value).toBe(1);
        }
      }),
    );
  });

  it("do not depend on the order of features", () => {
    const shuffled = fc
      .array(pair, { minLength: 2, maxLength: 6 })
      .chain((pairs) =>
        fc.tuple(
          fc.constant(pairs),
          fc.shuffledSubarray([...pairs.keys()], { minLength: pairs.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([pairs, order]) => {
        const straight = adviseFeatures(pairs);
        const turned = adviseFeatures(order.map((at) => pairs[at]!));
        expect(turned).toEqual(order.map((at) => straight[at]));
      }),
    );
  });

  it("hold numbers in their ranges, and raise only what matters and is no chance", () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 4 }), (pairs) => {
        for (const advisory of adviseFeatures(pairs).flat()) {
          expect(advisory.p_value).toBeGreaterThanOrEqual(0);
          expect(advisory.p_value).toBeLessThanOrEqual(1);
          expect(Number.isFinite(advisory.bound)).toBe(true);
          if (advisory.status !== "raised") continue;
          expect(advisory.observed).toBeGreaterThanOrEqual(advisory.threshold);
          expect(advisory.observed).toBeGreaterThan(advisory.bound);
          expect(advisory.adjusted_p_value).toBeLessThanOrEqual(0.002);
          expect(Math.min(advisory.n, advisory.m)).toBeGreaterThanOrEqual(50);
        }
      }),
    );
  });

  it("do not let go when a shift grows", () => {
    const baseline = numbers(draw(2000, 1));
    const raised = Array.from({ length: 21 }, (_, i) => {
      const current = numbers(draw(1000, 2, i / 20));
      return isRaised(adviseFeatures([{ baseline, current }])[0]!);
    });
    const first = raised.indexOf(true);
    expect(raised.slice(first).every(Boolean)).toBe(true);
    expect(raised.slice(0, 2)).toEqual([false, false]);
    expect(raised.slice(5).every(Boolean)).toBe(true);
  });

  it("have p-values that are as small by chance as they say, and not much rarer", () => {
    const pValues = { excess_distance: [] as number[], psi: [] as number[] };
    for (let trial = 0; trial < 1000; trial++) {
      const baseline = numbers(draw(400, 10 + 2 * trial));
      const current = numbers(draw(300, 11 + 2 * trial));
      for (const { rule, p_value } of adviseFeatures([{ baseline, current }])[0]!) {
        if (rule === "excess_distance" || rule === "psi") pValues[rule].push(p_value);
      }
    }
    const shareUpTo = (list: readonly number[], alpha: number): number =>
      list.filter((p) => p <= alpha).length / list.length;
    for (const alpha of [0.05, 0.1, 0.2]) {
      // Two tests together, of which one is a bound: half of the nominal share at least.
      expect(shareUpTo(pValues.excess_distance, alpha)).toBeLessThan(1.3 * alpha);
      expect(shareUpTo(pValues.excess_distance, alpha)).toBeGreaterThan(0.4 * alpha);
      expect(shareUpTo(pValues.psi, alpha)).toBeLessThan(1.4 * alpha);
      expect(shareUpTo(pValues.psi, alpha)).toBeGreaterThan(0.6 * alpha);
    }
  });

  it("take a shift for less among more features that did not move", () => {
    const quiet: FeaturePair[] = Array.from({ length: 30 }, (_, i) => {
      const same = numbers(draw(200, 5000 + i));
      return { baseline: same, current: same };
    });
    const moved = { baseline: numbers(draw(400, 1)), current: numbers(draw(200, 3, 0.3)) };
    const adjustedOf = (others: number): number =>
      adviseFeatures([moved, ...quiet.slice(0, others)])[0]![0]!.adjusted_p_value!;
    expect(adjustedOf(30)).toBeCloseTo(31 * adjustedOf(0), 12);
    expect(adjustedOf(0)).toBeLessThan(0.03);
  });
});
