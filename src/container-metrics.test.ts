/** The metrics of a container. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  BASELINE,
  CLEAN,
  CSV,
  check,
  REPORT_FILES,
  run,
  SCHEDULED,
  TRAINING,
  trainedRoot,
} from "../fixtures/container-run.ts";

describe("metrics", () => {
  const namesIn = (metrics: string | undefined): string[] => [
    ...new Set(
      (metrics ?? "")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).MetricName),
    ),
  ];

  test("of a scheduled run are written, at its start time or else now", async () => {
    const { metrics } = await check(SCHEDULED, TRAINING);
    expect(namesIn(metrics)).toEqual([
      "feature_data_a",
      "feature_non_null_a",
      "feature_baseline_drift_a",
      "tidemark_violation_count",
    ]);
    expect(metrics!.split("\n")[0]).toBe(
      '{"MetricName":"feature_data_a","Timestamp":"2026-11-23T00:00:00Z",' +
        '"Dimensions":[{"Name":"Endpoint","Value":"churn"},' +
        '{"Name":"MonitoringSchedule","Value":"hourly"}],' +
        '"StatisticValues":{"SampleCount":100.0,"Sum":50.0,"Minimum":0.0,"Maximum":1.0},' +
        '"Unit":"None"}',
    );
    const { metrics: timed } = await check(
      { ...SCHEDULED, metric_time: "2026-11-20T10: 00: 00Z" },
      TRAINING,
    );
    expect(JSON.parse(timed!.split("\n")[0]!).Timestamp).toBe("2026-11-20T10:00:00Z");
  });

  test("are those of the service alone under strictMetrics", async () => {
    const { metrics, exitCode } = await check(
      { ...SCHEDULED, TIDEMARK_STRICT_METRICS: "true" },
      TRAINING,
    );
    expect(exitCode).toBe(0);
    expect(namesIn(metrics)).not.toContain("tidemark_violation_count");
  });

  test("of a schedule without a baseline describe the data", async () => {
    const { metrics } = await run({ ...CSV, ...SCHEDULED }, { "data.csv": TRAINING });
    expect(namesIn(metrics)).toEqual(["feature_data_a", "feature_non_null_a"]);
  });

  test("are not written when publishing or emit_metrics is disabled", async () => {
    const disabled = { ...SCHEDULED, publish_cloudwatch_metrics: "Disabled" };
    expect((await check(disabled, TRAINING)).metrics).toBeUndefined();
    const unemitted = { ...SCHEDULED, TIDEMARK_EMIT_METRICS: "Disabled" };
    expect((await check(unemitted, TRAINING)).metrics).toBeUndefined();
  });

  test("outside a schedule are warned of", async () => {
    const { exitCode, message, metrics, log } = await check(
      { publish_cloudwatch_metrics: "Enabled" },
      TRAINING,
    );
    expect([exitCode, message, metrics]).toEqual([0, CLEAN, undefined]);
    expect(log).toContain(
      "Warning: CloudWatch publishing is available only for jobs from MonitoringSchedules. " +
        "This one has no schedule's name and writes no metrics.",
    );
  });

  test("outside a schedule fail the job under strictMetrics, after its files", async () => {
    const { exitCode, message, files } = await check(
      { publish_cloudwatch_metrics: "Enabled", TIDEMARK_STRICT_METRICS: "true" },
      TRAINING,
    );
    expect([exitCode, message, files]).toEqual([
      1,
      "Error: CloudWatch publishing is available only for jobs from MonitoringSchedules.",
      REPORT_FILES,
    ]);
  });

  test("of an earlier run are gone when this one fails", async () => {
    const { root, metrics } = await check(SCHEDULED, TRAINING);
    expect(metrics).toBeDefined();
    const failed = await run(
      { ...CSV, ...BASELINE, ...SCHEDULED },
      { "data.csv": "a\n" },
      { root },
    );
    expect([failed.exitCode, failed.metrics]).toEqual([3, undefined]);
  });

  test("that can not be written are warned of", async () => {
    const root = await trainedRoot();
    writeFileSync(join(root, "output", "metrics"), "");
    const { exitCode, log } = await run(
      { ...CSV, ...BASELINE, ...SCHEDULED },
      { "data.csv": TRAINING },
      { root },
    );
    expect(exitCode).toBe(0);
    expect(log).toContain(`Warning: no metrics are published: ${root}/output/metrics/cloudwatch: `);
  });
});
