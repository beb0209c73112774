import { expect, test } from "vitest";
import vectors from "../../fixtures/vectors/distances.json" with { type: "json" };
import { gapPValue, marginConstant, sampleMargin } from "./sample-margin.ts";

test.each(vectors["margins_c_1.8"])("the margin of $n and $m values is $margin", (row) => {
  expect(sampleMargin(row.n, row.m)).toBe(row.margin);
  expect(sampleMargin(row.m, row.n)).toBe(row.margin);
});

test.each(vectors.c_of_alpha)("the constant of alpha $alpha is $c", ({ alpha, c }) => {
  expect(Math.abs(marginConstant(alpha) / c - 1)).toBeLessThanOrEqual(Number.EPSILON);
});

test("the service's one published drift distance follows from its two sample sizes", () => {
  const [run] = vectors.published_runs.rows.filter((row) => row.service_reported !== null);
  const [n, m] = run!.legacy_n_m as [number, number];
  expect(1 - 422 / m - sampleMargin(n, m)).toBe(run!.service_reported);
});

test.each([0.003, 1e-5, 1e-12])("a gap of the margin of alpha %d has that chance", (alpha) => {
  const gap = sampleMargin(300, 2000, marginConstant(alpha));
  expect(gapPValue(gap, 300, 2000) / alpha).toBeCloseTo(1, 9);
});

test("no gap is certain to be chance", () => {
  expect(gapPValue(0, 300, 2000)).toBe(1);
});
