/** Both sides of a feature in the same buckets, with what each bucket adds to the PSI. */
import type { BucketShares } from "./insights-evidence.ts";

/** Laplace's: half a record more in each bucket, so that an empty one has a logarithm. */
const SMOOTHING = 0.5;

/**
 * Divides weights by their sum. The population stability index is the sum over B buckets of
 * (q - p) * ln(q / p), where p = (weight + 1/2) / (sum + B/2) of the baseline and q the same of the
 * current side; no term is negative. A side without weight has shares of 0 and no index. The same
 * weights for both sides are those of a baseline alone.
 */
export function bucketShares(
  bounds: readonly number[],
  baseline: readonly number[],
  current: readonly number[],
): BucketShares {
  const m = sumOf(baseline);
  if (current === baseline) {
    const all = divide(baseline, m);
    const shares = { bounds, baseline: all, current: all };
    return m === 0 ? shares : { ...shares, psi: all.map(() => 0) };
  }
  const n = sumOf(current);
  const shares = { bounds, baseline: divide(baseline, m), current: divide(current, n) };
  if (m === 0 || n === 0) return shares;
  const p = smooth(baseline, m);
  const q = smooth(current, n);
  return { ...shares, psi: p.map((share, i) => (q[i]! - share) * Math.log(q[i]! / share)) };
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

function divide(weights: readonly number[], sum: number): number[] {
  return weights.map((weight) => (sum === 0 ? 0 : weight / sum));
}

function smooth(weights: readonly number[], sum: number): number[] {
  return weights.map((weight) => (weight + SMOOTHING) / (sum + SMOOTHING * weights.length));
}
