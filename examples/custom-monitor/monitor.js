/**
 * The platform's contract with one check and one metric more: the mean of the model's answers must
 * stay within PREDICTION_SHIFT_MAX (default 0.05) of the mean of the training's labels.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as tidemark from "tidemark";

const { env } = process;
const limit = Number(env["PREDICTION_SHIFT_MAX"] || 0.05);
const paths = tidemark.containerPaths(env);

async function monitor() {
  const { job, metrics, ...files } = await tidemark.readContainerEnvironment(env, paths);
  // A variable that is not given stands in the message by its name.
  const { constraints = "baseline_constraints", statistics } = files;
  const { baseline } = await tidemark.readBaselineFiles({ constraints, statistics });
  const { profile, comparison } = await tidemark.check(baseline, job.inputs, job);

  // A captured row begins with the answer, where the training data have the label.
  const { name: featureName, numeric } = profile.features[0] ?? { name: "" };
  const mean = numeric?.mean ?? Number.NaN;
  const distance = Math.abs(mean - (baseline.profile?.features[0]?.numeric?.mean ?? Number.NaN));
  const violations = [...comparison.violations];
  // Written so that a mean that is not there fails too.
  if (!(distance <= limit)) {
    const description = `Prediction mean distance: ${distance} exceeds threshold: ${limit}`;
    violations.push({ featureName, checkType: "baseline_drift_check", description });
  }

  const { schedule, endpoint, time = Date.now() } = metrics;
  if (metrics.isPublished && schedule !== undefined) {
    const source = { profile, constraints: baseline.constraints, comparison };
    const options = { time, endpoint, schedule, countsViolations: false };
    const Timestamp = new Date(time).toISOString().replace(/\.\d+/, "");
    const names = Object.entries({ Endpoint: endpoint, MonitoringSchedule: schedule });
    const Dimensions = names.flatMap(([Name, Value]) => (Value ? [{ Name, Value }] : []));
    const metric = { MetricName: "prediction_mean", Timestamp, Dimensions, Value: mean };
    const own = Number.isNaN(mean) ? "" : `${JSON.stringify({ ...metric, Unit: "None" })}\n`;
    const text = tidemark.renderCloudWatchMetrics(source, options) + own;
    write(paths.metricsFolder, "cloudwatch_metrics.jsonl", text);
  }
  const suggested = tidemark.writeConstraints(tidemark.suggestConstraints(profile), "2024");
  write(job.output, "statistics.json", tidemark.writeStatistics(profile, { schema: "2024" }));
  write(job.output, "constraints.json", suggested);
  write(job.output, "constraint_violations.json", tidemark.writeViolations(violations));
  return tidemark.completionMessage(violations.length);
}

/** @type {(folder: string, name: string, text: string) => void} */
function write(folder, name, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

const message = await monitor().catch((error) => {
  process.exitCode = error instanceof tidemark.TidemarkError ? error.exitCode : 1;
  return tidemark.failureMessage(error);
});
tidemark.writeExitMessage(paths.message, message);
process.stderr.write(`${message}\n`);
