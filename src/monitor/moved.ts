/**
 * What moved in a feature whose checks were violated: one sentence that an engineer takes in at a
 * glance, and the numbers behind it. No text of a cell stands in it, save categories that the
 * statistics of either side list.
 */
import { formatNumber, formatShare } from "../base/format-number.ts";
import type { CheckResult, FeatureCheckInput } from "../checks/check.ts";
import { sampleMargin } from "../checks/sample-margin.ts";
import { categorySharesOf } from "./distribution-shape.ts";
import type { CategoricalShape, Moved, NumericShape, SideSummary } from "./insights-evidence.ts";
import { describeNew, movedCategories } from "./moved-categories.ts";
import { describeMissing, movedNumbers } from "./moved-numbers.ts";
import { severityOfResult } from "./severity.ts";

export interface MovedInput {
  /** What the feature's checks were given. */
  readonly input: FeatureCheckInput;
  /** Their results. */
  readonly results: readonly CheckResult[];
  readonly before: SideSummary | undefined;
  readonly now: SideSummary;
  readonly shape: NumericShape | CategoricalShape | undefined;
  readonly isRedacted: boolean;
}

/**
 * Undefined where no check is violated and none that could not judge hides a move. The gravest
 * violation is told first.
 */
export function describeMoved(moved: MovedInput): Moved | undefined {
  const violated = moved.results
    .filter(({ status }) => status === "violated")
    .sort((a, b) => severityOfResult(b) - severityOfResult(a));
  const drift = driftOf(moved);
  if (violated.length === 0) return drift && unjudgedMove(drift, moved);
  // Several checks see one move of a distribution; it is told once.
  const parts = new Set(violated.map((result) => describeViolation(result, moved, drift)));
  return { ...drift, sentence: join([...parts]) };
}

function driftOf({ input, before, now, shape, isRedacted }: MovedInput): Moved | undefined {
  const { baseline, current } = input;
  if (baseline === undefined || before === undefined || shape === undefined) return undefined;
  if (shape.kind === "numeric") {
    return movedNumbers({ baseline, current, before, now, shape, isRedacted });
  }
  return movedCategories(categorySharesOf(baseline, current)!);
}

/**
 * A baseline without its sketch leaves its drift unjudged. A gap between its buckets, which is
 * never larger than that of the distributions, tells of a drift all the same.
 */
function unjudgedMove(drift: Moved, { input, results, before, now, shape }: MovedInput) {
  const isUnjudged = results.some(
    ({ type, status }) => type === "baseline_drift_check" && status === "not_comparable",
  );
  if (!isUnjudged || shape?.kind !== "numeric" || shape.cdf !== undefined) return undefined;
  const { comparisonThreshold, comparisonMethod } = input.config;
  const margin = comparisonMethod === "Robust" ? sampleMargin(now.n, before!.n) : 0;
  if (Math.abs(drift.gap ?? 0) <= comparisonThreshold + margin) return undefined;
  const sentence = join(["Drift was not judged without the baseline's sketch", drift.sentence]);
  return { ...drift, sentence };
}

function describeViolation(
  { type, observed = 0, expected }: CheckResult,
  { input, before, now }: MovedInput,
  drift: Moved | undefined,
): string {
  const rest = formatShare(1 - observed, 2);
  switch (type) {
    case "data_type_check":
      return `${rest} of the cells are not ${expected}`;
    case "completeness_check": {
      const allowed = 1 - Number(expected);
      return describeMissing(now.missing_rate, before?.missing_rate ?? allowed, allowed);
    }
    case "categorical_values_check":
      return describeNew(1 - observed, namesOutside(input));
    case "non_negative_check":
      return `${rest} of the values are negative, down to ${formatNumber(now.min ?? 0)}`;
    default:
      return drift?.sentence ?? "The distribution moved";
  }
}

/** Categories that the run's statistics list and the constraints do not, most frequent first. */
function namesOutside({ constraint, current }: FeatureCheckInput): string[] {
  const allowed = new Set(constraint.domains);
  return (current.categories ?? [])
    .filter(({ value }) => !allowed.has(value))
    .toSorted((a, b) => b.count - a.count)
    .map(({ value }) => value);
}

/** Makes one sentence; only words that open a part on their own change their case. */
function join(parts: readonly string[]): string {
  const [first = "", ...others] = parts;
  const lower = (part: string): string =>
    /^[A-Z][a-z]/.test(part) ? `${part.charAt(0).toLowerCase()}${part.slice(1)}` : part;
  return `${[first, ...others.map(lower)].join("; ")}.`;
}
