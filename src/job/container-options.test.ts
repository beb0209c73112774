import { expect, test } from "vitest";
import { parseContainerOptions } from "./container-options.ts";

test.each([
  ["SEMANTICS", "tidemark", { semantics: "tidemark" }],
  ["SCHEMA", "2021", { schema: "2021" }],
  ["HEADER", "false", { header: false }],
  ["DELIMITER", "\\t", { delimiter: "\t" }],
  ["QUOTE", "'", { quote: "'" }],
  ["CSV_ESCAPE", "backslash", { csvEscape: "backslash" }],
  ["NULL_VALUES", 'NA,"a,b"', { nullTokens: ["NA", "a,b"] }],
  ["NULL_TOKENS", "?", { nullTokens: ["?"] }],
  ["EMPTY_IS_MISSING", "true", { emptyIsMissing: true }],
  ["COLUMNS", "0,2", { columns: ["0", "2"] }],
  ["EXCLUDE", "id", { exclude: ["id"] }],
  ["EXCLUDE_FEATURES", "id,3", { exclude: ["id", "3"] }],
  ["LENIENT_NUMBERS", "True", { lenientNumbers: true }],
  ["REDACT_SKETCH", "true", { redactSketch: true }],
  ["UNKNOWN_AS", "string", { unknownAs: "String" }],
  ["MAX_REJECTED", "10%", { maxRejectedShare: { share: 0.1 } }],
  ["MAX_REJECTED_SHARE", "7", { maxRejectedShare: { count: 7 } }],
  ["SHOW_VALUES", "true", { showValues: true }],
  ["OUTPUT_COLUMNS_POSITION", "end", { outputColumnsPosition: "END" }],
  ["SIDES", "input", { sides: "input" }],
  ["CAPTURE_SIDES", "output", { sides: "output" }],
  ["MAP", "s3://a/b=/c,s3://d=e", { map: ["s3://a/b=/c", "s3://d=e"] }],
  ["GROUND_TRUTH", "labels/", { groundTruth: "labels/" }],
  ["SEED", "7", { seed: 7 }],
  ["THREADS", "2", { threads: 2 }],
  ["OFFENDERS", "0", { offenders: 0 }],
  ["EVIDENCE", "false", { evidence: false }],
  ["OMIT_EMPTY_VIOLATIONS", "true", { omitEmptyViolations: true }],
  ["ADVISORIES_AS_VIOLATIONS", "true", { advisoriesAsViolations: true }],
  ["SEGMENTS", "true", { segments: true }],
  ["METRICS_FILE", "x.prom", { metricsFile: "x.prom" }],
  ["EMBEDDED_METRICS", "-", { embeddedMetrics: "-" }],
  ["PUSHGATEWAY", "http://a", { pushgateway: "http://a" }],
  ["OTLP_ENDPOINT", "http://a", { otlpEndpoint: "http://a" }],
  ["METRIC_LABELS", "a=b,c=d", { metricLabels: ["a=b", "c=d"] }],
  ["NOTIFY", "http://a", { notify: "http://a" }],
  ["NOTIFY_SLACK", "http://a", { notifySlack: "http://a" }],
  ["NOTIFY_ON", "Always", { notifyOn: "always" }],
  ["FAIL_ON_UNDELIVERED", "true", { failOnUndelivered: true }],
  ["FAIL_ON_VIOLATION", "TRUE", { failOnViolation: true }],
  ["STRICT_METRICS", "true", { strictMetrics: true }],
])("TIDEMARK_%s = %s", (name, text, options) => {
  expect(parseContainerOptions({ [`TIDEMARK_${name}`]: text })).toEqual({
    options,
    monitoringConfig: {},
    warnings: [],
  });
});

test.each([
  ["EVALUATE_CONSTRAINTS", "Disabled", { evaluateConstraints: false }],
  ["EMIT_METRICS", "Disabled", { emitMetrics: false }],
  ["DATATYPE_CHECK_THRESHOLD", "0.9", { datatypeCheckThreshold: 0.9 }],
  ["DOMAIN_CONTENT_THRESHOLD", "0.8", { domainContentThreshold: 0.8 }],
  ["PERFORM_COMPARISON", "disabled", { performComparison: false }],
  ["COMPARISON_THRESHOLD", "0.2", { comparisonThreshold: 0.2 }],
  ["COMPARISON_METHOD", "Simple", { comparisonMethod: "Simple" }],
  ["CATEGORICAL_COMPARISON_THRESHOLD", "0.3", { categoricalComparisonThreshold: 0.3 }],
  ["CATEGORICAL_DRIFT_METHOD", "ChiSquared", { categoricalDriftMethod: "ChiSquared" }],
])("TIDEMARK_%s = %s is a setting", (name, text, monitoringConfig) => {
  expect(parseContainerOptions({ [`TIDEMARK_${name}`]: text })).toEqual({
    options: {},
    monitoringConfig,
    warnings: [],
  });
});

test.each([
  ["SEMANTICS", "service", 'TIDEMARK_SEMANTICS is "service"; expected tidemark or model-monitor.'],
  ["SCHEMA", "2022", 'TIDEMARK_SCHEMA is "2022"; expected 2024 or 2023 or 2021.'],
  ["HEADER", "yes", 'TIDEMARK_HEADER is "yes"; expected true or false.'],
  [
    "MAX_REJECTED",
    "some",
    'TIDEMARK_MAX_REJECTED is "some"; expected a share such as 5% or 0.05, or a count.',
  ],
  ["OFFENDERS", "-1", 'TIDEMARK_OFFENDERS is "-1"; expected a whole number of at least 0.'],
  [
    "COMPARISON_THRESHOLD",
    "high",
    'TIDEMARK_COMPARISON_THRESHOLD is "high"; expected a number of at least 0.',
  ],
])("TIDEMARK_%s = %s is refused", (name, text, message) => {
  expect(() => parseContainerOptions({ [`TIDEMARK_${name}`]: text })).toThrow(
    expect.objectContaining({ message, code: "usage" }),
  );
});

test("a misspelt name is warned of; other names and empty values mean nothing", () => {
  const env = {
    TIDEMARK_SEMANTIC: "tidemark",
    TIDEMARK_SCHEMA: "",
    TIDEMARK_ML_ROOT: "/tmp",
    SEMANTICS: "x",
  };
  expect(parseContainerOptions(env)).toEqual({
    options: {},
    monitoringConfig: {},
    warnings: ["TIDEMARK_SEMANTIC is not a known option and is ignored."],
  });
});
