/**
 * Is the current column distributed as the baseline's?
 *
 * Numbers are compared where the baseline has a sketch, categories for String features whose
 * baseline lists them. `model-monitor` repeats the service: rank maps that count a distinct value
 * once, current categories only up to 120, no comparison after a failed type check. `tidemark`
 * counts every record and takes whatever cells of the column are numbers.
 */
import { formatJavaDouble } from "../base/java-double.ts";
import type { FeatureProfile, NumericSummary } from "../profile/profile.ts";
import { rankMapOf } from "../sketch/rank-map.ts";
import { type CategoryCounts, categoricalDistance } from "./categorical-distance.ts";
import type { CheckResult, DriftEvidence, FeatureCheck, FeatureCheckInput } from "./check.ts";
import { chiSquaredTest } from "./chi-squared.ts";
import { chiSquaredCriticalValue } from "./chi-squared-distribution.ts";
import { DETECTABLE_POWER, detectableChange } from "./detectable-change.ts";
import { judge, withoutCells } from "./judge.ts";
import { type Gap, numericDistance } from "./numeric-distance.ts";
import { sampleMargin } from "./sample-margin.ts";

type Sketched = NonNullable<NumericSummary["distribution"]>;

/**
 * Violated when the distance is above its threshold; for a robust chi-squared test when the p-value
 * is below it. Evidence stands in every result that was computed.
 */
export const baselineDriftCheck: FeatureCheck = {
  type: "baseline_drift_check",

  suggest: () => ({}),

  evaluate(input) {
    const { constraint, config, baseline, current, semantics, typeMatches } = input;
    if (constraint.inferredType === "Unknown") return undefined;
    if (!config.performComparison) return unjudged(input, "skipped", "the comparison is disabled");
    if (baseline === undefined) {
      return unjudged(input, "skipped", "the baseline has no statistics of the feature");
    }
    if (semantics === "model-monitor" && !typeMatches) {
      return unjudged(input, "skipped", "the feature failed its data type check");
    }
    if (current.present === 0) return withoutCells(factsOf(input));
    const sketched = baseline.numeric?.distribution;
    if (sketched !== undefined) return compareNumbers(input, sketched);
    if (constraint.inferredType === "String" && baseline.categories !== undefined) {
      return compareCategories(input, baseline.categories);
    }
    return unjudged(input, "not_comparable", "the baseline has no distribution of the feature");
  },
};

/**
 * The number that `feature_baseline_drift_*` metrics carry: the distance, or the statistic of a
 * chi-squared test. Undefined where there is neither, or none that is finite.
 */
export function driftMetricOf({ observed, drift }: CheckResult): number | undefined {
  if (drift === undefined) return undefined;
  const metric = drift.statistic ?? observed;
  return Number.isFinite(metric) ? metric : undefined;
}

function compareNumbers(input: FeatureCheckInput, baseline: Sketched): CheckResult {
  const { config, current, semantics } = input;
  const isExact = semantics === "tidemark";
  const sketched = (isExact ? current.measured?.numeric : current.numeric)?.distribution;
  if (sketched === undefined) {
    const reason = isExact ? "no cell is a number" : "the column is not numeric";
    return unjudged(input, "not_comparable", reason);
  }
  if (baseline.sketch.isEmpty) {
    return unjudged(input, "not_comparable", "the baseline's statistics leave its sketch out");
  }
  const form = isExact ? "correct" : "legacy";
  const gap = numericDistance(rankMapOf(sketched.sketch, form), rankMapOf(baseline.sketch, form));
  return gap === undefined
    ? unjudged(input, "no_data", "a sketch is empty")
    : judgeGap(input, gap, config.comparisonThreshold);
}

function compareCategories(
  input: FeatureCheckInput,
  categories: NonNullable<FeatureProfile["categories"]>,
): CheckResult {
  const { config, current, semantics } = input;
  const counted =
    semantics === "tidemark" ? countTexts(current) : countCategories(current.categories);
  if (counted === undefined) {
    return unjudged(input, "not_comparable", "the column has no list of categories");
  }
  const baseline = countCategories(categories)!;
  if (counted.total === 0 || baseline.total === 0) {
    return unjudged(input, "no_data", "no category is counted");
  }
  return config.categoricalDriftMethod === "ChiSquared"
    ? judgeChiSquared(input, counted, categories)
    : judgeGap(
        input,
        categoricalDistance(counted, baseline)!,
        config.categoricalComparisonThreshold,
      );
}

