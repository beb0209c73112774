import { describe, expect, it } from "vitest";
import { columnOf, range, times } from "../../fixtures/column-of.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { bucketsOf } from "../sketch/buckets.ts";
import { KllSketch } from "../sketch/kll-sketch.ts";
import { distributionShape } from "./distribution-shape.ts";
import type { CategoricalShape } from "./insights-evidence.ts";

const shapeOf = (before: FeatureProfile, now: FeatureProfile) => distributionShape(before, now);

describe("distributionShape", () => {
  it("has the baseline's own buckets and deciles, open at both ends", () => {
    const before = columnOf(
      "f",
      range(100, (i) => i),
    );
    const now = columnOf("f", [...times(10, -5), ...times(30, 50), ...times(10, 1000)]);
    expect(shapeOf(before, now)).toMatchObject({
      kind: "numeric",
      buckets: {
        bounds: range(9, (i) => 9.9 * (i + 1)).map((bound) => expect.closeTo(bound, 10)),
        baseline: times(10, 0.1),
        current: [0.2, 0, 0, 0, 0, 0.6, 0, 0, 0, 0.2],
      },
      deciles: {
        bounds: range(9, (i) => 10 * i + 9),
        baseline: times(10, 0.1),
        current: [0.2, 0, 0, 0, 0, 0.6, 0, 0, 0, 0.2],
      },
    });
  });

  it("gives a value of over a tenth a bucket of its own, the greatest one too", () => {
    const before = columnOf("f", [...times(5, 0), ...times(95, 1)]);
    const now = columnOf("f", [...times(50, 0), ...times(50, 1)]);
    const { deciles } = shapeOf(before, now) as { deciles: object };
    const psi = [0.45 * (100 / 101), -0.45 * (100 / 101)];
    const [p, q] = [
      [5.5 / 101, 95.5 / 101],
      [50.5 / 101, 50.5 / 101],
    ] as const;
    expect(deciles).toEqual({
      bounds: [0],
      baseline: [0.05, 0.95],
      current: [0.5, 0.5],
      psi: psi.map((gap, i) => expect.closeTo(gap * Math.log(q[i]! / p[i]!), 12)),
    });
  });

  it("cuts beside the value of a constant baseline", () => {
    const shape = shapeOf(columnOf("f", times(20, 3)), columnOf("f", [3, 4]));
    expect(shape).toMatchObject({
      buckets: { bounds: [3], baseline: [0, 1], current: [0, 1] },
      deciles: { bounds: [3], baseline: [1, 0], current: [0.5, 0.5] },
      cdf: { at: [3, 4], baseline: [1, 1], current: [0.5, 1] },
    });
  });

  it("has buckets alone where the baseline's sketch was left out", () => {
    const column = columnOf(
      "f",
      range(100, (i) => i),
    );
    const { sketch } = column.numeric!.distribution!;
    const buckets = bucketsOf(sketch, 0, 99, "exhaustive");
    const redacted = {
      ...column,
      measured: undefined,
      numeric: { min: 0, max: 99, distribution: { buckets, sketch: new KllSketch() } },
    };
    expect(shapeOf(redacted, columnOf("f", [1, 95]))).toEqual({
      kind: "numeric",
      buckets: {
        bounds: buckets.slice(1).map(({ lowerBound }) => lowerBound),
        baseline: times(10, 0.1),
        current: [0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.5],
        psi: expect.any(Array),
      },
      deciles: undefined,
      cdf: undefined,
    });
  });

  it("keeps the counts of a constant baseline whose sketch was left out", () => {
    const buckets = bucketsOf(columnOf("f", [7]).numeric!.distribution!.sketch, 7, 7, "exhaustive");
    const numeric = { min: 7, max: 7, distribution: { buckets, sketch: new KllSketch() } };
    const redacted = { ...columnOf("f", [7]), measured: undefined, numeric };
    expect(shapeOf(redacted, columnOf("f", [6, 8]))).toMatchObject({
      buckets: { bounds: [7], baseline: [0, 1], current: [0.5, 0.5] },
    });
  });

  it("takes the numbers of a column that turned String, and nothing where there is none", () => {
    const before = columnOf("f", [1, 2]);
    expect(shapeOf(before, columnOf("f", [1, 2, "x"]))).toMatchObject({
      cdf: { at: [1, 2], current: [0.5, 1] },
    });
    expect(shapeOf(before, columnOf("f", ["x"]))).toBeUndefined();
    expect(shapeOf(columnOf("f", [null]), columnOf("f", ["x"]))).toBeUndefined();
  });

  it("names no text that neither statistics list", () => {
    const before = columnOf("f", ["a", "b"]);
    const many = columnOf("f", ["a", "a", ...range(198, (i) => `secret ${i}`)]);
    expect(shapeOf(before, many)).toEqual({
      kind: "categorical",
      categories: [
        { value: "b", baseline: 0.5, current: 0 },
        { value: "a", baseline: 0.5, current: 0.01 },
      ],
      others: { count: 0, baseline: 0, current: 0.99 },
    });
  });

  it("joins all but the 50 most different categories", () => {
    const before = columnOf(
      "f",
      range(60, (i) => `c${i}`),
    );
    const now = columnOf("f", ["c59", "new", ...range(58, (i) => `c${i}`)]);
    const shape = shapeOf(before, now) as CategoricalShape;
    expect(shape.categories.length).toBe(50);
    expect(shape.categories.slice(0, 2)).toEqual([
      { value: "c58", baseline: 1 / 60, current: 0 },
      { value: "new", baseline: 0, current: 1 / 60 },
    ]);
    expect(shape.others).toEqual({
      count: 11,
      baseline: expect.closeTo(11 / 60, 12),
      current: expect.closeTo(11 / 60, 12),
    });
  });
});
