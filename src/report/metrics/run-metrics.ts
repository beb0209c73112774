/** A run's metrics as plain samples: the one model behind every form they are written in. */
import { ALL_CHECKS } from "../../checks/all.ts";
import { driftMetricOf } from "../../checks/baseline-drift.ts";
import { ADVISORY_CHECK_TYPES, type CheckResult, type CheckType } from "../../checks/check.ts";
import type { Constraints } from "../../constraints/constraints.ts";
import type { Comparison } from "../../monitor/compare.ts";
import type { Insights } from "../../monitor/insights.ts";
import { completenessOf, type FeatureProfile, type Profile } from "../../profile/profile.ts";
import type { MetricName } from "./metric-families.ts";

export interface MetricSource {
  readonly profile: Profile;
  /** Where metrics are switched on and off, for all features and for single ones. */
  readonly constraints: Constraints;
  /** Undefined where nothing was checked. */
  readonly comparison: Comparison | undefined;
  /** What the run tells of itself; without it there are metrics of features and checks alone. */
  readonly insights?: Insights | undefined;
}

/** Numbers of one column; all finite. */
export interface NumberSummary {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** One number, or one summary where the family is of that kind; at most one label is there. */
export interface MetricSample {
  readonly name: MetricName;
  readonly value: number | NumberSummary;
  /** The feature's name, any text. */
  readonly feature?: string | undefined;
  readonly check?: CheckType | undefined;
}

/** What tells a run's metrics from others': names by `[a-zA-Z_][a-zA-Z0-9_]*`, any texts. */
export type MetricLabels = Readonly<Record<string, string>>;

const CHECK_TYPES: readonly CheckType[] = [
  "missing_column_check",
  "extra_column_check",
  ...ALL_CHECKS.map(({ type }) => type),
];

/**
 * Lists the samples of a run; pure. Where metrics are switched off a feature has none, or the
 * checks have no counts. What is not finite has no sample. Violations are counted per check type,
 * those of no violation included (advisories only where there are some). `endedAt` is in
 * milliseconds since 1970; without it there is no timestamp.
 */
export function runMetrics(source: MetricSource, endedAt?: number): readonly MetricSample[] {
  const { constraints, profile, comparison, insights } = source;
  const overrides = new Map(constraints.features.map((each) => [each.name, each.overrides]));
  const isEmitted = (name: string): boolean =>
    overrides.get(name)?.emitMetrics ?? constraints.config.emitMetrics;
  const isCounted = constraints.config.emitMetrics && comparison !== undefined;
  return [
    ...profile.features.filter(({ name }) => isEmitted(name)).flatMap(valuesOf),
    ...(comparison?.results ?? [])
      .filter(({ featureName }) => isEmitted(featureName))
      .flatMap(driftOf),
    ...(isCounted ? violationsOf(comparison) : []),
    ...(isCounted && insights !== undefined
      ? [{ name: "tidemark_unjudged_checks", value: insights.verdict.unjudged } as const]
      : []),
    ...(insights === undefined ? [] : recordsOf(insights)),
    ...(endedAt === undefined
      ? []
      : [{ name: "tidemark_last_run_timestamp_seconds", value: endedAt / 1000 } as const]),
  ];
}

/** A summary for a numeric feature with values, none for any other; completeness for all. */
function valuesOf(feature: FeatureProfile): MetricSample[] {
  return [
    ...summaryOf(feature).map((value) => {
      return { name: "feature_data", feature: feature.name, value } as const;
    }),
    { name: "feature_non_null", feature: feature.name, value: completenessOf(feature) },
  ];
}

function summaryOf({ numeric, measured }: FeatureProfile): NumberSummary[] {
  const { sum, min, max } = numeric ?? {};
  if (sum === undefined || min === undefined || max === undefined) return [];
  const { integral, fractional, uncastable, nonFinite } = measured!.cells;
  return [{ count: integral + fractional - uncastable - nonFinite, sum, min, max }];
}

function driftOf(result: CheckResult): MetricSample[] {
  const { featureName: feature, drift, threshold } = result;
  const distance = driftMetricOf(result);
  if (distance === undefined) return [];
  // Where the p-value is compared, so are the statistic and its critical value.
  const limit = drift?.criticalValue ?? threshold;
  const isLimited = limit !== undefined && Number.isFinite(limit);
  return [
    { name: "feature_baseline_drift", feature, value: distance },
    ...(isLimited ? [{ name: "tidemark_drift_threshold", feature, value: limit } as const] : []),
  ];
}

function violationsOf({ violations }: Comparison): MetricSample[] {
  const countOf = (type: CheckType): number =>
    violations.filter(({ checkType }) => checkType === type).length;
  const advisories = ADVISORY_CHECK_TYPES.filter((type) => countOf(type) > 0);
  return [...CHECK_TYPES, ...advisories].map((check) => {
    return { name: "tidemark_violations", check, value: countOf(check) };
  });
}

function recordsOf({ dataset, inputs }: Insights): MetricSample[] {
  const rejected = inputs.flatMap((input) => Object.values(input.rejected));
  return [
    { name: "tidemark_records", value: dataset.rows },
    { name: "tidemark_rejected_records", value: rejected.reduce((sum, count) => sum + count, 0) },
  ];
}
