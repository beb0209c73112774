import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { range, sketchOf, times } from "../../fixtures/column-of.ts";
import vectors from "../../fixtures/vectors/distances.json" with { type: "json" };
import { KllSketch } from "../sketch/kll-sketch.ts";
import { rankMapOf } from "../sketch/rank-map.ts";
import { numericDistance } from "./numeric-distance.ts";
import { marginConstant, sampleMargin } from "./sample-margin.ts";

const integers = (first: number, last: number): number[] =>
  range(last - first + 1, (i) => first + i);

/** The samples that the vectors name in words. */
const SAMPLES: Readonly<Record<string, readonly number[]>> = {
  "1..4": integers(1, 4),
  "2..5": integers(2, 5),
  "1..100": integers(1, 100),
  "101..200": integers(101, 200),
  "1..1000": integers(1, 1000),
  "201..1200": integers(201, 1200),
  "1..10": integers(1, 10),
  "1..2000": integers(1, 2000),
  "1..5000": integers(1, 5000),
  "501..5500": integers(501, 5500),
  "0 x900, 1 x100": [...times(900, 0), ...times(100, 1)],
  "0 x100, 1 x900": [...times(100, 0), ...times(900, 1)],
  "0 x890, 1 x100, 2 x10": [...times(890, 0), ...times(100, 1), ...times(10, 2)],
  "0,1,1,2,3": [0, 1, 1, 2, 3],
  "0,0,0,0,3": [0, 0, 0, 0, 3],
  "i mod 10, i=0..999": range(1000, (i) => i % 10),
  "(i mod 10)+1, i=0..999": range(1000, (i) => (i % 10) + 1),
  "i mod 10, i=0..4999": range(5000, (i) => i % 10),
  "min(i mod 10, 8), i=0..4999": range(5000, (i) => Math.min(i % 10, 8)),
  "5 x1000": times(1000, 5),
  "6 x1000": times(1000, 6),
  "1": [1],
  "2": [2],
  "i mod 2, i=0..99999": range(100_000, (i) => i % 2),
  "0 x1000": times(1000, 0),
};

describe.each(["correct", "legacy"] as const)("with %s rank maps", (form) => {
  const distanceOf = (a: string, b: string) =>
    numericDistance(rankMapOf(sketchOf(SAMPLES[a]!), form), rankMapOf(sketchOf(SAMPLES[b]!), form));

  test.each(vectors.numeric)("$a against $b", (vector) => {
    const expected = vector[form];
    const gap = distanceOf(vector.a, vector.b)!;
    const { n, m, simple } = gap;
    expect({ n, m, simple }).toEqual({ n: expected.n, m: expected.m, simple: expected.simple });
    expect(Math.max(0, simple - sampleMargin(n, m))).toBe(expected.robust);
    const margin = sampleMargin(n, m, marginConstant(0.05));
    expect(Math.max(0, simple - margin)).toBe(expected["robust_alpha_0.05"]);
    expect(distanceOf(vector.b, vector.a)!.simple).toBe(simple);
  });
});

test("an empty side has no distance", () => {
  const empty = rankMapOf(sketchOf([]), "correct");
  const one = rankMapOf(sketchOf([1]), "correct");
  expect(numericDistance(empty, one)).toBeUndefined();
  expect(numericDistance(one, empty)).toBeUndefined();
});

test("the place is the least of the values where the gap is largest", () => {
  const gapOf = (a: number[], b: number[]) =>
    numericDistance(rankMapOf(sketchOf(a), "correct"), rankMapOf(sketchOf(b), "correct"))?.at;
  expect(gapOf([1, 2, 3, 4], [3, 4, 5, 6])).toBe(2);
  expect(gapOf([1, 2], [1, 2])).toBeUndefined();
});

const REFERENCE = new URL("../../../shared/data/reference/", import.meta.url);

interface StatisticsJson {
  readonly features: readonly {
    readonly name: string;
    readonly numerical_statistics?: {
      readonly distribution: { readonly kll: { readonly sketch: { readonly data: number[][] } } };
    };
  }[];
}

describe.skipIf(!existsSync(REFERENCE))("the telecom reference sets", () => {
  const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, REFERENCE), "utf8"));
  const sketchesOf = (set: string): Map<string, KllSketch> =>
    new Map(
      (readJson(`${set}/statistics.json`) as StatisticsJson).features.flatMap((feature) => {
        const levels = feature.numerical_statistics?.distribution.kll.sketch.data;
        return levels === undefined ? [] : [[feature.name, KllSketch.fromLevels(levels)]];
      }),
    );

  for (const [pair, modes] of Object.entries(readJson("distances.json"))) {
    test.each(["correct", "legacy"] as const)(`${pair}, %s`, (form) => {
      const [a, b] = pair.split(" against ").map(sketchesOf) as [
        Map<string, KllSketch>,
        Map<string, KllSketch>,
      ];
      // biome-ignore lint/suspicious/noExplicitAny: a foreign file's shape
      const features = (modes as any)[form].features.filter((feature: any) => feature.numeric);
      const found = features.map(({ name }: { name: string }) => {
        const gap = numericDistance(rankMapOf(a.get(name)!, form), rankMapOf(b.get(name)!, form))!;
        return {
          ...gap,
          at: gap.at ?? null,
          robust: Math.max(0, gap.simple - sampleMargin(gap.n, gap.m)),
        };
      });
      expect(found).toEqual(features.map((feature: { numeric: unknown }) => feature.numeric));
      expect(features.length).toBeGreaterThan(10);
    });
  }
});
