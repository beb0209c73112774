/** The numbers of a column from its counted texts. */
import { type CountedValues, rankCounted, sortCounts } from "../sketch/counted-values.ts";
import type { RankMap } from "../sketch/rank-map.ts";
import { type CellClass, type CellReader, FRACTIONAL } from "./cell-reader.ts";

const encoder = new TextEncoder();

/** Cells that have one text: their class, their number, how many they are. */
export interface CountedCell {
  readonly cellClass: CellClass;
  readonly value: number;
  readonly count: number;
}

/** Adds up the counts of those that are finite numbers: `1` and `1.0` are one value. */
export function countNumbers(cells: Iterable<CountedCell>): CountedValues {
  const counts = new Map<number, number>();
  for (const { cellClass, value, count } of cells) {
    if (cellClass > FRACTIONAL || !Number.isFinite(value)) continue;
    counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return sortCounts(counts);
}

/** Reads each text as a cell and ranks those that are finite numbers. Undefined where none is. */
export function countValues(
  counts: ReadonlyMap<string, number>,
  reader: CellReader,
): RankMap | undefined {
  const cells = [...counts].map(([text, count]): CountedCell => {
    const bytes = encoder.encode(text);
    const cellClass = reader.read(bytes, 0, bytes.length);
    return { cellClass, value: reader.value, count };
  });
  const values = rankCounted([countNumbers(cells)]);
  return values.n === 0 ? undefined : values;
}
