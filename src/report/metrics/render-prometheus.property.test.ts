import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../../fixtures/hostile-insights.ts";
import { ENDED_AT, metricRun } from "../../../fixtures/metric-run.ts";
import { readExposition } from "../../../fixtures/read-exposition.ts";
import { METRIC_FAMILIES } from "./metric-families.ts";
import { renderPrometheus } from "./render-prometheus.ts";
import { type MetricSample, runMetrics } from "./run-metrics.ts";

const sample: fc.Arbitrary<MetricSample> = fc.record({
  name: fc.constantFrom("feature_non_null", "feature_baseline_drift", "tidemark_drift_threshold"),
  feature: anyText,
  value: fc.double({ noNaN: true, noDefaultInfinity: true }),
});

describe("Prometheus text", () => {
  it("has one block per family, with help and type, and ends as OpenMetrics does", () => {
    const source = metricRun("age", 'pl"an\\\n');
    const text = renderPrometheus(runMetrics(source, ENDED_AT), { model: "churn" });
    expect(text).toBe(`# HELP feature_data ${METRIC_FAMILIES.feature_data.help}
# TYPE feature_data summary
feature_data{model="churn",feature="age",quantile="0.0"} -0.5
feature_data{model="churn",feature="age",quantile="1.0"} 3.25
feature_data_sum{model="churn",feature="age"} 6
feature_data_count{model="churn",feature="age"} 4
# HELP feature_non_null ${METRIC_FAMILIES.feature_non_null.help}
# TYPE feature_non_null gauge
feature_non_null{model="churn",feature="age"} 1
feature_non_null{model="churn",feature="pl\\"an\\\\\\n"} 0.75
# HELP feature_baseline_drift ${METRIC_FAMILIES.feature_baseline_drift.help}
# TYPE feature_baseline_drift gauge
feature_baseline_drift{model="churn",feature="age"} 0.25
feature_baseline_drift{model="churn",feature="pl\\"an\\\\\\n"} 0
# HELP tidemark_drift_threshold ${METRIC_FAMILIES.tidemark_drift_threshold.help}
# TYPE tidemark_drift_threshold gauge
tidemark_drift_threshold{model="churn",feature="age"} 0.1
tidemark_drift_threshold{model="churn",feature="pl\\"an\\\\\\n"} 0.1
# HELP tidemark_violations Violations of the last run by check.
# TYPE tidemark_violations gauge
tidemark_violations{model="churn",check="missing_column_check"} 0
tidemark_violations{model="churn",check="extra_column_check"} 0
tidemark_violations{model="churn",check="data_type_check"} 0
tidemark_violations{model="churn",check="completeness_check"} 0
tidemark_violations{model="churn",check="categorical_values_check"} 0
tidemark_violations{model="churn",check="non_negative_check"} 0
tidemark_violations{model="churn",check="baseline_drift_check"} 1
# HELP tidemark_unjudged_checks ${METRIC_FAMILIES.tidemark_unjudged_checks.help}
# TYPE tidemark_unjudged_checks gauge
tidemark_unjudged_checks{model="churn"} ${source.insights!.verdict.unjudged}
# HELP tidemark_records Records that the last run profiled.
# TYPE tidemark_records gauge
tidemark_records{model="churn"} 2000
# HELP tidemark_rejected_records Records that the last run could not read.
# TYPE tidemark_rejected_records gauge
tidemark_rejected_records{model="churn"} 2
# HELP tidemark_last_run_timestamp_seconds ${METRIC_FAMILIES.tidemark_last_run_timestamp_seconds.help}
# TYPE tidemark_last_run_timestamp_seconds gauge
tidemark_last_run_timestamp_seconds{model="churn"} 1795172400.25
# EOF
`);
  });

  it("has help that needs no escape in either format", () => {
    for (const { help } of Object.values(METRIC_FAMILIES)) expect(help).not.toMatch(/[\\"\n]/);
  });

  it("is read back by another parser, whatever features and labels are called", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(sample, {
          maxLength: 8,
          selector: ({ name, feature }) => `${name} ${asBytes(feature!)}`,
        }),
        anyText,
        (samples, model) => {
          const read = readExposition(renderPrometheus(samples, { model }));
          const expected = samples.map(({ name, feature, value }) => ({
            name,
            labels: { model: asBytes(model), feature: asBytes(feature!) },
            value: Object.is(value, -0) ? 0 : value,
          }));
          const key = (each: (typeof read)[number]): string => JSON.stringify(each);
          expect(read.map(key).sort()).toEqual(expected.map((each) => key(each as never)).sort());
        },
      ),
    );
  });

  it("keeps the first of two features whose names have the same bytes", () => {
    const text = renderPrometheus([
      { name: "feature_non_null", feature: "\ud800", value: 0.25 },
      { name: "feature_non_null", feature: "\udc00", value: 0.5 },
    ]);
    expect(readExposition(text)).toEqual([
      { name: "feature_non_null", labels: { feature: "\ufffd" }, value: 0.25 },
    ]);
  });

  it("is the end alone without samples", () => {
    expect(renderPrometheus([])).toBe("# EOF\n");
  });
});

/** A text as it comes back from UTF-8. */
function asBytes(text: string): string {
  return Buffer.from(text).toString();
}
