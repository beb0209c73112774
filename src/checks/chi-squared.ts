/**
 * Pearson's chi-squared test of the current categories against the baseline's, with the regrouping
 * of small categories of awslabs/deequ `Distance.chiSquaredTest`.
 *
 * Expected counts are the baseline's shares of the current cells that lie in baseline categories;
 * other cells play no part. While too many expected counts are small, the smallest category joins
 * the next smallest: with more than two categories 20 % may lie below 5, with two none below 10.
 */
import type { Category } from "../profile/profile.ts";
import { chiSquaredUpperTail } from "./chi-squared-distribution.ts";

const SMALL_SHARE_MAX = 0.2;
const SMALL = 5;
const SMALL_OF_TWO = 10;
/** Sums of observed and expected counts closer than this count as equal. */
const SUM_TOLERANCE = 1e-7;

export interface ChiSquaredTest {
  /** Infinite when cells stand where none is expected. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Cells that were tested: those in categories of the baseline. */
  readonly n: number;
  /** Expected shares of the groups that were tested, which sum to 1. */
  readonly shares: readonly number[];
}

export interface ChiSquaredOutcome {
  /** Pairs of category and the one it joined, in the order of joining. */
  readonly merged: readonly (readonly [string, string])[];
  /** Undefined when fewer than two categories are left. */
  readonly test: ChiSquaredTest | undefined;
}

interface Group {
  readonly value: string;
  observed: number;
  expected: number;
}

/** Ties between small categories go to the first in the baseline's order. */
export function chiSquaredTest(
  current: ReadonlyMap<string, number>,
  baseline: readonly Category[],
): ChiSquaredOutcome {
  const observedOf = ({ value }: Category): number => current.get(value) ?? 0;
  const total = sumOf(baseline, observedOf);
  const baselineTotal = sumOf(baseline, ({ count }) => count);
  const groups = baseline.map(
    (category): Group => ({
      value: category.value,
      observed: observedOf(category),
      expected: baselineTotal === 0 ? 0 : (category.count / baselineTotal) * total,
    }),
  );
  const merged = regroup(groups);
  const filled = groups.filter(({ observed, expected }) => observed > 0 || expected > 0);
  return { merged, test: filled.length < 2 ? undefined : testGroups(filled) };
}

/** Joins groups in place until few enough are small or one is left. */
function regroup(groups: Group[]): [string, string][] {
  const merged: [string, string][] = [];
  while (groups.length >= 2) {
    const small = groups.length > 2 ? SMALL : SMALL_OF_TWO;
    const allowed = groups.length > 2 ? Math.trunc(SMALL_SHARE_MAX * groups.length) : 0;
    if (groups.filter(({ expected }) => expected < small).length <= allowed) break;
    const removed = smallest(groups);
    groups.splice(groups.indexOf(removed), 1);
    const joined = smallest(groups);
    joined.observed += removed.observed;
    joined.expected += removed.expected;
    merged.push([removed.value, joined.value]);
  }
  return merged;
}

function smallest(groups: readonly Group[]): Group {
  return groups.reduce((least, group) => (group.expected < least.expected ? group : least));
}

function testGroups(groups: readonly Group[]): ChiSquaredTest {
  const observed = sumOf(groups, (group) => group.observed);
  const expected = sumOf(groups, (group) => group.expected);
  const scale = Math.abs(observed - expected) < SUM_TOLERANCE ? 1 : observed / expected;
  const statistic = sumOf(groups, (group) => {
    const scaled = group.expected * scale;
    return (group.observed - scaled) ** 2 / scaled;
  });
  const degreesOfFreedom = groups.length - 1;
  return {
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredUpperTail(statistic, degreesOfFreedom),
    n: observed,
    shares: groups.map((group) => group.expected / expected),
  };
}

function sumOf<T>(values: readonly T[], numberOf: (value: T) => number): number {
  return values.reduce((sum, value) => sum + numberOf(value), 0);
}
