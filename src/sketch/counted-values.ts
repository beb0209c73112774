/** Distinct numbers with their counts, in ascending order. */
import type { RankMap } from "./rank-map.ts";

export interface CountedValues {
  readonly items: Float64Array;
  readonly counts: Float64Array;
}

const EMPTY: CountedValues = { items: new Float64Array(0), counts: new Float64Array(0) };

/** Puts counts by number in order. */
export function sortCounts(counts: ReadonlyMap<number, number>): CountedValues {
  if (counts.size === 0) return EMPTY;
  const items = Float64Array.from(counts.keys()).sort();
  return { items, counts: items.map((item) => counts.get(item)!) };
}

/** Joins several lists, adding up the counts of equal numbers, into the ranks of all. */
export function rankCounted(lists: readonly CountedValues[]): RankMap {
  const { items, counts } = lists.reduce((a, b) => join(a, b), EMPTY);
  const ranks = new Float64Array(counts.length);
  let n = 0;
  for (let i = 0; i < counts.length; i++) {
    n += counts[i]!;
    ranks[i] = n;
  }
  return { items, ranks, n };
}

function join(a: CountedValues, b: CountedValues): CountedValues {
  if (a.items.length === 0) return b;
  if (b.items.length === 0) return a;
  const items = new Float64Array(a.items.length + b.items.length);
  const counts = new Float64Array(items.length);
  let size = 0;
  for (let i = 0, j = 0; i < a.items.length || j < b.items.length; size++) {
    const x = i < a.items.length ? a.items[i]! : Number.POSITIVE_INFINITY;
    const y = j < b.items.length ? b.items[j]! : Number.POSITIVE_INFINITY;
    items[size] = Math.min(x, y);
    if (x <= y) counts[size]! += a.counts[i++]!;
    if (y <= x) counts[size]! += b.counts[j++]!;
  }
  return { items: items.subarray(0, size), counts: counts.subarray(0, size) };
}
