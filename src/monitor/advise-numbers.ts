/**
 * The rules for numbers: the largest gap, the stability index, zeros and spikes, all from the two
 * sketches. What sketches may be off by is taken off before anything is called unlikely.
 */
import { numericDistance } from "../checks/numeric-distance.ts";
import { rankSumTest } from "../checks/rank-sum.ts";
import { gapPValue, marginConstant, sampleMargin } from "../checks/sample-margin.ts";
import { twoSampleChiSquared } from "../checks/two-sample-chi-squared.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { rankError } from "../sketch/rank-error.ts";
import { type RankMap, rankBelow, rankMapOf, rankUpTo } from "../sketch/rank-map.ts";
import { type AdvisoryFinding, BOUND_ALPHA, formatFigure } from "./advisory-finding.ts";
import { bucketShares } from "./bucket-shares.ts";
import { chiSquaredBound } from "./chi-squared-bound.ts";
import { decileShares } from "./decile-shares.ts";
import { findRate } from "./rate-finding.ts";

const GAP_THRESHOLD = 0.05;
const PSI_THRESHOLD = 0.1;
const ZERO_THRESHOLD = 0.05;
const SPIKE_THRESHOLD = 0.05;
/** The value of fewer records is theirs, not one that many share: no sentence tells it. */
const SPIKE_RECORDS_MIN = 3;
const MARGIN = marginConstant(BOUND_ALPHA);

/** Both sides of a feature as the rules see them. */
interface Sides {
  readonly current: RankMap;
  readonly baseline: RankMap;
  readonly missing: { readonly current: number; readonly baseline: number };
  /** How far ranks of both may be off together, as a share. */
  readonly slack: number;
}

/** Empty where a side has no numbers or the baseline's sketch was left out. */
export function adviseNumbers(
  baseline: FeatureProfile,
  current: FeatureProfile,
): AdvisoryFinding[] {
  const ours = current.measured?.numeric?.distribution?.sketch;
  const theirs = baseline.numeric?.distribution?.sketch;
  if (ours === undefined || theirs === undefined || ours.isEmpty || theirs.isEmpty) return [];
  const sides: Sides = {
    current: rankMapOf(ours, "correct"),
    baseline: rankMapOf(theirs, "correct"),
    missing: { current: current.missing, baseline: baseline.missing },
    slack: rankError(ours) + rankError(theirs),
  };
  const findings = [findGap(sides), findPsi(sides), findZeros(sides), findSpike(sides)];
  return findings.filter((finding) => finding !== undefined);
}

/** The gap says how much, its tail and the rank sum whether: the latter finds shifts sooner. */
function findGap({ current, baseline, slack }: Sides): AdvisoryFinding {
  const { n, m, simple } = numericDistance(current, baseline)!;
  return {
    rule: "excess_distance",
    observed: simple,
    threshold: GAP_THRESHOLD,
    bound: sampleMargin(n, m, MARGIN) + slack,
    pValues: [gapPValue(Math.max(0, simple - slack), n, m), rankSumTest(current, baseline, slack)],
    n,
    m,
    clause: `The distributions differ by ${formatFigure(simple)}`,
  };
}

/** The test is Pearson's on the same bins: its tail is nearer to chi-squared in small samples. */
function findPsi({ current, baseline, missing, slack }: Sides): AdvisoryFinding | undefined {
  const deciles = decileShares(baseline, current);
  if (deciles === undefined) return undefined;
  const hasMissing = missing.current + missing.baseline > 0;
  const ours = deciles.current.map((share) => share * current.n);
  const theirs = deciles.baseline.map((share) => share * baseline.n);
  if (hasMissing) {
    ours.push(missing.current);
    theirs.push(missing.baseline);
  }
  const test = twoSampleChiSquared(ours, theirs, slack);
  const { psi } = bucketShares([], theirs, ours);
  if (test === undefined || psi === undefined) return undefined;
  const n = current.n + missing.current;
  const m = baseline.n + missing.baseline;
  const observed = psi.reduce((sum, term) => sum + term, 0);
  return {
    rule: "psi",
    observed,
    threshold: PSI_THRESHOLD,
    bound: (1 / n + 1 / m) * chiSquaredBound(ours.length - 1),
    pValues: [test.pValue],
    n,
    m,
    clause: `The stability index over baseline deciles is ${formatFigure(observed)}`,
  };
}

function findZeros({ current, baseline, slack }: Sides): AdvisoryFinding | undefined {
  const ours = weightAt(current, 0);
  const theirs = weightAt(baseline, 0);
  if (ours + theirs === 0) return undefined;
  return findRate(
    { rule: "zero_rate", threshold: ZERO_THRESHOLD, subject: "Zeros make up", slack },
    { count: ours, of: current.n },
    { count: theirs, of: baseline.n },
  );
}

/**
 * Of all values whose share is large enough the one that grew most; as it was chosen, its p-value
 * counts for each of them.
 */
function findSpike({ current, baseline, slack }: Sides): AdvisoryFinding | undefined {
  const { items, ranks, n } = current;
  const least = Math.max(SPIKE_RECORDS_MIN, SPIKE_THRESHOLD * n);
  let candidates = 0;
  let most = { growth: 0, value: Number.NaN, weight: 0 };
  items.forEach((value, i) => {
    const weight = ranks[i]! - (ranks[i - 1] ?? 0);
    if (weight < least || value === 0) return;
    candidates += 1;
    const growth = weight / n - weightAt(baseline, value) / baseline.n;
    if (growth > most.growth) most = { growth, value, weight };
  });
  if (most.growth === 0) return undefined;
  const subject = `The value ${formatFigure(most.value)} makes up`;
  const finding = findRate(
    { rule: "spike", threshold: SPIKE_THRESHOLD, subject, slack },
    { count: most.weight, of: n },
    { count: weightAt(baseline, most.value), of: baseline.n },
  )!;
  return { ...finding, pValues: finding.pValues.map((p) => Math.min(1, p * candidates)) };
}

function weightAt(map: RankMap, value: number): number {
  return rankUpTo(map, value) - rankBelow(map, value);
}
