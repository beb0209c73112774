import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import vectors from "../../fixtures/vectors/distances.json" with { type: "json" };
import type { Category } from "../profile/profile.ts";
import { type CategoryCounts, categoricalDistance } from "./categorical-distance.ts";
import { chiSquaredTest } from "./chi-squared.ts";
import { marginConstant, sampleMargin } from "./sample-margin.ts";

const countsOf = (record: Readonly<Record<string, number | undefined>>): CategoryCounts => {
  const entries = Object.entries(record) as [string, number][];
  return { counts: new Map(entries), total: entries.reduce((sum, [, count]) => sum + count, 0) };
};

test.each(vectors.categorical_linf)(
  "$sample against $baseline at alpha $alpha",
  ({ sample, baseline, alpha, simple, robust, tolerance }) => {
    const gap = categoricalDistance(countsOf(sample), countsOf(baseline))!;
    expect(Math.abs(gap.simple - simple)).toBeLessThanOrEqual(tolerance);
    const margin = sampleMargin(gap.n, gap.m, alpha === null ? undefined : marginConstant(alpha));
    expect(Math.abs(Math.max(0, gap.simple - margin) - robust)).toBeLessThanOrEqual(tolerance);
  },
);

test("an empty side has no distance", () => {
  expect(categoricalDistance(countsOf({}), countsOf({ a: 1 }))).toBeUndefined();
  expect(categoricalDistance(countsOf({ a: 1 }), countsOf({}))).toBeUndefined();
});

test("cells of categories beyond the table count in the sample's size alone", () => {
  const current = { counts: new Map([["a", 1]]), total: 4 };
  expect(categoricalDistance(current, countsOf({ a: 1 }))).toEqual({
    n: 4,
    m: 1,
    simple: 0.75,
    at: "a",
  });
});

test("the place is a category the baseline lacks when its gap is the largest", () => {
  const gap = categoricalDistance(countsOf({ a: 1, new: 3 }), countsOf({ a: 1, b: 1 }));
  expect(gap).toEqual({ n: 4, m: 2, simple: 0.75, at: "new" });
});

const REFERENCE = new URL("../../../shared/data/reference/", import.meta.url);

describe.skipIf(!existsSync(REFERENCE))("the telecom reference sets", () => {
  const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, REFERENCE), "utf8"));
  const categoriesOf = (set: string): Map<string, Category[]> =>
    new Map(
      // biome-ignore lint/suspicious/noExplicitAny: a foreign file's shape
      readJson(`${set}/statistics.json`).features.flatMap((feature: any) => {
        const buckets = feature.string_statistics?.distribution?.categorical.buckets;
        return buckets === undefined ? [] : [[feature.name, buckets]];
      }),
    );
  const sideOf = (categories: readonly Category[]): CategoryCounts =>
    countsOf(Object.fromEntries(categories.map(({ value, count }) => [value, count])));

  test.each(Object.entries(readJson("distances.json")))("%s", (pair, modes) => {
    const [a, b] = pair.split(" against ").map(categoriesOf);
    // biome-ignore lint/suspicious/noExplicitAny: a foreign file's shape
    const features = (modes as any).correct.features.filter((feature: any) => feature.categorical);
    expect(features.length).toBeGreaterThan(3);
    for (const { name, categorical, chi_squared: chi } of features) {
      const current = sideOf(a!.get(name)!);
      const gap = categoricalDistance(current, sideOf(b!.get(name)!))!;
      const robust = Math.max(0, gap.simple - sampleMargin(gap.n, gap.m));
      expect({ ...gap, at: gap.at ?? null, robust }).toEqual(categorical);
      const found = chiSquaredTest(current.counts, b!.get(name)!).test!;
      expect(found.degreesOfFreedom).toBe(chi.categories - 1);
      expect(Math.abs(found.statistic - chi.statistic)).toBeLessThanOrEqual(1e-9 * chi.statistic);
      expect(Math.abs(found.pValue - chi.p_value)).toBeLessThanOrEqual(1e-9 * chi.p_value);
    }
  });
});
