import type { RankMap } from "../sketch/rank-map.ts";
import { type CellClass, FRACTIONAL } from "./cell-reader.ts";

/** Cells that have one text: their class, their number, how many they are. */
export interface CountedValue {
  readonly cellClass: CellClass;
  readonly value: number;
  readonly count: number;
}

/** Adds up the counts of the finite numbers, in ascending order: `1` and `1.0` are one value. */
export function rankValues(texts: Iterable<CountedValue>): RankMap {
  const byValue = new Map<number, number>();
  for (const { cellClass, value, count } of texts) {
    if (cellClass > FRACTIONAL || !Number.isFinite(value)) continue;
    byValue.set(value, (byValue.get(value) ?? 0) + count);
  }
  const items = Float64Array.from(byValue.keys()).sort();
  let n = 0;
  const ranks = items.map((item) => {
    n += byValue.get(item)!;
    return n;
  });
  return { items, ranks, n };
}
