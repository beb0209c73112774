/**
 * The rank-sum test of Wilcoxon, Mann and Whitney over rank maps: does one side tend to larger
 * values? It finds a shift in samples in which the largest gap is still within its margin. With the
 * variance for ties (E. L. Lehmann, Nonparametrics, 1975, section 1.4); normal approximation.
 */
import type { RankMap } from "../sketch/rank-map.ts";
import { chiSquaredUpperTail } from "./chi-squared-distribution.ts";

/**
 * Computes the two-sided chance of the ranks of the current values among all. `slack` is how far
 * the ranks of sketches may be off, as a share; the statistic is reduced by it. 1 where a side is
 * empty or all values are equal.
 */
export function rankSumTest(current: RankMap, baseline: RankMap, slack: number): number {
  const { items: a, ranks: aRanks, n } = current;
  const { items: b, ranks: bRanks, n: m } = baseline;
  if (n === 0 || m === 0) return 1;
  const all = n + m;
  let below = 0;
  let ties = 0;
  let aBelow = 0;
  let bBelow = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const item = j === b.length || (i < a.length && a[i]! < b[j]!) ? a[i]! : b[j]!;
    const aUntil = a[i] === item ? aRanks[i++]! : aBelow;
    const bUntil = b[j] === item ? bRanks[j++]! : bBelow;
    const equal = (aUntil - aBelow + bUntil - bBelow) / all;
    below += (aUntil - aBelow) * (bBelow + bUntil);
    ties += equal * equal * equal;
    aBelow = aUntil;
    bBelow = bUntil;
  }
  const above = below / (2 * n * m);
  const variance = ((all + 1) / (12 * n * m)) * ((1 - ties) / (1 - 1 / (all * all)));
  const excess = Math.max(0, Math.abs(above - 0.5) - slack);
  return excess === 0 || variance <= 0 ? 1 : chiSquaredUpperTail(excess ** 2 / variance, 1);
}
