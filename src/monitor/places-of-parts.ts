/** Where a side is cut in equal parts. */
import { indexAtRank, type RankMap } from "../sketch/rank-map.ts";

/**
 * Finds the places of the quantiles 1/parts, 2/parts, ..., the maximum excepted: each once, in
 * ascending order. An item of many records stands at several of them.
 */
export function placesOfParts(map: RankMap, parts: number): number[] {
  const { ranks, n } = map;
  const places: number[] = [];
  let reached = 0;
  for (let part = 1; part < parts; part++) {
    const rank = (part * n) / parts;
    if (rank <= reached) continue;
    const place = indexAtRank(map, rank);
    reached = ranks[place]!;
    places.push(place);
  }
  return places;
}
