/**
 * The metrics that a run has, whoever takes them. `feature_*` are the service's: where a receiver
 * has labels, the feature is one; where it has only names, the feature's follows the metric's.
 */
export interface MetricFamily {
  /** A `summary` is a count, a sum and the extremes of a feature's values. */
  readonly kind: "gauge" | "summary";
  /** One sentence, without quotes, backslashes or line breaks. */
  readonly help: string;
  /** As UCUM spells it: `1` for shares, distances and values of features. */
  readonly unit: string;
}

export type MetricName =
  | "feature_data"
  | "feature_non_null"
  | "feature_baseline_drift"
  | "tidemark_drift_threshold"
  | "tidemark_violations"
  | "tidemark_unjudged_checks"
  | "tidemark_records"
  | "tidemark_rejected_records"
  | "tidemark_last_run_timestamp_seconds";

export const METRIC_FAMILIES: Readonly<Record<MetricName, MetricFamily>> = {
  feature_data: {
    kind: "summary",
    help: "Count, sum, minimum (quantile 0) and maximum (quantile 1) of a feature's numbers.",
    unit: "1",
  },
  feature_non_null: {
    kind: "gauge",
    help: "Share of a feature's cells that are present, from 0 to 1.",
    unit: "1",
  },
  feature_baseline_drift: {
    kind: "gauge",
    help: "Distance of a feature from its baseline, as compared with the threshold.",
    unit: "1",
  },
  tidemark_drift_threshold: {
    kind: "gauge",
    help: "What feature_baseline_drift is compared with; a feature above it drifts.",
    unit: "1",
  },
  tidemark_violations: {
    kind: "gauge",
    help: "Violations of the last run by check.",
    unit: "{violation}",
  },
  tidemark_unjudged_checks: {
    kind: "gauge",
    help: "Checks of the last run that had nothing to judge.",
    unit: "{check}",
  },
  tidemark_records: {
    kind: "gauge",
    help: "Records that the last run profiled.",
    unit: "{record}",
  },
  tidemark_rejected_records: {
    kind: "gauge",
    help: "Records that the last run could not read.",
    unit: "{record}",
  },
  tidemark_last_run_timestamp_seconds: {
    kind: "gauge",
    help: "When the last run ended that wrote its files, in seconds since 1970.",
    unit: "s",
  },
};
