import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import vectorFile from "../../fixtures/vectors/moments.json" with { type: "json" };
import { Moments } from "./moments.ts";

const FORMULAS: Readonly<Record<string, number[]>> = {
  "i/10, i=1..100": Array.from({ length: 100 }, (_, i) => (i + 1) / 10),
  "1e9+i*0.1, i=0..999": Array.from({ length: 1000 }, (_, i) => 1e9 + i * 0.1),
  "(-1)^i*i/7 (multiply first), i=1..500": Array.from(
    { length: 500 },
    (_, i) => ((-1) ** (i + 1) * (i + 1)) / 7,
  ),
};

function momentsOf(values: readonly number[]): Moments {
  const moments = new Moments();
  moments.add({ values: Float64Array.from(values), count: values.length });
  return moments;
}

describe("Moments", () => {
  it.each(vectorFile.vectors)("sums $name up to the last bit", (vector) => {
    const { input } = vector;
    const values = typeof input === "string" ? FORMULAS[input]! : input;
    const moments = momentsOf(values);
    expect(moments.n).toBe(vector.n);
    expect(moments.sum).toBe(vector.sum);
    expect(moments.mean).toBe(vector.mean);
    expect(moments.stdDev).toBe(vector.std_dev);
    expect(moments.save().m2).toBe(vector.m2);
    expect(moments.min).toBe(Math.min(...values));
    expect(moments.max).toBe(Math.max(...values));
    expect(moments.negatives).toBe(values.filter((x) => x < 0).length);
  });

  it.each(vectorFile.merge)("merges $left with $right", (vector) => {
    const moments = momentsOf(vector.left);
    moments.merge(momentsOf(vector.right));
    expect(moments.n).toBe(vector.n);
    expect(moments.save().avg).toBe(vector.avg);
    expect(moments.save().m2).toBe(vector.m2);
    expect(moments.stdDev).toBe(vector.std_dev);
  });

  it("has no sum, mean or deviation of nothing", () => {
    const { n, sum, mean, stdDev, min, max, negatives, isEmpty } = new Moments();
    expect({ n, sum, mean, stdDev, min, max, negatives, isEmpty }).toEqual({
      n: 0,
      sum: undefined,
      mean: undefined,
      stdDev: undefined,
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
      negatives: 0,
      isEmpty: true,
    });
  });

  it("has no sum, mean or deviation past the range of doubles, and still has extremes", () => {
    const moments = momentsOf([1.7e308, 1.7e308, -1]);
    const { n, sum, mean, stdDev, min, max, negatives } = moments;
    expect({ n, sum, mean, stdDev, min, max, negatives }).toEqual({
      n: 3,
      sum: undefined,
      mean: undefined,
      stdDev: undefined,
      min: -1,
      max: 1.7e308,
      negatives: 1,
    });
    moments.checkInvariants();
    expect(Moments.load(moments.save()).sum).toBeUndefined();
  });

  it("leaves the deviation alone out when only the squares overflow", () => {
    const { sum, mean, stdDev } = momentsOf([1e200, -1e200]);
    expect({ sum, mean, stdDev }).toEqual({ sum: 0, mean: 0, stdDev: undefined });
  });

  it("is unchanged by nothing, though squares of its values overflow", () => {
    const moments = momentsOf([1e200]);
    moments.merge(new Moments());
    expect(moments.stdDev).toBe(0);
  });

  it("reads count values, not the whole array", () => {
    const moments = new Moments();
    moments.add({ values: Float64Array.of(1, 2, 99), count: 2 });
    expect(moments.sum).toBe(3);
  });
});

interface PublishedFeature {
  readonly name: string;
  readonly numerical_statistics: {
    readonly mean: number;
    readonly sum: number;
    readonly std_dev: number;
    readonly min: number;
    readonly max: number;
    readonly distribution: { readonly kll: { readonly sketch: { readonly data: number[][] } } };
  };
}

const FILE = new URL("../../../shared/data/sdk100/statistics.json", import.meta.url);

describe.skipIf(!existsSync(FILE))("Moments of columns the service published", () => {
  it("repeats sum, mean, deviation and extremes up to the last bit", () => {
    const text = readFileSync(FILE, "utf8");
    const { features } = JSON.parse(text) as { features: PublishedFeature[] };
    expect(features).toHaveLength(6);
    for (const { name, numerical_statistics: published } of features) {
      // A sketch of so few values is the column in file order.
      const moments = momentsOf(published.distribution.kll.sketch.data.flat());
      const { sum, mean, stdDev, min, max } = moments;
      expect([name, sum, mean, stdDev, min, max]).toEqual([
        name,
        published.sum,
        published.mean,
        published.std_dev,
        published.min,
        published.max,
      ]);
    }
  });
});
