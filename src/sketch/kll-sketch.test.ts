import { describe, expect, it } from "vitest";
import vectorFile from "../../fixtures/vectors/kll.json" with { type: "json" };
import { KllSketch } from "./kll-sketch.ts";
import { rankMapOf } from "./rank-map.ts";

const HINT = "Please report this with the command you ran.";

/** The formulas in i that the vectors name their inputs by. */
const FORMULAS: Readonly<Record<string, (i: number) => number>> = {
  i: (i) => i,
  "101-i": (i) => 101 - i,
  "(37*i) mod 101": (i) => (37 * i) % 101,
  "i mod 10": (i) => i % 10,
  "i mod 7": (i) => i % 7,
  "(i*i) mod 97": (i) => (i * i) % 97,
  "(i*7919) mod 10007": (i) => (i * 7919) % 10007,
};

function numbersOf(input: string): number[] {
  if (input === "nothing") return [];
  if (input === "5 eight times, then 7") return [5, 5, 5, 5, 5, 5, 5, 5, 7];
  if (input === "5 ten times") return new Array<number>(10).fill(5);
  const range = /^(.+), i=(\d+)\.\.(\d+)$/.exec(input);
  if (range === null) return input.split(",").map(Number);
  const [, formula, first, last] = range;
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, j) => FORMULAS[formula!]!(Number(first) + j));
}

function sketchOf(values: readonly number[], parameters = {}): KllSketch {
  const sketch = new KllSketch(parameters);
  sketch.add({ values: Float64Array.from(values), count: values.length });
  sketch.checkInvariants();
  return sketch;
}

function countTo(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1);
}

function countersOf(sketch: KllSketch): number[][] {
  const { compactions, offsets } = sketch.save();
  return compactions.map((count, h) => [count, offsets[h]!]);
}

function levelsOf(sketch: KllSketch): number[][] {
  return sketch.levels().map((level) => [...level]);
}

function shapeOf(sketch: KllSketch): number[] {
  return sketch.levels().map((level) => level.length);
}

