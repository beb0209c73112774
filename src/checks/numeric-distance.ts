/**
 * The two-sample Kolmogorov-Smirnov distance, over rank maps of two sketches (awslabs/deequ
 * `Distance.numericalDistance`). Time is linear in the items, memory constant.
 */
import type { RankMap } from "../sketch/rank-map.ts";

/** The largest gap between two distributions, in 0..1. */
export interface Gap<At> {
  /** Size of the current sample. */
  readonly n: number;
  /** Size of the baseline sample. */
  readonly m: number;
  readonly simple: number;
  /** Where the gap is largest, the first place on ties; undefined when there is no gap. */
  readonly at: At | undefined;
}

/** Undefined when either side is empty. Symmetric in `simple`. */
export function numericDistance(current: RankMap, baseline: RankMap): Gap<number> | undefined {
  const { items: a, ranks: aRanks, n } = current;
  const { items: b, ranks: bRanks, n: m } = baseline;
  if (n === 0 || m === 0) return undefined;
  let simple = 0;
  let at: number | undefined;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const item = j === b.length || (i < a.length && a[i]! < b[j]!) ? a[i]! : b[j]!;
    if (a[i] === item) i++;
    if (b[j] === item) j++;
    const aShare = i === 0 ? 0 : aRanks[i - 1]! / n;
    const bShare = j === 0 ? 0 : bRanks[j - 1]! / m;
    const gap = Math.abs(aShare - bShare);
    if (gap > simple) {
      simple = gap;
      at = item;
    }
  }
  return { n, m, simple, at };
}
