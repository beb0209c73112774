import { expect, test } from "vitest";
import vectors from "../../fixtures/vectors/distances.json" with { type: "json" };
import type { Category } from "../profile/profile.ts";
import { chiSquaredTest } from "./chi-squared.ts";

const mapOf = (record: Readonly<Record<string, number | undefined>>): Map<string, number> =>
  new Map(Object.entries(record) as [string, number][]);

const categoriesOf = (record: Readonly<Record<string, number | undefined>>): Category[] =>
  [...mapOf(record)].map(([value, count]) => ({ value, count }));

test.each(vectors.chi_squared)("$sample against $baseline", (vector) => {
  const { merged, test } = chiSquaredTest(mapOf(vector.sample), categoriesOf(vector.baseline));
  expect(merged).toEqual(vector.merged);
  if (vector.result === "NaN") {
    expect(test).toBeUndefined();
    return;
  }
  expect(test!.degreesOfFreedom).toBe(vector.df);
  const tolerance = vector.relative_tolerance;
  expect(Math.abs(test!.statistic / vector.statistic! - 1)).toBeLessThanOrEqual(tolerance);
  expect(Math.abs(test!.pValue / vector.p! - 1)).toBeLessThanOrEqual(tolerance);
});

test("equal samples have no statistic to speak of", () => {
  const counts = { a: 100, b: 50, c: 70 };
  expect(chiSquaredTest(mapOf(counts), categoriesOf(counts)).test).toEqual({
    statistic: 0,
    degreesOfFreedom: 2,
    pValue: 1,
    n: 220,
    shares: [100 / 220, 50 / 220, 70 / 220],
  });
});

test("cells where the baseline has none are infinitely unlikely", () => {
  const baseline = { a: 100, b: 100, c: 100, d: 100, e: 0 };
  const { merged, test } = chiSquaredTest(
    mapOf({ a: 100, b: 100, c: 100, d: 100, e: 1 }),
    categoriesOf(baseline),
  );
  expect(merged).toEqual([]);
  expect(test).toEqual({
    statistic: Number.POSITIVE_INFINITY,
    degreesOfFreedom: 4,
    pValue: 0,
    n: 401,
    shares: [0.25, 0.25, 0.25, 0.25, 0],
  });
});

test("a category that holds nothing on either side is dropped", () => {
  const counts = { a: 100, b: 100, c: 100, d: 100, e: 0 };
  expect(chiSquaredTest(mapOf(counts), categoriesOf(counts)).test).toMatchObject({
    statistic: 0,
    degreesOfFreedom: 3,
  });
});

test("a current sample wholly outside the baseline's categories leaves no test", () => {
  const { merged, test } = chiSquaredTest(mapOf({ z: 9 }), categoriesOf({ a: 5, b: 5, c: 5 }));
  expect(merged).toEqual([
    ["a", "b"],
    ["b", "c"],
  ]);
  expect(test).toBeUndefined();
});

test("a baseline without any cell leaves no test", () => {
  expect(chiSquaredTest(mapOf({ a: 1 }), []).test).toBeUndefined();
  expect(chiSquaredTest(mapOf({ a: 1 }), categoriesOf({ a: 0, b: 0 })).test).toBeUndefined();
});

test("an expected count is small below the limit, not at it", () => {
  const two = chiSquaredTest(mapOf({ a: 10, b: 10 }), categoriesOf({ a: 1, b: 1 }));
  expect(two.merged).toEqual([]);
  const three = chiSquaredTest(mapOf({ a: 5, b: 5, c: 5 }), categoriesOf({ a: 1, b: 1, c: 1 }));
  expect(three.merged).toEqual([]);
});
