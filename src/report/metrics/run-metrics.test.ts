import { expect, test } from "vitest";
import { driftResult, ENDED_AT, metricRun } from "../../../fixtures/metric-run.ts";
import { WHOLE_INSIGHTS } from "../../../fixtures/whole-insights.ts";
import { METRIC_FAMILIES } from "./metric-families.ts";
import { runMetrics } from "./run-metrics.ts";

test("a check has values, distances with what they are compared with, counts and times", () => {
  expect(runMetrics(metricRun(), ENDED_AT)).toEqual([
    { name: "feature_data", feature: "age", value: { count: 4, sum: 6, min: -0.5, max: 3.25 } },
    { name: "feature_non_null", feature: "age", value: 1 },
    { name: "feature_non_null", feature: "plan", value: 0.75 },
    { name: "feature_baseline_drift", feature: "age", value: 0.25 },
    { name: "tidemark_drift_threshold", feature: "age", value: 0.1 },
    { name: "feature_baseline_drift", feature: "plan", value: 0 },
    { name: "tidemark_drift_threshold", feature: "plan", value: 0.1 },
    { name: "tidemark_violations", check: "missing_column_check", value: 0 },
    { name: "tidemark_violations", check: "extra_column_check", value: 0 },
    { name: "tidemark_violations", check: "data_type_check", value: 0 },
    { name: "tidemark_violations", check: "completeness_check", value: 0 },
    { name: "tidemark_violations", check: "categorical_values_check", value: 0 },
    { name: "tidemark_violations", check: "non_negative_check", value: 0 },
    { name: "tidemark_violations", check: "baseline_drift_check", value: 1 },
    { name: "tidemark_unjudged_checks", value: WHOLE_INSIGHTS.verdict.unjudged },
    { name: "tidemark_records", value: 2000 },
    { name: "tidemark_rejected_records", value: 2 },
    { name: "tidemark_last_run_timestamp_seconds", value: 1_795_172_400.25 },
  ]);
});

test("every family has a sample in it", () => {
  const names = new Set(runMetrics(metricRun(), ENDED_AT).map(({ name }) => name));
  expect([...names].sort()).toEqual(Object.keys(METRIC_FAMILIES).sort());
});

test("a baseline has no distances and no counts of checks", () => {
  const names = runMetrics({ ...metricRun(), comparison: undefined }).map(({ name }) => name);
  expect(names).toEqual([
    "feature_data",
    "feature_non_null",
    "feature_non_null",
    "tidemark_records",
    "tidemark_rejected_records",
  ]);
});

test("where metrics are switched off, those of the run itself are left", () => {
  const { constraints, ...run } = metricRun();
  const off = { ...constraints, config: { ...constraints.config, emitMetrics: false } };
  expect(runMetrics({ ...run, constraints: off }, 0).map(({ name }) => name)).toEqual([
    "tidemark_records",
    "tidemark_rejected_records",
    "tidemark_last_run_timestamp_seconds",
  ]);
});

test("a statistic is told beside its critical value, and beside the threshold without one", () => {
  const { comparison, ...run } = metricRun();
  const chi = { ...driftResult("age", 0.01), threshold: 0.05 };
  const drift = { ...chi.drift!, statistic: 7.5 };
  const told = (criticalValue: number | undefined) =>
    runMetrics({
      ...run,
      comparison: { ...comparison!, results: [{ ...chi, drift: { ...drift, criticalValue } }] },
    })
      .filter(({ name }) => /drift/.test(name))
      .map(({ value }) => value);
  expect(told(3.84)).toEqual([7.5, 3.84]);
  expect(told(undefined)).toEqual([7.5, 0.05]);
});
