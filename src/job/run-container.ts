/**
 * The job of the prebuilt monitoring container: its environment decides whether training data
 * become a baseline or captured records are checked against one; metrics follow the files.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Constraints } from "../constraints/constraints.ts";
import { renderCloudWatchMetrics } from "../report/cloudwatch.ts";
import type { MetricSource } from "../report/metrics/run-metrics.ts";
import { renderText } from "../report/text.ts";
import { readBaselineFiles } from "./baseline-files.ts";
import {
  type ContainerSettings,
  type MetricSettings,
  readContainerEnvironment,
} from "./container-environment.ts";
import type { ContainerPaths, Environment } from "./container-paths.ts";
import { completionMessage } from "./exit-message.ts";
import type { BaselineJobResult, CheckJobResult } from "./job-options.ts";
import { openDeliveries } from "./open-deliveries.ts";
import { OutputFolder } from "./output-folder.ts";
import { runBaseline } from "./run-baseline.ts";
import { runCheck } from "./run-check.ts";

export const METRICS_FILE = "cloudwatch_metrics.jsonl";

const EXIT_UNSCHEDULED = 1;
const EXIT_VIOLATIONS = 4;

/** In the service's words. */
const UNSCHEDULED = "CloudWatch publishing is available only for jobs from MonitoringSchedules.";

export interface ContainerJobRuntime {
  /** Ends the run; nothing is published. */
  readonly signal: AbortSignal | undefined;
  /** Takes the lines of the job's log. */
  readonly log: (text: string) => void;
  /** The time of the run, in milliseconds since 1970. */
  readonly now: () => number;
}

export interface ContainerOutcome {
  readonly exitCode: number;
  readonly message: string;
}

/** Runs the job the environment asks for; violations do not throw. Throws as the jobs do. */
export async function runContainerJob(
  env: Environment,
  paths: ContainerPaths,
  runtime: ContainerJobRuntime,
): Promise<ContainerOutcome> {
  const { log } = runtime;
  const metricsFolder = new OutputFolder(paths.metricsFolder, String(process.pid));
  await removeMetrics(metricsFolder);
  const settings = await readContainerEnvironment(env, paths);
  for (const warning of settings.warnings) log(`Warning: ${warning}`);
  const { hooks } = settings.job;
  const job = hooks === undefined ? settings.job : { ...settings.job, hooks: { ...hooks, log } };
  const { output } = job;
  const command = settings.constraints === undefined ? "baseline" : "check";
  const delivering = { ...job, delivery: settings.delivery };
  const deliveries = openDeliveries(command, delivering, { ...runtime, environment: env });
  const result = await deliveries.within(() => runJob({ ...settings, job }, runtime));
  log(renderText(result.insights, { isColored: false, folder: output, files: result.files }));
  const violations = result.insights.verdict.violations;
  const message = completionMessage(violations);
  const { metrics } = settings;
  if (metrics.isPublished && metrics.schedule === undefined) {
    if (metrics.isStrict) return { exitCode: EXIT_UNSCHEDULED, message: `Error: ${UNSCHEDULED}` };
    log(`Warning: ${UNSCHEDULED} This one has no schedule's name and writes no metrics.`);
  } else if (metrics.isPublished) {
    await publishMetrics(metricsFolder, sourceOf(result), metrics, runtime);
  }
  await deliveries.finish(result);
  const isFailure = settings.failsOnViolation && violations > 0;
  return { exitCode: isFailure ? EXIT_VIOLATIONS : 0, message };
}

type Result = BaselineJobResult | CheckJobResult;

/** Without constraints there is nothing to check: the run is profiled as a baseline is. */
async function runJob(
  { job, monitoringConfig, ...baseline }: ContainerSettings,
  { signal, log }: ContainerJobRuntime,
): Promise<Result> {
  const { constraints: path, statistics } = baseline;
  if (path === undefined) {
    if (statistics !== undefined) {
      log(
        "Warning: baseline_statistics is given without baseline_constraints: nothing is checked.",
      );
    }
    return runBaseline({ ...job, monitoringConfig, signal });
  }
  const loaded = await readBaselineFiles({ constraints: path, statistics });
  const { config, features } = loaded.baseline.constraints;
  const constraints: Constraints = { features, config: { ...config, ...monitoringConfig } };
  return runCheck({
    ...job,
    baseline: { ...loaded, baseline: { ...loaded.baseline, constraints } },
    signal,
  });
}

function sourceOf(result: Result): MetricSource {
  const { profile, constraints } = result;
  return {
    profile,
    constraints,
    comparison: "comparison" in result ? result.comparison : undefined,
  };
}

async function publishMetrics(
  folder: OutputFolder,
  source: MetricSource,
  { endpoint, schedule, time, isStrict }: MetricSettings,
  { log, now }: ContainerJobRuntime,
): Promise<void> {
  const text = renderCloudWatchMetrics(source, {
    time: time ?? now(),
    endpoint,
    schedule: schedule!,
    countsViolations: !isStrict,
  });
  if (text === "") return;
  try {
    await folder.open();
    await folder.publish([{ name: METRICS_FILE, content: text }]);
  } catch (error) {
    log(`Warning: no metrics are published: ${(error as Error).message}`);
  }
}

/**
 * Removes the metrics of an earlier run, which would be published again when this one fails. Where
 * that is not allowed writing is not either, and is warned of when there is something to write.
 */
async function removeMetrics({ path }: OutputFolder): Promise<void> {
  await rm(join(path, METRICS_FILE), { force: true }).catch(() => {});
}