function countTexts({ measured, present }: FeatureProfile): CategoryCounts {
  return { counts: measured!.frequencies.counts, total: present };
}

function countCategories(categories: FeatureProfile["categories"]): CategoryCounts | undefined {
  if (categories === undefined) return undefined;
  const counts = new Map(categories.map(({ value, count }) => [value, count]));
  return { counts, total: categories.reduce((sum, { count }) => sum + count, 0) };
}

/** A distance that passes is inconclusive when its margin alone reaches the threshold. */
function judgeGap(
  input: FeatureCheckInput,
  { n, m, simple, at }: Gap<number | string>,
  threshold: number,
): CheckResult {
  const isRobust = input.config.comparisonMethod === "Robust";
  const margin = sampleMargin(n, m);
  const robust = Math.max(0, simple - margin);
  const observed = isRobust ? robust : simple;
  const drift: DriftEvidence = {
    method: "LInfinity",
    kind: "distance",
    direction: "greater_is_drift",
    n,
    m,
    margin,
    simple,
    robust,
    at,
    detectable: isRobust ? threshold + margin : threshold,
  };
  const facts = { ...factsOf(input), observed, threshold, drift };
  if (isRobust && observed <= threshold && margin >= threshold) {
    const reason = "the margin of samples this small reaches the threshold";
    return { ...facts, status: "insufficient_sample", reason };
  }
  return judge(facts, observed > threshold, describe(observed, threshold));
}

/**
 * The robust form is worded by the statistic and its critical value, X > x_t being the same as
 * p < t, so that the sentence holds and its numbers compare as consumers compare them.
 */
function judgeChiSquared(
  input: FeatureCheckInput,
  current: CategoryCounts,
  categories: NonNullable<FeatureProfile["categories"]>,
): CheckResult {
  const isRobust = input.config.comparisonMethod === "Robust";
  const threshold = input.config.categoricalComparisonThreshold;
  const { test } = chiSquaredTest(current.counts, categories);
  const evidence = {
    method: "ChiSquared",
    kind: isRobust ? "pvalue" : "distance",
    direction: isRobust ? "less_is_drift" : "greater_is_drift",
    n: current.total,
    m: categories.reduce((sum, { count }) => sum + count, 0),
  } as const;
  if (test === undefined) {
    const reason = "fewer than two categories are left after joining the small ones";
    const facts = { ...factsOf(input), threshold, drift: evidence };
    return { ...facts, status: "insufficient_categories", reason };
  }
  const { statistic, degreesOfFreedom, pValue, n, shares } = test;
  const criticalValue = isRobust ? chiSquaredCriticalValue(threshold, degreesOfFreedom) : undefined;
  const drift: DriftEvidence = {
    ...evidence,
    statistic,
    degreesOfFreedom,
    pValue,
    criticalValue,
    detectable: detectableChange({ n, shares, criticalValue: criticalValue ?? threshold }),
    power: DETECTABLE_POWER,
  };
  return judge(
    { ...factsOf(input), observed: isRobust ? pValue : statistic, threshold, drift },
    isRobust ? pValue < threshold : statistic > threshold,
    describe(statistic, criticalValue ?? threshold),
  );
}

/** Consumers match `distance: (.+) exceeds threshold: (.+)` to two numbers: nothing may follow. */
function describe(distance: number, threshold: number): string {
  const limit = formatDouble(threshold);
  return `Baseline drift distance: ${formatDouble(distance)} exceeds threshold: ${limit}`;
}

function formatDouble(x: number): string {
  return Number.isFinite(x) ? formatJavaDouble(x) : String(x);
}

function factsOf({ constraint }: FeatureCheckInput): Pick<CheckResult, "type" | "featureName"> {
  return { type: "baseline_drift_check", featureName: constraint.name };
}

function unjudged(
  input: FeatureCheckInput,
  status: "skipped" | "no_data" | "not_comparable",
  reason: string,
): CheckResult {
  return { ...factsOf(input), status, reason };
}
