/**
 * CloudWatch metrics of a run as the JSON lines that the platform publishes for a container.
 *
 * Names and dimensions are those that AWS's own alarm templates use, which is not what the
 * developer guide says: `Endpoint` and `MonitoringSchedule` for an endpoint, the latter alone for a
 * batch transform. Numbers are laid out as in the service's files. The namespace is the platform's.
 */
import { formatJavaDouble } from "../base/java-double.ts";
import { ALL_CHECKS } from "../checks/all.ts";
import { driftMetricOf } from "../checks/baseline-drift.ts";
import { ADVISORY_CHECK_TYPES, type CheckType } from "../checks/check.ts";
import type { Constraints } from "../constraints/constraints.ts";
import type { Comparison } from "../monitor/compare.ts";
import { completenessOf, type FeatureProfile, type Profile } from "../profile/profile.ts";

export interface MetricSource {
  readonly profile: Profile;
  /** Where metrics are switched on and off, for all features and for single ones. */
  readonly constraints: Constraints;
  /** Undefined where nothing was checked. */
  readonly comparison: Comparison | undefined;
}

export interface MetricOptions {
  /** Milliseconds since 1970; written in whole seconds. */
  readonly time: number;
  /** Undefined for a batch transform. */
  readonly endpoint: string | undefined;
  readonly schedule: string;
  /** Whether `tidemark_violation_count` is written, which the service does not have. */
  readonly countsViolations: boolean;
}

const NAME_LENGTH_MAX = 255;

const CHECK_TYPES: readonly CheckType[] = [
  "missing_column_check",
  "extra_column_check",
  ...ALL_CHECKS.map(({ type }) => type),
];

/**
 * Renders the metrics, one object per line; empty where metrics are switched off. A number that is
 * not finite has no metric. Violations are counted per check type, those of no violation included
 * (advisories only where there are some), and in all.
 */
export function renderCloudWatchMetrics(source: MetricSource, options: MetricOptions): string {
  const { constraints, profile, comparison } = source;
  const overrides = new Map(constraints.features.map((each) => [each.name, each.overrides]));
  const isEmitted = (name: string): boolean =>
    overrides.get(name)?.emitMetrics ?? constraints.config.emitMetrics;
  const write = lineWriter(options);
  const ofFeatures = profile.features
    .filter(({ name }) => isEmitted(name))
    .flatMap((feature) => [
      ...statisticValues(feature).map((values) => write(`feature_data_${feature.name}`, values)),
      write(`feature_non_null_${feature.name}`, metricValue(completenessOf(feature))),
    ]);
  const ofDrift = (comparison?.results ?? [])
    .filter(({ featureName }) => isEmitted(featureName))
    .flatMap((result) => {
      const distance = driftMetricOf(result);
      if (distance === undefined) return [];
      return [write(`feature_baseline_drift_${result.featureName}`, metricValue(distance))];
    });
  const isCounted = options.countsViolations && constraints.config.emitMetrics;
  const ofViolations = isCounted && comparison !== undefined ? counts(comparison, write) : [];
  return [...ofFeatures, ...ofDrift, ...ofViolations].join("");
}

interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

type LineWriter = (name: string, value: string, checkType?: CheckType | "") => string;

/** Makes lines of one run; a check type, or an empty one for the total, makes a count of them. */
function lineWriter({ time, endpoint, schedule }: MetricOptions): LineWriter {
  const timestamp = `${new Date(time).toISOString().slice(0, 19)}Z`;
  const ofRun: readonly Dimension[] = [
    ...(endpoint === undefined ? [] : [{ Name: "Endpoint", Value: endpoint }]),
    { Name: "MonitoringSchedule", Value: schedule },
  ];
  return (name, value, checkType) => {
    const dimensions = checkType
      ? [...ofRun, { Name: "ConstraintCheckType", Value: checkType }]
      : ofRun;
    const unit = checkType === undefined ? "None" : "Count";
    return (
      `{"MetricName":${JSON.stringify(metricName(name))},"Timestamp":"${timestamp}",` +
      `"Dimensions":${JSON.stringify(dimensions)},${value},"Unit":"${unit}"}\n`
    );
  };
}

/** CloudWatch takes 255 ASCII characters. */
function metricName(name: string): string {
  return name.replace(/[^\x20-\x7e]/gu, "_").slice(0, NAME_LENGTH_MAX);
}

function metricValue(number: number): string {
  return `"Value":${formatJavaDouble(number)}`;
}

/** One text for a numeric feature with values, none for any other. */
function statisticValues({ numeric, measured }: FeatureProfile): string[] {
  const { sum, min, max } = numeric ?? {};
  if (sum === undefined || min === undefined || max === undefined) return [];
  const { integral, fractional, uncastable, nonFinite } = measured!.cells;
  const count = integral + fractional - uncastable - nonFinite;
  return [
    `"StatisticValues":{"SampleCount":${formatJavaDouble(count)},"Sum":${formatJavaDouble(sum)},` +
      `"Minimum":${formatJavaDouble(min)},"Maximum":${formatJavaDouble(max)}}`,
  ];
}

function counts({ violations }: Comparison, write: LineWriter): string[] {
  const countOf = (type: CheckType): number =>
    violations.filter(({ checkType }) => checkType === type).length;
  const advisories = ADVISORY_CHECK_TYPES.filter((type) => countOf(type) > 0);
  return [
    ...[...CHECK_TYPES, ...advisories].map((type) =>
      write("tidemark_violation_count", metricValue(countOf(type)), type),
    ),
    write("tidemark_violation_count", metricValue(violations.length), ""),
  ];
}
