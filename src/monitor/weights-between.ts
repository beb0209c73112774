/** How a side's values lie between bounds. */
import type { RankMap } from "../sketch/rank-map.ts";

/**
 * The weight up to the first of ascending bounds, between each and the next, and beyond the last;
 * `rankOf` tells whether a bound belongs to what lies below it (`rankUpTo`) or not (`rankBelow`).
 */
export function weightsBetween(
  bounds: readonly number[],
  map: RankMap,
  rankOf: (map: RankMap, bound: number) => number,
): number[] {
  let below = 0;
  const weights = bounds.map((bound) => {
    const rank = rankOf(map, bound);
    const weight = rank - below;
    below = rank;
    return weight;
  });
  weights.push(map.n - below);
  return weights;
}
