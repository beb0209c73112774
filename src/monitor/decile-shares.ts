/**
 * Both sides of a numeric feature over the baseline's deciles: buckets that no window moves, and
 * as full as each other in the baseline.
 */
import { type RankMap, rankUpTo } from "../sketch/rank-map.ts";
import { bucketShares } from "./bucket-shares.ts";
import type { BucketShares } from "./insights-evidence.ts";
import { placesOfParts } from "./places-of-parts.ts";
import { weightsBetween } from "./weights-between.ts";

const PARTS = 10;

/**
 * Cuts at the baseline's distinct deciles, its maximum excepted; a value of more than a tenth is
 * cut off from what lies below it too, so that it has a bucket of its own. Of a constant baseline
 * the value itself is the one bound. Undefined where a side is empty. Takes rank maps that count
 * ties.
 */
export function decileShares(baseline: RankMap, current: RankMap): BucketShares | undefined {
  if (baseline.n === 0 || current.n === 0) return undefined;
  const bounds = decilesOf(baseline);
  const weights = weightsBetween(bounds, baseline, rankUpTo);
  return bucketShares(
    bounds,
    weights,
    current === baseline ? weights : weightsBetween(bounds, current, rankUpTo),
  );
}

function decilesOf(baseline: RankMap): number[] {
  const { items, ranks, n } = baseline;
  const last = items.length - 1;
  const places = new Set<number>();
  for (const place of placesOfParts(baseline, PARTS)) {
    const below = place === 0 ? 0 : ranks[place - 1]!;
    if (place > 0 && (ranks[place]! - below) * PARTS > n) places.add(place - 1);
    if (place < last || last === 0) places.add(place);
  }
  return Array.from(places, (place) => items[place]!);
}
