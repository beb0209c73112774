/** The numbers of a column from its counted texts. */
import type { RankMap } from "../sketch/rank-map.ts";
import type { CellReader } from "./cell-reader.ts";
import { type CountedValue, rankValues } from "./rank-values.ts";

const encoder = new TextEncoder();

/** Reads each text as a cell and ranks those that are finite numbers. Undefined where none is. */
export function countValues(
  counts: ReadonlyMap<string, number>,
  reader: CellReader,
): RankMap | undefined {
  const values = rankValues(
    [...counts].map(([text, count]): CountedValue => {
      const bytes = encoder.encode(text);
      const cellClass = reader.read(bytes, 0, bytes.length);
      return { cellClass, value: reader.value, count };
    }),
  );
  return values.n === 0 ? undefined : values;
}
