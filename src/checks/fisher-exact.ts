/**
 * Fisher's exact test of two shares (R. A. Fisher, The Design of Experiments, 1935, chapter 2):
 * exact where a normal approximation fails, at shares near 0 and 1 and samples of unlike sizes.
 */
import { logGamma } from "./log-gamma.ts";

/** Terms this much smaller than the sum so far can not change it. */
const NEGLIGIBLE = 1e-17;

/**
 * Computes the chance of a difference as large in either direction, twice the smaller tail, between
 * `k` of `n` and `j` of `m`; all are whole, 0 <= k <= n, 0 <= j <= m. 1 where a side is empty.
 */
export function fisherExact(k: number, n: number, j: number, m: number): number {
  const isMore = k * m >= j * n;
  return Math.min(1, 2 * (isMore ? upperTail(k, n, j, m) : upperTail(n - k, n, m - j, m)));
}

/**
 * The chance that so many or more of all `k + j` fall among the `n`: a sum of hypergeometric terms
 * from `k` up, each from the one before.
 */
function upperTail(k: number, n: number, j: number, m: number): number {
  const all = k + j;
  const last = Math.min(all, n);
  let term = Math.exp(logChoose(n, k) + logChoose(m, j) - logChoose(n + m, all));
  let sum = term;
  for (let i = k; i < last; i++) {
    term *= ((n - i) * (all - i)) / ((i + 1) * (m - all + i + 1));
    sum += term;
    // Below the mode terms still grow, and none of them is the last that counts.
    if (term < sum * NEGLIGIBLE) break;
  }
  return Math.min(1, sum);
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
