import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import vectorFile from "../../fixtures/vectors/buckets.json" with { type: "json" };
import { type Bucket, bucketsOf } from "./buckets.ts";
import { KllSketch } from "./kll-sketch.ts";

const repeat = (x: number, times: number): number[] => new Array<number>(times).fill(x);
const INPUTS: Readonly<Record<string, { values: number[]; k?: number }>> = {
  "5 ten times": { values: repeat(5, 10) },
  "0.9837374687194824 eighteen times": { values: repeat(0.9837374687194824, 18) },
  "0..10": { values: [...repeat(0, 11).keys()] },
  "0 x649, 1 x649, 1.4 x10": { values: [...repeat(0, 649), ...repeat(1, 649), ...repeat(1.4, 10)] },
  "1..6, k=2": { values: [1, 2, 3, 4, 5, 6], k: 2 },
  "1..30, k=2": { values: repeat(0, 30).map((_, i) => i + 1), k: 2 },
  "bounds only": { values: [] },
  "-26.2, 109.86, 245.92": { values: [-26.2, 109.86, 245.92] },
  "-48.68, 160.69, 370.06": { values: [-48.68, 160.69, 370.06] },
};

function sketchOf({ values, k = 2048 }: { values: number[]; k?: number }): KllSketch {
  const sketch = new KllSketch({ k });
  sketch.add({ values: Float64Array.from(values), count: values.length });
  return sketch;
}

function asWritten(buckets: readonly Bucket[]): object[] {
  return buckets.map(({ lowerBound, upperBound, count }) => ({
    lower_bound: lowerBound,
    upper_bound: upperBound,
    count,
  }));
}

describe("bucketsOf", () => {
  it.each(vectorFile.vectors)("cuts '$name' as the vector says", (vector) => {
    const sketch = sketchOf(INPUTS[vector.input]!);
    const { min, max, buckets: count } = vector;
    const service = bucketsOf(sketch, min, max, "service", count);
    const exhaustive = bucketsOf(sketch, min, max, "exhaustive", count);
    if (vector.bounds !== undefined) {
      expect([min, ...service.map(({ upperBound }) => upperBound)]).toEqual(vector.bounds);
      return;
    }
    expect(asWritten(service)).toEqual(vector.expect ?? vector.expect_formula);
    expect(asWritten(exhaustive)).toEqual(vector.expect ?? vector.expect_tidemark);
    if (vector.last_upper_formula !== undefined) {
      expect(service.at(-1)?.upperBound).toBe(vector.last_upper_formula);
    }
  });

  it("cuts in ten when not told otherwise", () => {
    expect(bucketsOf(sketchOf({ values: [0, 10] }), 0, 10, "service")).toHaveLength(10);
  });

  it("has finite bounds though the range overflows", () => {
    const max = 1.5e308;
    const buckets = bucketsOf(sketchOf({ values: [-max, 0, max] }), -max, max, "exhaustive");
    expect(buckets.map(({ lowerBound }) => lowerBound)).toEqual(
      [...repeat(0, 10).keys()].map((i) => -max * (1 - i / 10) + max * (i / 10)),
    );
    expect(buckets.at(-1)?.upperBound).toBe(max);
    expect(buckets.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it("stays between the column's extremes when the sketch has lost them", () => {
    const sketch = KllSketch.fromLevels([[], [2, 4, 6]], { k: 2 });
    const buckets = bucketsOf(sketch, 1, 7, "exhaustive");
    expect(buckets[0]).toEqual({ lowerBound: 1, upperBound: 1.6, count: 0 });
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(6);
  });
});

interface PublishedFeature {
  readonly name: string;
  readonly numerical_statistics?: {
    readonly min: number;
    readonly max: number;
    readonly distribution: {
      readonly kll: { readonly buckets: object[]; readonly sketch: { readonly data: number[][] } };
    };
  };
}

const DATA = new URL("../../../shared/data/", import.meta.url);

describe.skipIf(!existsSync(DATA))("bucketsOf sketches the service published", () => {
  it.each([
    ["cardio", 20],
    ["sdk100", 6],
  ] as const)("repeats the buckets of %s under both rules", (folder, numeric) => {
    const text = readFileSync(new URL(`${folder}/statistics.json`, DATA), "utf8");
    const { features } = JSON.parse(text) as { features: PublishedFeature[] };
    let compared = 0;
    for (const { name, numerical_statistics: statistics } of features) {
      if (statistics === undefined) continue;
      compared += 1;
      const { min, max, distribution } = statistics;
      const sketch = KllSketch.fromLevels(distribution.kll.sketch.data);
      for (const rule of ["service", "exhaustive"] as const) {
        const buckets = asWritten(bucketsOf(sketch, min, max, rule));
        expect([name, rule, buckets]).toEqual([name, rule, distribution.kll.buckets]);
      }
    }
    expect(compared).toBe(numeric);
  });
});
