/**
 * The library: profile records, suggest constraints, check records against a baseline.
 *
 * Everything streams, nothing prints, nothing is global. `runBaseline` and `runCheck` are whole
 * jobs from paths to files; the functions below them are the parts. `runContainer` keeps
 * the container contract; a container of one's own starts from `readContainerEnvironment` and ends
 * with `writeExitMessage`.
 */
export { SEMANTICS, type Semantics } from "./base/semantics.ts";
export { type ErrorCode, type Location, TidemarkError } from "./base/tidemark-error.ts";
export { VERSION } from "./base/version.ts";
export type {
  CheckResult,
  CheckStatus,
  CheckType,
  DriftEvidence,
  Violation,
} from "./checks/check.ts";
export {
  type Constraints,
  DEFAULT_CONFIG,
  type FeatureConstraints,
  type MonitoringConfig,
} from "./constraints/constraints.ts";
export { readConstraints, writeConstraints } from "./constraints/constraints-file.ts";
export { type ContainerRuntime, runContainer } from "./container.ts";
export { type BaselineFiles, readBaselineFiles } from "./job/baseline-files.ts";
export { type LoadedBaseline, readBaseline } from "./job/baseline-folder.ts";
export { type Checked, check } from "./job/check.ts";
export {
  type ContainerSettings,
  type MetricSettings,
  readContainerEnvironment,
} from "./job/container-environment.ts";
export { type ContainerPaths, containerPaths, type Environment } from "./job/container-paths.ts";
export { Deliveries, type DeliveryRuntime, type FinishedRun } from "./job/deliveries.ts";
export type { DeliverySettings } from "./job/delivery-settings.ts";
export { completionMessage, failureMessage, writeExitMessage } from "./job/exit-message.ts";
export type { Source, SourceRecord } from "./job/inputs-of.ts";
export { type InspectOptions, inspect } from "./job/inspect.ts";
export type {
  BaselineJobOptions,
  BaselineJobResult,
  CheckJobOptions,
  CheckJobResult,
  JobOptions,
  JobResult,
  LoadedCheckJobOptions,
  ReadOptions,
  VerdictOptions,
} from "./job/job-options.ts";
export { type ProfileOptions, profile } from "./job/profile.ts";
export { runBaseline } from "./job/run-baseline.ts";
export { runCheck } from "./job/run-check.ts";
export type { RunAdvisories } from "./monitor/advisories.ts";
export type { Baseline } from "./monitor/baseline.ts";
export { type Comparison, compare } from "./monitor/compare.ts";
export type { Insights } from "./monitor/insights.ts";
export type { Advisory } from "./monitor/insights-evidence.ts";
export type { Inspection } from "./monitor/inspection.ts";
export type { Misalignment } from "./monitor/misalignment.ts";
export { suggestConstraints } from "./monitor/suggest.ts";
export { readViolations, writeViolations } from "./monitor/violations-file.ts";
export {
  asBaseline,
  asCurrent,
  type BaselineProfile,
  type Category,
  type CurrentProfile,
  type FeatureProfile,
  type InferredType,
  type NumericSummary,
  type Profile,
} from "./profile/profile.ts";
export {
  readStatistics,
  SCHEMAS,
  type Schema,
  type StatisticsOptions,
  writeStatistics,
} from "./profile/statistics-file.ts";
export { type MetricOptions, renderCloudWatchMetrics } from "./report/cloudwatch.ts";
export { renderHtml } from "./report/html/render-html.ts";
export { renderInspection } from "./report/inspection-text.ts";
export type { MetricFamily, MetricName } from "./report/metrics/metric-families.ts";
export { renderEmbeddedMetrics } from "./report/metrics/render-embedded-metrics.ts";
export { renderOtlp } from "./report/metrics/render-otlp.ts";
export { renderPrometheus } from "./report/metrics/render-prometheus.ts";
export {
  type MetricLabels,
  type MetricSample,
  type MetricSource,
  type NumberSummary,
  runMetrics,
} from "./report/metrics/run-metrics.ts";
export { renderText, type TextOptions } from "./report/text.ts";
export type { ArrowRecordBatch, ArrowTable } from "./source/columnar/arrow-column.ts";
export type { InputFormat } from "./source/input-formats.ts";
