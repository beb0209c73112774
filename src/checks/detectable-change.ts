/**
 * The smallest change of a category's share that a chi-squared test of a window could have shown.
 *
 * Under shares q against expected shares p the statistic of n cells follows, nearly, a noncentral
 * chi-squared distribution of noncentrality n * sum((q - p)^2 / p), that is n times the square of
 * Cohen's w (J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition, 1988,
 * chapter 7). Where one share changes by d, the sum is least when all others give way in
 * proportion: d^2 / (p * (1 - p)), which is least for the share closest to one half.
 */
import { noncentralityFor } from "./noncentral-chi-squared.ts";

/** The chance with which a change of the size told is a violation, at least: the usual one. */
export const DETECTABLE_POWER = 0.8;

export interface ChangeSearch {
  /** Cells that are tested. */
  readonly n: number;
  /** Expected shares of the groups that are tested; they sum to 1. */
  readonly shares: readonly number[];
  /** The statistic above which the test is violated. */
  readonly criticalValue: number;
}

/**
 * Finds the least d so that, whichever group's share changes by d, the test is violated in at least
 * 8 of 10 such windows: 0 where it is without any change, undefined where it never is. It may be
 * more than a share can change by. The expected shares are taken for the truth, as the test does.
 */
export function detectableChange({ n, shares, criticalValue }: ChangeSearch): number | undefined {
  const noncentrality = noncentralityFor(DETECTABLE_POWER, criticalValue, shares.length - 1);
  if (noncentrality === Number.POSITIVE_INFINITY) return undefined;
  const widest = Math.max(...shares.map((share) => share * (1 - share)));
  return Math.sqrt((noncentrality * widest) / n);
}
