/**
 * The rules for categories: the largest gap of a share, all shares together, and texts that the
 * baseline does not list. They need its list, which the files hold up to 120 categories.
 */
import { categoricalDistance } from "../checks/categorical-distance.ts";
import { gapPValue, marginConstant, sampleMargin } from "../checks/sample-margin.ts";
import { twoSampleChiSquared } from "../checks/two-sample-chi-squared.ts";
import type { Category, FeatureProfile, Frequencies } from "../profile/profile.ts";
import { type AdvisoryFinding, BOUND_ALPHA, formatFigure } from "./advisory-finding.ts";
import { chiSquaredBound } from "./chi-squared-bound.ts";
import { findRate } from "./rate-finding.ts";

const GAP_THRESHOLD = 0.05;
const SHARES_THRESHOLD = 0.1;
const NEW_THRESHOLD = 0.01;
const MARGIN = marginConstant(BOUND_ALPHA);

/** Empty where the baseline lists no categories or the column has no cells. */
export function adviseCategories(
  baseline: FeatureProfile,
  current: FeatureProfile,
): AdvisoryFinding[] {
  const { categories } = baseline;
  const frequencies = current.measured?.frequencies;
  if (categories === undefined || frequencies === undefined) return [];
  const m = categories.reduce((sum, { count }) => sum + count, 0);
  const n = current.present;
  if (n === 0 || m === 0) return [];
  const findings = [
    findGap(categories, frequencies, n, m),
    findShares(categories, frequencies, n, m),
    findNew(categories, frequencies, n, m),
  ];
  return findings.filter((finding) => finding !== undefined);
}

function findGap(
  categories: readonly Category[],
  { counts }: Frequencies,
  n: number,
  m: number,
): AdvisoryFinding {
  const before = new Map(categories.map(({ value, count }) => [value, count]));
  const { simple } = categoricalDistance({ counts, total: n }, { counts: before, total: m })!;
  return {
    rule: "excess_distance",
    observed: simple,
    threshold: GAP_THRESHOLD,
    bound: sampleMargin(n, m, MARGIN),
    pValues: [gapPValue(simple, n, m)],
    n,
    m,
    clause: `One category's shares differ by ${formatFigure(simple)}`,
  };
}

/** The effect is the statistic per record: an index like the PSI, but finite for empty bins. */
function findShares(
  categories: readonly Category[],
  frequencies: Frequencies,
  n: number,
  m: number,
): AdvisoryFinding | undefined {
  const ours = categories.map(({ value }) => frequencies.counts.get(value) ?? 0);
  const theirs = categories.map(({ count }) => count);
  const listed = ours.reduce((sum, count) => sum + count, 0);
  const test = twoSampleChiSquared([...ours, n - listed], [...theirs, 0], 0);
  if (test === undefined) return undefined;
  const perRecord = 1 / n + 1 / m;
  const observed = test.statistic * perRecord;
  return {
    rule: "category_shares",
    observed,
    threshold: SHARES_THRESHOLD,
    bound: chiSquaredBound(test.degreesOfFreedom) * perRecord,
    pValues: [test.pValue],
    n,
    m,
    clause: `The chi-squared distance of all categories' shares is ${formatFigure(observed)}`,
  };
}

/**
 * The share of texts not met before is expected to be that of texts met once (I. J. Good,
 * Biometrika 40, 1953); one more stands for a list that has none of them.
 */
function findNew(
  categories: readonly Category[],
  { counts }: Frequencies,
  n: number,
  m: number,
): AdvisoryFinding | undefined {
  const listed = categories.reduce((sum, { value }) => sum + (counts.get(value) ?? 0), 0);
  const once = categories.filter(({ count }) => count === 1).length;
  if (n === listed) return undefined;
  const finding = findRate(
    { rule: "new_categories", threshold: NEW_THRESHOLD, subject: "" },
    { count: n - listed, of: n },
    { count: Math.min(m, once + 1), of: m },
  )!;
  const share = (n - listed) / n;
  const isFewer = share <= (once + 1) / m;
  return {
    ...finding,
    observed: isFewer ? 0 : share,
    pValues: isFewer ? [1] : finding.pValues,
    clause: `Categories that the baseline does not list make up ${formatFigure(share * 100)} %`,
  };
}
