import { describe, expect, it } from "vitest";
import { seededRandom } from "../base/seeded-random.ts";
import { writeServiceJson } from "../base/service-json.ts";
import { KllSketch } from "./kll-sketch.ts";
import { rankError } from "./rank-error.ts";
import type { RankMap } from "./rank-map.ts";
import { rankMapOf } from "./rank-map.ts";

/** Counts of numbers, each at least 1. */
function ranked(distinct: number, countOf: (i: number) => number): RankMap {
  const items = Float64Array.from({ length: distinct }, (_, i) => i - distinct / 2);
  let n = 0;
  const ranks = items.map((_, i) => {
    n += countOf(i);
    return n;
  });
  return { items, ranks, n };
}

function sketchOf(values: RankMap): KllSketch {
  const sketch = new KllSketch();
  sketch.addCounted(values);
  sketch.checkInvariants();
  return sketch;
}

/** The largest error of a rank as a share of all. */
function worstOf(sketch: KllSketch, { items, ranks, n }: RankMap): number {
  let worst = 0;
  const step = Math.ceil(items.length / 1000);
  for (let i = 0; i < items.length; i += step) {
    worst = Math.max(worst, Math.abs(sketch.rank(items[i]!) - ranks[i]!));
    worst = Math.max(worst, Math.abs(sketch.rankExclusive(items[i]!) - (ranks[i - 1] ?? 0)));
  }
  return worst / n;
}

describe("KllSketch.addCounted", () => {
  it("keeps up to 2,050 values one by one, in ascending order", () => {
    const sketch = sketchOf(ranked(1025, () => 2));
    expect(sketch.isExact).toBe(true);
    expect(sketch.levels()).toHaveLength(1);
    expect([...sketch.levels()[0]!.subarray(0, 3)]).toEqual([-512.5, -512.5, -511.5]);
  });

  it.each([1, 2, 10, 200])("loses no count of %d numbers, however many they are", (distinct) => {
    const random = seededRandom(1, distinct);
    const values = ranked(distinct, () => 1 + Math.floor(random() ** 4 * 1e7));
    const sketch = sketchOf(values);
    expect(sketch.ranks).toBe(values);
    const { items, ranks } = rankMapOf(KllSketch.fromLevels(sketch.levels()), "correct");
    expect(items).toEqual(values.items);
    expect(ranks).toEqual(values.ranks);
  });

  it("knows its levels as runs while they are long", () => {
    const values = ranked(30, (i) => (i * i * i) % 977);
    const sketch = sketchOf(values);
    expect(sketch.runs()).toBeDefined();
    const levels = [...sketch.levels()];
    expect(writeServiceJson([...sketch.runs()!])).toBe(writeServiceJson(levels));
    expect(sketchOf(ranked(30, () => 7)).runs()).toBeUndefined();
    sketch.add({ values: Float64Array.of(1), count: 1 });
    expect(sketch.runs()).toBeUndefined();
  });

  it("compacts once the raw level is full of numbers that stand but once", () => {
    const sketch = sketchOf(ranked(2051, () => 1));
    expect(sketch.isExact).toBe(false);
    expect(sketch.levels().map(({ length }) => length)).toEqual([1, 1025]);
  });

  it("knows the ranks of as many numbers as it keeps, whether it was looked at or not", () => {
    for (const [distinct, count] of [
      [1, 3000],
      [700, 9],
      [1025, 4],
      [1026, 3],
      [1300, 2],
      [1025, 1e6],
    ] as const) {
      const values = ranked(distinct, () => count);
      const [seen, unseen] = [new KllSketch(), new KllSketch()];
      for (const sketch of [seen, unseen]) sketch.addCounted(values);
      const weight = seen.levels().reduce((sum, { length }, h) => sum + length * 2 ** h, 0);
      expect(weight).toBe(values.n);
      expect(unseen.ranks).toBe(seen.ranks);
      if (seen.ranks !== undefined) {
        expect(rankMapOf(KllSketch.fromLevels(seen.levels()), "correct").ranks).toEqual(
          values.ranks,
        );
      }
      for (const sketch of [seen, unseen]) sketch.add({ values: Float64Array.of(0.25), count: 1 });
      expect(unseen.save()).toEqual(seen.save());
      expect(seen.clone().save()).toEqual(seen.save());
    }
  });

  it("has no level above the one at which the values fill the raw level once", () => {
    const sketch = sketchOf(ranked(2, () => 1_000_000));
    expect(sketch.levels().map(({ length }) => length)).toEqual([
      0, 0, 0, 0, 0, 0, 2, 0, 0, 2, 1952,
    ]);
  });

  it.each([
    ["5,000 numbers once", 5000, () => 1],
    ["60,000 numbers once", 60_000, () => 1],
    ["60,000 numbers about 17 times", 60_000, (i: number) => 1 + (i % 33)],
    ["20,000 numbers of steep counts", 20_000, (i: number) => 1 + Math.floor(2e6 / (i + 1))],
    ["100,000 numbers 100 times", 100_000, () => 100],
  ])("stays within the bound for %s", (_, distinct, countOf) => {
    const values = ranked(distinct, countOf);
    const sketch = sketchOf(values);
    const worst = worstOf(sketch, values);
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(rankError(sketch) / 2);
  });
});
