import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { anyText } from "../../../fixtures/hostile-insights.ts";
import { ENDED_AT, metricRun } from "../../../fixtures/metric-run.ts";
import { renderEmbeddedMetrics } from "./render-embedded-metrics.ts";
import { type MetricSample, runMetrics } from "./run-metrics.ts";

const SERVICE = { endpoint: "churn", schedule: "hourly" };

/** The schema that the format's specification publishes, its limits included. */
const LINE = z
  .looseObject({
    _aws: z.object({
      Timestamp: z.int().min(0),
      CloudWatchMetrics: z
        .array(
          z.object({
            Namespace: z.string().min(1).max(1024),
            Dimensions: z.array(z.array(z.string().min(1).max(250)).max(30)).min(1),
            Metrics: z
              .array(
                z.object({
                  Name: z.string().min(1).max(1024),
                  Unit: z.enum(["None", "Count", "Seconds"]),
                }),
              )
              .max(100),
          }),
        )
        .length(1),
    }),
  })
  .superRefine((line, context) => {
    const { Dimensions, Metrics } = line._aws.CloudWatchMetrics[0]!;
    const isRight =
      Dimensions.flat().every((name) => typeof line[name] === "string") &&
      Metrics.every(({ Name }) => typeof line[Name] === "number") &&
      Object.keys(line).length === 1 + Dimensions.flat().length + Metrics.length;
    if (!isRight) context.addIssue("members are not those that are named");
  });

const linesOf = (text: string) =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => LINE.parse(JSON.parse(line)));

describe("embedded metrics", () => {
  it("have the names, dimensions and namespace that alarms read", () => {
    const samples = runMetrics(metricRun(), ENDED_AT);
    const text = renderEmbeddedMetrics(samples, { time: ENDED_AT, labels: SERVICE });
    const [first, ...checks] = linesOf(text);
    const { _aws, ...members } = first!;
    expect(_aws.Timestamp).toBe(ENDED_AT);
    expect(_aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: "aws/sagemaker/Endpoints/data-metrics",
      Dimensions: [["Endpoint", "MonitoringSchedule"]],
    });
    expect(members).toEqual({
      Endpoint: "churn",
      MonitoringSchedule: "hourly",
      feature_data_count_age: 4,
      feature_data_sum_age: 6,
      feature_data_min_age: -0.5,
      feature_data_max_age: 3.25,
      feature_non_null_age: 1,
      feature_non_null_plan: 0.75,
      feature_baseline_drift_age: 0.25,
      feature_baseline_drift_plan: 0,
      tidemark_unjudged_checks: 2,
      tidemark_records: 2000,
      tidemark_rejected_records: 2,
      tidemark_last_run_timestamp_seconds: 1_795_172_400.25,
      tidemark_violation_count: 1,
    });
    const counts = checks.map((line) => [
      line["ConstraintCheckType"],
      line["tidemark_violation_count"],
    ]);
    expect(counts).toEqual([
      ["missing_column_check", 0],
      ["extra_column_check", 0],
      ["data_type_check", 0],
      ["completeness_check", 0],
      ["categorical_values_check", 0],
      ["non_negative_check", 0],
      ["baseline_drift_check", 1],
    ]);
  });

  it.each([
    [{ schedule: "hourly" }, "aws/sagemaker/ModelMonitoring/data-metrics", ["MonitoringSchedule"]],
    [{ model: "churn" }, "tidemark", ["model"]],
    [{}, "tidemark", []],
  ])("of %j stand in their namespace", (labels, namespace, dimensions) => {
    const text = renderEmbeddedMetrics([{ name: "tidemark_records", value: 1 }], {
      time: 0,
      labels,
    });
    const [{ _aws }] = linesOf(text) as [z.infer<typeof LINE>];
    expect(_aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: namespace,
      Dimensions: [dimensions],
    });
  });

  it("of many features are several lines, none of them lost", () => {
    const samples = Array.from({ length: 250 }, (_, i): MetricSample => {
      return { name: "feature_non_null", feature: `f${i}`, value: i };
    });
    const lines = linesOf(renderEmbeddedMetrics(samples, { time: 0 }));
    expect(lines.map((line) => line._aws.CloudWatchMetrics[0]!.Metrics.length)).toEqual([
      100, 100, 50,
    ]);
    const members = Object.assign({}, ...lines);
    for (let i = 0; i < 250; i++) expect(members[`feature_non_null_f${i}`]).toBe(i);
  });

  it("keep to the format, whatever features are called", () => {
    fc.assert(
      fc.property(anyText, anyText, (age, plan) => {
        const samples = runMetrics(metricRun(age, plan), ENDED_AT);
        const lines = linesOf(renderEmbeddedMetrics(samples, { time: ENDED_AT, labels: SERVICE }));
        expect(lines).toHaveLength(8);
      }),
    );
  });
});
