/**
 * The largest difference of one category's share between two samples (awslabs/deequ
 * `Distance.categoricalDistance`, L-infinity); not the total variation.
 */
import type { Gap } from "./numeric-distance.ts";

/** Counts per category of one sample. */
export interface CategoryCounts {
  readonly counts: ReadonlyMap<string, number>;
  /** All counted cells, those of categories not listed included. */
  readonly total: number;
}

/** Undefined when either side is empty. Ties go to the baseline's categories, in their order. */
export function categoricalDistance(
  current: CategoryCounts,
  baseline: CategoryCounts,
): Gap<string> | undefined {
  const { total: n } = current;
  const { total: m } = baseline;
  if (n === 0 || m === 0) return undefined;
  let simple = 0;
  let at: string | undefined;
  for (const value of new Set([...baseline.counts.keys(), ...current.counts.keys()])) {
    const share = (current.counts.get(value) ?? 0) / n;
    const gap = Math.abs(share - (baseline.counts.get(value) ?? 0) / m);
    if (gap > simple) {
      simple = gap;
      at = value;
    }
  }
  return { n, m, simple, at };
}
