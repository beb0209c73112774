/**
 * The environment contract of the prebuilt monitoring container (Amazon SageMaker developer guide,
 * "Container contract inputs"): its variables as the options of a run. What a variable does not say
 * is looked up in the job's description; an empty variable counts as absent.
 */
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";
import type { ConfigOverrides } from "../constraints/constraints.ts";
import { SETTINGS } from "../constraints/monitoring-config.ts";
import { parseTime, parseWindow, type WindowBound } from "../source/capture/capture-window.ts";
import { type ContainerDescription, readContainerDescription } from "./container-description.ts";
import { parseContainerOptions } from "./container-options.ts";
import type { ContainerPaths, Environment } from "./container-paths.ts";
import { parseDatasetFormat } from "./dataset-format.ts";
import { type DeliverySettings, takeDelivery } from "./delivery-settings.ts";
import type { CheckJobOptions } from "./job-options.ts";
import { splitList } from "./split-list.ts";

export interface ContainerSettings {
  /** Everything but the baseline. */
  readonly job: Omit<CheckJobOptions, "baseline">;
  /** Paths of the baseline's files (or the folders they are in), where given. */
  readonly constraints: string | undefined;
  readonly statistics: string | undefined;
  /** What replaces keys of the constraints' own configuration. */
  readonly monitoringConfig: ConfigOverrides;
  readonly failsOnViolation: boolean;
  readonly metrics: MetricSettings;
  /** What else is told of the run, under the names of its endpoint and schedule. */
  readonly delivery: DeliverySettings;
  readonly warnings: readonly string[];
}

export interface MetricSettings {
  readonly isPublished: boolean;
  readonly isStrict: boolean;
  readonly endpoint: string | undefined;
  readonly schedule: string | undefined;
  /** Milliseconds since 1970; undefined: the time of the run. */
  readonly time: number | undefined;
}

/** Reads the contract. Throws a usage or configuration error for what can not be done. */
export async function readContainerEnvironment(
  given: Environment,
  paths: ContainerPaths,
): Promise<ContainerSettings> {
  const description = await readContainerDescription(paths);
  const env = { ...description.environment, ...withoutEmpty(given) };
  refuseUnsupported(env, description);
  const { options, monitoringConfig, warnings } = parseContainerOptions(env);
  const {
    failOnViolation = false,
    strictMetrics = false,
    hookTimeout: timeoutSeconds,
    ...others
  } = options;
  const [{ delivery = {} }, jobOptions] = takeDelivery(others);
  const pathOf = (name: string): string | undefined => env[name] && paths.locate(env[name]);
  const preprocessor = pathOf("record_preprocessor_script");
  const postprocessor = pathOf("post_analytics_processor_script");
  return {
    job: {
      inputs: [required("dataset_source", pathOf("dataset_source"), "the folder of the records")],
      output: required("output_path", pathOf("output_path"), "a folder to write to"),
      ...parseFormat(env),
      ...windowOf(env),
      exclude: description.excludedFeatures ? splitList(description.excludedFeatures) : undefined,
      semantics: "model-monitor",
      ...jobOptions,
      map: jobOptions.map?.map((entry) => entry.replace(/(?<==)\/.*$/s, paths.locate)),
      ...(jobOptions.groundTruth && { groundTruth: paths.locate(jobOptions.groundTruth) }),
      ...(preprocessor === undefined && postprocessor === undefined
        ? {}
        : { hooks: { preprocessor, postprocessor, environment: env, timeoutSeconds } }),
    },
    constraints: pathOf("baseline_constraints"),
    statistics: pathOf("baseline_statistics"),
    monitoringConfig: { ...driftMethodOf(env), ...monitoringConfig },
    failsOnViolation: failOnViolation,
    metrics: {
      isPublished: isEnabled(env, "publish_cloudwatch_metrics"),
      isStrict: strictMetrics,
      endpoint: env["sagemaker_endpoint_name"],
      schedule: env["sagemaker_monitoring_schedule_name"],
      time: timeOf(env, "metric_time") ?? timeOf(env, "start_time"),
    },
    delivery: deliveryIn(env, delivery, paths),
    warnings,
  };
}

