/**
 * The contract of a check. One check is one file: how it is suggested, evaluated and worded.
 * `evaluate` is total: what can not be computed is a result with a reason, never a throw.
 */
import type { Semantics } from "../base/semantics.ts";
import type { FeatureConfig, FeatureConstraints } from "../constraints/constraints.ts";
import type { FeatureProfile } from "../profile/profile.ts";

export type CheckType =
  | "missing_column_check"
  | "extra_column_check"
  | "data_type_check"
  | "completeness_check"
  | "categorical_values_check"
  | "non_negative_check"
  | "baseline_drift_check"
  | AdvisoryCheckType;

/** Advisories that the user made violations; none of the service's, and in no file by default. */
export const ADVISORY_CHECK_TYPES = [
  "advisory_excess_distance",
  "advisory_psi",
  "advisory_category_shares",
  "advisory_new_categories",
  "advisory_missing_rate",
  "advisory_zero_rate",
  "advisory_spike",
] as const;

export type AdvisoryCheckType = (typeof ADVISORY_CHECK_TYPES)[number];

export function isAdvisory(type: CheckType): type is AdvisoryCheckType {
  return ADVISORY_CHECK_TYPES.some((each) => each === type);
}

/** One entry of `constraint_violations.json`. */
export interface Violation {
  readonly featureName: string;
  readonly checkType: CheckType;
  readonly description: string;
}

/**
 * - `passed`, `violated`: judged.
 * - `no_data`: no present cell (or no value) to judge.
 * - `not_comparable`: the two sides have nothing of the same kind.
 * - `insufficient_sample`: passed, but the margin alone reaches the threshold, so that no
 *   difference below threshold + margin could have shown.
 * - `insufficient_categories`: chi-squared with fewer than two categories left.
 * - `skipped`: switched off, or made moot by another check; `reason` says which.
 */
export type CheckStatus =
  | "passed"
  | "violated"
  | "no_data"
  | "not_comparable"
  | "insufficient_sample"
  | "insufficient_categories"
  | "skipped";

/** What stands behind a drift verdict. */
export interface DriftEvidence {
  readonly method: "LInfinity" | "ChiSquared";
  /** `distance`: larger is more drift; `pvalue`: smaller is more drift. */
  readonly kind: "distance" | "pvalue";
  readonly direction: "greater_is_drift" | "less_is_drift";
  /** Sample sizes: n of the current side, m of the baseline. */
  readonly n: number;
  readonly m: number;
  /** What the robust form subtracts: 1.8 * sqrt((n + m) / (n * m)). L-infinity only. */
  readonly margin?: number | undefined;
  readonly simple?: number | undefined;
  readonly robust?: number | undefined;
  /** The value or category where the gap is largest (the first one on ties). */
  readonly at?: number | string | undefined;
  /**
   * The smallest difference that this window could have shown: of L-infinity the gap above which it
   * would have been a violation, of chi-squared the change of any one category's share that is one
   * with the chance `power`. Undefined where nothing would have been.
   */
  readonly detectable?: number | undefined;
  /** Chi-squared only. */
  readonly power?: number | undefined;
  /** Chi-squared only. */
  readonly statistic?: number | undefined;
  readonly degreesOfFreedom?: number | undefined;
  readonly pValue?: number | undefined;
  readonly criticalValue?: number | undefined;
}

/** The typed outcome of one check on one feature (or on the whole dataset). */
export interface CheckResult {
  readonly type: CheckType;
  readonly status: CheckStatus;
  readonly featureName: string;
  /** The compared number: a share, a distance, a count of columns. */
  readonly observed?: number | undefined;
  /** What was asked for: a type, a share, a number of columns. */
  readonly expected?: number | string | undefined;
  readonly threshold?: number | undefined;
  readonly reason?: string | undefined;
  readonly drift?: DriftEvidence | undefined;
  /** Present exactly when the status is `violated`. */
  readonly violation?: Violation | undefined;
}

export interface FeatureCheckInput {
  readonly constraint: FeatureConstraints;
  readonly config: FeatureConfig;
  /** The baseline's statistics of the feature; undefined when none were given. */
  readonly baseline: FeatureProfile | undefined;
  /** The current profile of the same column; its `measured` part is present. */
  readonly current: FeatureProfile;
  /** False when this feature failed its data type check. */
  readonly typeMatches: boolean;
  readonly semantics: Semantics;
}

/** A check of one feature. */
export interface FeatureCheck {
  readonly type: CheckType;
  /** The part of the constraints this check stands on, from the training data's profile. */
  suggest(feature: FeatureProfile): Partial<FeatureConstraints>;
  /** Undefined when the check does not apply to the feature at all. */
  evaluate(input: FeatureCheckInput): CheckResult | undefined;
}
