/**
 * CloudWatch metrics of a run as the JSON lines that the platform publishes for a container.
 *
 * Names and dimensions are those that AWS's own alarm templates use, which is not what the
 * developer guide says: `Endpoint` and `MonitoringSchedule` for an endpoint, the latter alone for a
 * batch transform. Numbers are laid out as in the service's files. The namespace is the platform's.
 */
import { formatJavaDouble } from "../base/java-double.ts";
import { cloudWatchName, VIOLATION_COUNT } from "./metrics/cloudwatch-name.ts";
import {
  type MetricSample,
  type MetricSource,
  type NumberSummary,
  runMetrics,
} from "./metrics/run-metrics.ts";

export interface MetricOptions {
  /** Milliseconds since 1970; written in whole seconds. */
  readonly time: number;
  /** Undefined for a batch transform. */
  readonly endpoint: string | undefined;
  readonly schedule: string;
  /** Whether `tidemark_violation_count` is written, which the service does not have. */
  readonly countsViolations: boolean;
}

/**
 * Renders the metrics, one object per line; empty where metrics are switched off. A number that is
 * not finite has no metric. Violations are counted per check type, those of no violation included
 * (advisories only where there are some), and in all.
 */
export function renderCloudWatchMetrics(source: MetricSource, options: MetricOptions): string {
  const { profile, constraints, comparison } = source;
  const samples = runMetrics({ profile, constraints, comparison });
  const write = lineWriter(options);
  const ofFeatures = samples.flatMap((sample) => {
    const name = cloudWatchName(sample);
    return name === undefined ? [] : [write(name, metricValue(sample.value))];
  });
  return [...ofFeatures, ...(options.countsViolations ? counts(samples, write) : [])].join("");
}

interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

type LineWriter = (name: string, value: string, checkType?: string) => string;

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
      `{"MetricName":${JSON.stringify(name)},"Timestamp":"${timestamp}",` +
      `"Dimensions":${JSON.stringify(dimensions)},${value},"Unit":"${unit}"}\n`
    );
  };
}

function metricValue(value: number | NumberSummary): string {
  if (typeof value === "number") return `"Value":${formatJavaDouble(value)}`;
  const [count, sum, min, max] = [value.count, value.sum, value.min, value.max].map(
    formatJavaDouble,
  );
  return (
    `"StatisticValues":{"SampleCount":${count},"Sum":${sum},` + `"Minimum":${min},"Maximum":${max}}`
  );
}

function counts(samples: readonly MetricSample[], write: LineWriter): string[] {
  const ofChecks = samples.flatMap(({ check, value }) => {
    return check !== undefined && typeof value === "number" ? [{ check, value }] : [];
  });
  if (ofChecks.length === 0) return [];
  const total = ofChecks.reduce((sum, { value }) => sum + value, 0);
  return [...ofChecks, { check: "", value: total }].map(({ check, value }) =>
    write(VIOLATION_COUNT, metricValue(value), check),
  );
}
