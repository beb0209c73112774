import type { CountedColumn } from "./counted-column.ts";

/** A byte order mark is part of a text like any other character. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Lists a column's `distinct` texts with their counts, in the order of their UTF-16 units: all of
 * them where those that are not pinned are at most `max`, else the pinned ones alone.
 */
export function listCounts(
  column: CountedColumn,
  distinct: number,
  max: number,
  pinned: ReadonlySet<string>,
): Map<string, number> {
  if (distinct > max && pinned.size === 0) return new Map();
  const counts: [string, number][] = [];
  column.forEachText((bytes, start, end, count) => {
    counts.push([decoder.decode(bytes.subarray(start, end)), count]);
  });
  const listed = counts.filter(([text]) => pinned.has(text));
  const isComplete = distinct - listed.length <= max;
  return new Map((isComplete ? counts : listed).sort(([a], [b]) => (a < b ? -1 : 1)));
}
