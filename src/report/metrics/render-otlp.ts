/**
 * Metrics as the body of an OTLP/HTTP request in JSON: an `ExportMetricsServiceRequest` of the
 * OpenTelemetry protocol 1.x. Whole numbers of 64 bits are texts there.
 */
import { VERSION } from "../../base/version.ts";
import { wellFormed } from "../../base/well-formed.ts";
import { METRIC_FAMILIES } from "./metric-families.ts";
import type { MetricLabels, MetricSample } from "./run-metrics.ts";

export interface OtlpOptions {
  /** When the run ended, in milliseconds since 1970. */
  readonly time: number;
  /** Of each data point. */
  readonly labels?: MetricLabels | undefined;
  /** Of the resource; `service.name` is `tidemark` unless it stands here. */
  readonly resource?: Readonly<Record<string, string>> | undefined;
}

/** Renders the samples as one line of JSON. */
export function renderOtlp(
  samples: readonly MetricSample[],
  { time, labels = {}, resource = {} }: OtlpOptions,
): string {
  const point = { timeUnixNano: `${Math.round(time)}000000` };
  const metrics = Object.entries(METRIC_FAMILIES).flatMap(([name, { kind, help, unit }]) => {
    const dataPoints = samples
      .filter((sample) => sample.name === name)
      .map(({ value, feature, check }) => ({
        attributes: attributesOf({ ...labels, feature, check }),
        ...point,
        ...numbersOf(value),
      }));
    if (dataPoints.length === 0) return [];
    return [{ name, description: help, unit, [kind]: { dataPoints } }];
  });
  return JSON.stringify({
    resourceMetrics: [
      {
        resource: {
          attributes: attributesOf({
            "service.name": "tidemark",
            "service.version": VERSION,
            ...resource,
          }),
        },
        scopeMetrics: [{ scope: { name: "tidemark", version: VERSION }, metrics }],
      },
    ],
  });
}

function attributesOf(texts: Readonly<Record<string, string | undefined>>) {
  return Object.entries(texts).flatMap(([key, text]) =>
    text === undefined ? [] : [{ key, value: { stringValue: wellFormed(text) } }],
  );
}

function numbersOf(value: MetricSample["value"]) {
  if (typeof value === "number") return { asDouble: value };
  return {
    count: String(value.count),
    sum: value.sum,
    quantileValues: [
      { quantile: 0, value: value.min },
      { quantile: 1, value: value.max },
    ],
  };
}
