/**
 * Metrics as log lines in CloudWatch's embedded metric format, from which it makes metrics wherever
 * the log goes there. A line has one value per dimension and at most 100 metrics, so a run is
 * several lines. The format has no statistic sets: the numbers of a summary are metrics of their
 * own.
 *
 * Names, dimensions and namespaces are those that alarms on the service's metrics read, where the
 * labels `schedule` and `endpoint` say whose they are.
 */
import { cloudWatchName, VIOLATION_COUNT } from "./cloudwatch-name.ts";
import type { MetricLabels, MetricSample } from "./run-metrics.ts";

const METRICS_MAX = 100;

export interface EmbeddedMetricOptions {
  /** When the run ended, in milliseconds since 1970. */
  readonly time: number;
  readonly labels?: MetricLabels | undefined;
}

interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: "None" | "Count" | "Seconds";
}

const DIMENSIONS: Readonly<Record<string, string>> = {
  endpoint: "Endpoint",
  schedule: "MonitoringSchedule",
};

/** Renders the samples, one object per line; empty without samples. */
export function renderEmbeddedMetrics(
  samples: readonly MetricSample[],
  { time, labels = {} }: EmbeddedMetricOptions,
): string {
  const namespace = namespaceOf(labels);
  const ofRun = Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [DIMENSIONS[name] ?? name, value]),
  );
  const line = (metrics: readonly Metric[], dimensions: Readonly<Record<string, string>>): string =>
    `${JSON.stringify({
      _aws: {
        Timestamp: Math.round(time),
        CloudWatchMetrics: [
          {
            Namespace: namespace,
            Dimensions: [Object.keys(dimensions)],
            Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
          },
        ],
      },
      ...dimensions,
      ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
    })}\n`;
  const metrics = distinct([...samples.flatMap(metricsOf), ...totalOf(samples)]);
  return [
    ...chunks(metrics).map((chunk) => line(chunk, ofRun)),
    ...samples.flatMap(({ check, value }) => {
      if (check === undefined || typeof value !== "number") return [];
      const count: Metric = { name: VIOLATION_COUNT, value, unit: "Count" };
      return [line([count], { ...ofRun, ConstraintCheckType: check })];
    }),
  ].join("");
}

/** CloudWatch keeps what begins with `AWS/` to itself, in capitals alone. */
function namespaceOf({ endpoint, schedule }: MetricLabels): string {
  if (schedule === undefined) return "tidemark";
  const place = endpoint === undefined ? "ModelMonitoring" : "Endpoints";
  return `aws/sagemaker/${place}/data-metrics`;
}

/** Those of a check are lines of their own. */
function metricsOf(sample: MetricSample): Metric[] {
  const { name, value, feature, check } = sample;
  if (check !== undefined) return [];
  if (typeof value !== "number") {
    return Object.entries(value).flatMap(([part, number]) => {
      const full = cloudWatchName(sample, part);
      return full === undefined ? [] : [{ name: full, value: number, unit: "None" }];
    });
  }
  if (feature !== undefined) {
    const full = cloudWatchName(sample);
    return full === undefined ? [] : [{ name: full, value, unit: "None" }];
  }
  return [{ name, value, unit: name.endsWith("_seconds") ? "Seconds" : "Count" }];
}

function totalOf(samples: readonly MetricSample[]): Metric[] {
  const counts = samples.flatMap(({ check, value }) =>
    check !== undefined && typeof value === "number" ? [value] : [],
  );
  if (counts.length === 0) return [];
  const value = counts.reduce((sum, count) => sum + count, 0);
  return [{ name: VIOLATION_COUNT, value, unit: "Count" }];
}

/** Long names may be the same once they are cut; the first stays. */
function distinct(metrics: readonly Metric[]): Metric[] {
  const byName = new Map<string, Metric>();
  for (const metric of metrics) if (!byName.has(metric.name)) byName.set(metric.name, metric);
  return [...byName.values()];
}

function chunks(metrics: readonly Metric[]): Metric[][] {
  const count = Math.ceil(metrics.length / METRICS_MAX);
  return Array.from({ length: count }, (_, i) =>
    metrics.slice(i * METRICS_MAX, (i + 1) * METRICS_MAX),
  );
}