function deliveryIn(
  env: Environment,
  { metricsFile, embeddedMetrics, metricLabels = [], ...delivery }: DeliverySettings,
  { locate }: ContainerPaths,
): DeliverySettings {
  const names = {
    endpoint: env["sagemaker_endpoint_name"],
    schedule: env["sagemaker_monitoring_schedule_name"],
  };
  const labels = Object.entries(names).flatMap(([name, text]) => (text ? [`${name}=${text}`] : []));
  return {
    ...delivery,
    metricsFile: metricsFile && locate(metricsFile),
    embeddedMetrics: embeddedMetrics && locate(embeddedMetrics),
    metricLabels: [...labels, ...metricLabels],
  };
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, text]) => text));
}

function refuseUnsupported(env: Environment, { hosts }: ContainerDescription): void {
  const analysis = env["analysis_type"];
  if (analysis !== undefined && analysis !== "DATA_QUALITY") {
    throw new TidemarkError({
      code: "usage",
      what: `analysis_type is ${excerpt(analysis)}, which is not supported`,
      expected: "DATA_QUALITY",
    });
  }
  if (hosts.length > 1) {
    throw new TidemarkError({
      code: "configuration",
      what: `the job has ${hosts.length} hosts, and a run over several is not supported yet`,
      expected: "one host, which reads everything",
      hint: "Set the instance count to 1: a report of one host's part would pass for the whole.",
    });
  }
}

function required(name: string, text: string | undefined, expected: string): string {
  if (text !== undefined) return text;
  throw new TidemarkError({ code: "configuration", what: `${name} is missing`, expected });
}

/** Undefined members would hide what the first file's name tells. */
function parseFormat(env: Environment): ReturnType<typeof parseDatasetFormat> {
  const text = env["dataset_format"];
  return text === undefined ? {} : parseDatasetFormat(text);
}

function windowOf(env: Environment): Pick<CheckJobOptions, "start" | "end"> {
  const start = boundOf(env, "start_time");
  const end = boundOf(env, "end_time");
  const window = parseWindow(start, end);
  return { start: timestamp(window.start), end: timestamp(window.end) };
}

function boundOf(env: Environment, name: string): WindowBound | undefined {
  const text = env[name];
  return text === undefined ? undefined : { name, text };
}

function timestamp(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString().replace(".000Z", "Z");
}

function timeOf(env: Environment, name: string): number | undefined {
  const text = env[name];
  if (text === undefined) return undefined;
  const time = parseTime(text);
  if (time !== undefined) return time;
  throw new TidemarkError({
    code: "configuration",
    what: `${name} is ${excerpt(text)}`,
    expected: "an ISO 8601 time such as 2026-11-20T10:00:00Z",
  });
}

function isEnabled(env: Environment, name: string): boolean {
  const text = env[name] ?? "Disabled";
  const isOn = text.toLowerCase() === "enabled";
  if (isOn || text.toLowerCase() === "disabled") return isOn;
  throw new TidemarkError({
    code: "configuration",
    what: `${name} is ${excerpt(text)}`,
    expected: "Enabled or Disabled",
  });
}

/** The fault is worded as the service words it. */
function driftMethodOf(env: Environment): ConfigOverrides {
  const text = env["categorical_drift_method"];
  if (text === undefined) return {};
  const { parse, expected } = SETTINGS.categoricalDriftMethod;
  const categoricalDriftMethod = parse(text);
  if (categoricalDriftMethod !== undefined) return { categoricalDriftMethod };
  throw new TidemarkError({
    code: "configuration",
    what: "Invalid value for monitoring_config_override",
    hint: `categorical_drift_method is ${excerpt(text)}: give ${expected}.`,
  });
}
