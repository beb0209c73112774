/**
 * Metrics as text that both the Prometheus exposition format 0.0.4 and OpenMetrics 1.0 read: the
 * families in one block each, `# EOF` last, which is a comment to the former.
 */
import { wellFormed } from "../../base/well-formed.ts";
import { METRIC_FAMILIES } from "./metric-families.ts";
import type { MetricLabels, MetricSample } from "./run-metrics.ts";

/** Renders the samples under the labels of the run, which come first in each. */
export function renderPrometheus(
  samples: readonly MetricSample[],
  labels: MetricLabels = {},
): string {
  const families = Object.entries(METRIC_FAMILIES).flatMap(([name, { kind, help }]) => {
    const series = new Map<string, number>();
    for (const [key, value] of samples.flatMap((each) => seriesOf(each, name, labels))) {
      // Texts that differ only in what UTF-8 has no bytes for would be one series given twice.
      if (!series.has(key)) series.set(key, value);
    }
    if (series.size === 0) return [];
    const lines = [...series].map(([key, value]) => `${key} ${value}`);
    return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines];
  });
  return `${[...families, "# EOF"].join("\n")}\n`;
}

type Series = readonly [key: string, value: number];

/** The series of a sample, if it is of the family of that name. */
function seriesOf(sample: MetricSample, family: string, labels: MetricLabels): Series[] {
  const { name, value, feature, check } = sample;
  if (name !== family) return [];
  const own = { ...labels, feature, check };
  if (typeof value === "number") return [[name + renderLabels(own), value]];
  return [
    [name + renderLabels({ ...own, quantile: "0.0" }), value.min],
    [name + renderLabels({ ...own, quantile: "1.0" }), value.max],
    [`${name}_sum${renderLabels(own)}`, value.sum],
    [`${name}_count${renderLabels(own)}`, value.count],
  ];
}

function renderLabels(labels: Readonly<Record<string, string | undefined>>): string {
  const texts = Object.entries(labels).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${escapeLabel(value)}"`],
  );
  return texts.length === 0 ? "" : `{${texts.join(",")}}`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "\n": "\\n" };

function escapeLabel(value: string): string {
  return wellFormed(value).replace(/[\\"\n]/g, (character) => ESCAPES[character]!);
}
