/** The numbers of a column from its counted texts. */
import type { RankMap } from "../sketch/rank-map.ts";
import { type CellReader, FRACTIONAL } from "./cell-reader.ts";

const encoder = new TextEncoder();

/**
 * Reads each text as a cell and adds up the counts of those that are finite numbers, in ascending
 * order: `1` and `1.0` are one value. Undefined where none is.
 */
export function countValues(
  counts: ReadonlyMap<string, number>,
  reader: CellReader,
): RankMap | undefined {
  const byValue = new Map<number, number>();
  for (const [text, count] of counts) {
    const bytes = encoder.encode(text);
    if (reader.read(bytes, 0, bytes.length) > FRACTIONAL) continue;
    const { value } = reader;
    if (Number.isFinite(value)) byValue.set(value, (byValue.get(value) ?? 0) + count);
  }
  if (byValue.size === 0) return undefined;
  const items = Float64Array.from(byValue.keys()).sort();
  let n = 0;
  const ranks = items.map((item) => {
    n += byValue.get(item)!;
    return n;
  });
  return { items, ranks, n };
}
