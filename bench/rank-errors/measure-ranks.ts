/** How far the ranks of both accumulators' sketches are from exact ones; follows from the seed. */
import { ExactNumeric } from "../../src/accumulate/exact-numeric.ts";
import { OrderedNumeric } from "../../src/accumulate/ordered-numeric.ts";
import { seededRandom } from "../../src/base/seeded-random.ts";
import type { KllSketch } from "../../src/sketch/kll-sketch.ts";
import { rankError } from "../../src/sketch/rank-error.ts";
import type { RankMap } from "../../src/sketch/rank-map.ts";
import { countBelow, countUpTo } from "../../src/sketch/search-sorted.ts";

type Random = () => number;

/** All values as they come, and how often each distinct one comes. */
export type Feed = "one by one" | "counted";

export interface RankErrors {
  readonly distribution: string;
  readonly n: number;
  readonly feed: Feed;
  readonly distinct: number;
  /** The largest error of a rank at the percentiles 1 to 99, and its bound, as shares of n. */
  readonly worst: number;
  readonly bound: number;
}

const SEED = 1;
const BATCH = 4096;
/** Counted feeds have no more distinct values than this; others are taken for the next less. */
const DISTINCT_MAX = 100_000;

export const DISTRIBUTIONS: Readonly<Record<string, (random: Random) => number>> = {
  uniform: (random: Random) => random(),
  lognormal: (random: Random) => Math.exp(normal(random)),
  "normal, one decimal": (random: Random) => Math.round(10 * (180 + 54 * normal(random))) / 10,
  "0 and 1": (random: Random) => (random() < 0.145 ? 1 : 0),
};

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Draws n values of a distribution and measures both feeds. */
export function measureRanks(distribution: string, n: number): RankErrors[] {
  const random = seededRandom(SEED, n);
  const draw = DISTRIBUTIONS[distribution]!;
  // Adding 0 makes a 0 of -0.
  const values = Float64Array.from({ length: n }, () => draw(random) + 0);
  const sketch = sketchOf(values);
  const sorted = values.sort();
  const streamed = { ...measure(sketch, sorted), distinct: rankMapOf(sorted).items.length };
  const step = Math.ceil(n / DISTINCT_MAX);
  if (streamed.distinct > DISTINCT_MAX) {
    for (let i = 0; i < n; i++) sorted[i] = sorted[i - (i % step)]!;
  }
  const counts = rankMapOf(sorted);
  const counted = { ...measure(countedSketchOf(counts), sorted), distinct: counts.items.length };
  return [
    { distribution, n, feed: "one by one", ...streamed },
    { distribution, n, feed: "counted", ...counted },
  ];
}

function sketchOf(values: Float64Array): KllSketch {
  const numeric = new OrderedNumeric();
  for (let from = 0; from < values.length; from += BATCH) {
    const batch = values.subarray(from, from + BATCH);
    numeric.add({ values: batch, count: batch.length });
  }
  return heldBy(numeric);
}

function countedSketchOf(values: RankMap): KllSketch {
  const numeric = new ExactNumeric();
  numeric.addCounted(values);
  return heldBy(numeric);
}

function heldBy(numeric: OrderedNumeric | ExactNumeric): KllSketch {
  const distribution = numeric.finish("exhaustive")?.distribution;
  if (distribution === undefined || !("sketch" in distribution)) throw new Error("no sketch");
  return distribution.sketch;
}

function rankMapOf(sorted: Float64Array): RankMap {
  const items: number[] = [];
  const ranks: number[] = [];
  sorted.forEach((value, i) => {
    if (value !== items.at(-1)) items.push(value);
    ranks[items.length - 1] = i + 1;
  });
  return { items: Float64Array.from(items), ranks: Float64Array.from(ranks), n: sorted.length };
}

function measure(sketch: KllSketch, sorted: Float64Array): { worst: number; bound: number } {
  const n = sorted.length;
  let worst = 0;
  for (let percentile = 1; percentile < 100; percentile++) {
    const x = sorted[Math.ceil((percentile * n) / 100) - 1]!;
    const below = countBelow(sorted, x);
    const upTo = countUpTo(sorted, x, below);
    worst = Math.max(worst, Math.abs(sketch.rank(x) - upTo));
    worst = Math.max(worst, Math.abs(sketch.rankExclusive(x) - below));
  }
  return { worst: worst / n, bound: rankError(sketch) };
}
