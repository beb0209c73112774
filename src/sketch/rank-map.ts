/**
 * The ranks of a sketch's distinct items, from which distances between two sketches are taken
 * (awslabs/deequ KLLSketch.getRankMap; the corrected form is the one of deequ pull request 765).
 */
import type { KllSketch } from "./kll-sketch.ts";
import { countBelow, countUpTo } from "./search-sorted.ts";

/**
 * What the weights of equal items come to: their sum, or, as the service has it, the one weight
 * from the highest level alone.
 */
export type TieRule = "correct" | "legacy";

/** `ranks[i]` is the weight of all items up to and including `items[i]`, which ascend. */
export interface RankMap {
  readonly items: Float64Array;
  readonly ranks: Float64Array;
  /** The last rank; 0 for an empty sketch, whose other members are empty too. */
  readonly n: number;
}

interface Known {
  /** Values that the sketch had: it only grows, so while it has as many, it has the same ones. */
  readonly n: number;
  readonly map: RankMap;
}

/**
 * Features are looked at one after another, each from several sides, and few features over and
 * over: these are made once then. 4 MiB of maps.
 */
const RECENT_ITEMS_MAX = 262_144;
const recent: (Known & { readonly sketch: KllSketch; readonly ties: TieRule })[] = [];
let recentItems = 0;

/** Maps of so few items take less than their sketches do, and are kept for as long as those. */
const SMALL_ITEMS_MAX = 512;
const small: Readonly<Record<TieRule, WeakMap<KllSketch, Known>>> = {
  correct: new WeakMap(),
  legacy: new WeakMap(),
};

/** Builds the rank map of a sketch, or finds it where it was kept. Nobody may write to it. */
export function rankMapOf(sketch: KllSketch, ties: TieRule): RankMap {
  const { n } = sketch;
  if (ties === "correct" && sketch.ranks !== undefined) return sketch.ranks;
  const kept = small[ties].get(sketch);
  if (kept?.n === n) return kept.map;
  const known = recent.find((each) => each.sketch === sketch && each.ties === ties && each.n === n);
  if (known !== undefined) return known.map;
  const map = makeRankMap(sketch, ties);
  if (map.items.length <= SMALL_ITEMS_MAX) {
    small[ties].set(sketch, { n, map });
  } else {
    recent.push({ sketch, ties, n, map });
    recentItems += map.items.length;
    while (recentItems > RECENT_ITEMS_MAX) recentItems -= recent.shift()!.map.items.length;
  }
  return map;
}

function makeRankMap(sketch: KllSketch, ties: TieRule): RankMap {
  const { items: sorted, weights } = sketch.sortedItems();
  const size = sorted.length;
  const isSum = ties === "correct";
  const items = new Float64Array(size);
  const ranks = new Float64Array(size);
  let distinct = 0;
  let n = 0;
  for (let i = 0; i < size; ) {
    const item = sorted[i]!;
    let weight = weights[i]!;
    for (i++; i < size && sorted[i] === item; i++) weight = weights[i]! + (isSum ? weight : 0);
    n += weight;
    items[distinct] = item;
    ranks[distinct] = n;
    distinct += 1;
  }
  // A copy, as a view would keep all of the items.
  return { items: items.slice(0, distinct), ranks: ranks.slice(0, distinct), n };
}

/** Sums the weights of the items <= x. */
export function rankUpTo({ items, ranks }: RankMap, x: number): number {
  const until = countUpTo(items, x);
  return until === 0 ? 0 : ranks[until - 1]!;
}

/** Sums the weights of the items < x. */
export function rankBelow({ items, ranks }: RankMap, x: number): number {
  const until = countBelow(items, x);
  return until === 0 ? 0 : ranks[until - 1]!;
}

/** Sums the weights of the items that are x. */
export function weightOf(map: RankMap, x: number): number {
  return rankUpTo(map, x) - rankBelow(map, x);
}

/**
 * Finds the place of the least item whose rank is at least `rank`: for a share p times n that is
 * the p-quantile as the inverse of the empirical distribution. The last item for ranks beyond n;
 * -1 when empty.
 */
export function indexAtRank({ ranks }: RankMap, rank: number): number {
  return Math.min(countBelow(ranks, rank), ranks.length - 1);
}