describe("KllSketch", () => {
  it.each(Object.entries(vectorFile.capacities.by_k))(
    "compacts each level for k = %s at its capacity and not below",
    (k, capacities) => {
      const compactionsAt = (h: number, length: number): number => {
        const lengths = capacities.map((capacity, i) =>
          i < h ? 0 : i === h ? length : capacity - 1,
        );
        // A top level far beyond all capacities makes the merge compact something.
        const levels = [...lengths, 20_000].map((size) => new Float64Array(size));
        const sketch = new KllSketch({ k: Number(k) });
        sketch.merge(KllSketch.fromLevels(levels, { k: Number(k) }));
        return countersOf(sketch)[h]![0]!;
      };
      for (const [h, capacity] of capacities.entries()) {
        expect([h, compactionsAt(h, capacity - 1)]).toEqual([h, 0]);
        expect([h, compactionsAt(h, capacity)]).toEqual([h, 1]);
      }
    },
  );

  it("alternates the offsets of a level as published", () => {
    const { first_12 } = vectorFile.compaction_offsets_per_level;
    const sketch = new KllSketch({ k: 2 });
    const offsets: number[] = [];
    for (let compactions = 0; offsets.length < first_12.length; ) {
      sketch.add({ values: Float64Array.of(1), count: 1 });
      const counters = countersOf(sketch)[0]!;
      if (counters[0] === compactions) continue;
      compactions = counters[0]!;
      offsets.push(counters[1]!);
    }
    expect(offsets).toEqual(first_12);
  });

  it.each(vectorFile.vectors)("repeats $name: levels, counters and ranks", (vector) => {
    const sketch = sketchOf(numbersOf(vector.input), vector);
    expect(levelsOf(sketch)).toEqual(vector.levels);
    expect(countersOf(sketch)).toEqual(vector.counters);
    for (const [x, inclusive, exclusive] of vector.rank_probe as [number, number, number][]) {
      expect([x, sketch.rank(x), sketch.rankExclusive(x)]).toEqual([x, inclusive, exclusive]);
    }
    for (const [ties, pairs] of [
      ["correct", vector.rank_map_correct],
      ["legacy", vector.rank_map_legacy],
    ] as const) {
      const { items, ranks, n } = rankMapOf(sketch, ties);
      expect(Array.from(items, (item, i) => [item, ranks[i]])).toEqual(pairs);
      expect(ranks).toHaveLength(pairs.length);
      expect(n).toBe(pairs.at(-1)?.[1] ?? 0);
    }
  });

  it.each(vectorFile.merges)("repeats merge $name", (vector) => {
    const left = sketchOf(numbersOf(vector.left_input), vector);
    const right = sketchOf(numbersOf(vector.right_input), vector);
    left.merge(right);
    left.checkInvariants();
    expect(levelsOf(left)).toEqual(vector.levels);
    expect(countersOf(left)).toEqual(vector.counters);
  });

  it.each(vectorFile.level_shapes_k2048)("has levels of $levels for $n values", (vector) => {
    expect(shapeOf(sketchOf(countTo(vector.n)))).toEqual(vector.levels);
  });

  it.each(vectorFile.merge_shapes_k2048)("merges $left and $right values to $shape", (vector) => {
    const sketch = sketchOf(countTo(vector.left));
    sketch.merge(sketchOf(countTo(vector.right)));
    expect(shapeOf(sketch)).toEqual(vector.shape);
  });

  it.each(vectorFile.quantiles)("cuts $input in $q parts as Deequ does", (vector) => {
    expect(sketchOf(numbersOf(vector.input), vector).quantiles(vector.q)).toEqual(vector.values);
  });

  it("repeats the large probe", () => {
    const { input, k, shape, counters, heads, tails, sum_items } = vectorFile.large_probe;
    const sketch = sketchOf(numbersOf(input), { k });
    const levels = levelsOf(sketch);
    expect(shapeOf(sketch)).toEqual(shape);
    expect(countersOf(sketch)).toEqual(counters);
    expect(levels.map((level) => level.slice(0, 5))).toEqual(heads);
    expect(levels.map((level) => level.slice(-3))).toEqual(tails);
    expect(levels.map((level) => level.reduce((sum, x) => sum + x, 0))).toEqual(sum_items);
  });

  it("keeps every odd value of 1..2051 one level up, and the last value alone below", () => {
    const sketch = sketchOf(countTo(2051));
    expect(levelsOf(sketch)).toEqual([[2051], countTo(1025).map((i) => 2 * i - 1)]);
  });

  it("has no quantile and no rank when empty", () => {
    const sketch = new KllSketch();
    expect(sketch.isEmpty).toBe(true);
    expect(sketch.quantiles(4)).toEqual([]);
    expect(sketch.rank(0)).toBe(0);
    expect(levelsOf(sketch)).toEqual([[]]);
    expect(levelsOf(KllSketch.fromLevels([]))).toEqual([[]]);
  });

  it("starts from a file's levels with fresh counters", () => {
    const saved = sketchOf(countTo(10_000));
    const read = KllSketch.fromLevels(levelsOf(saved));
    read.checkInvariants();
    expect(read.n).toBe(10_000);
    expect(levelsOf(read)).toEqual(levelsOf(saved));
    expect(countersOf(read)).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  it("refuses to merge with a sketch of other parameters", () => {
    expect(() => new KllSketch({ k: 8 }).merge(new KllSketch({ k: 8, c: 0.5 }))).toThrow(
      `internal: KllSketch of k 8, c 0.64 merged with one of k 8, c 0.5. ${HINT}`,
    );
    expect(() => new KllSketch().merge(new KllSketch({ k: 8 }))).toThrow(
      `internal: KllSketch of k 2048, c 0.64 merged with one of k 8, c 0.64. ${HINT}`,
    );
  });
});
