/** What a notification tells of a run, whatever its form: no cell of a record, unless asked. */
import type { Semantics } from "../../base/semantics.ts";
import { sha256Of } from "../../base/sha256-of.ts";
import type { ErrorCode } from "../../base/tidemark-error.ts";
import type { CheckType } from "../../checks/check.ts";
import { type Insights, writeInsights } from "../../monitor/insights.ts";
import { sentenceOf } from "../check-words.ts";
import type { MetricLabels } from "../metrics/run-metrics.ts";
import { printable } from "../printable.ts";
import { verdictLine } from "../verdict-line.ts";
import { type ReportedViolation, violationsBySeverity } from "../violations-by-severity.ts";

/** Beyond so many a reader opens the report. */
const VIOLATIONS_MAX = 50;

/** What is known of a run before it ends. */
export interface RunPlan {
  readonly command: Insights["command"];
  readonly window?: Insights["window"];
  /** The run's output folder, as it was given. */
  readonly output: string;
  readonly labels?: MetricLabels | undefined;
  /** Whether values of records may be told. */
  readonly showsValues?: boolean | undefined;
}

/** Why a run ended early. */
export interface RunFault {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Keys are those of the notification's `data`. */
export interface RunNews {
  readonly command: Insights["command"];
  /** `failed`: the run ended early, as `error` tells; `no_data` is one without records. */
  readonly status: Insights["verdict"]["status"] | "failed";
  /** The verdict, or the fault, in a sentence. */
  readonly summary: string;
  readonly semantics?: Semantics | undefined;
  readonly window?: Insights["window"];
  readonly output: string;
  readonly labels: MetricLabels;
  readonly records?: number | undefined;
  readonly features?: number | undefined;
  readonly violations?: number | undefined;
  readonly by_check?: Insights["verdict"]["by_check"] | undefined;
  readonly unjudged?: number | undefined;
  /** The gravest violations, first. */
  readonly violated?: readonly ToldViolation[] | undefined;
  readonly error?: RunFault | undefined;
  /** 64 hexadecimal digits: the same for the same content of a run, whenever it is told. */
  readonly id: string;
}

export interface ToldViolation {
  readonly feature: string;
  readonly check: CheckType;
  readonly sentence: string;
  readonly observed?: number | undefined;
  readonly threshold?: number | undefined;
  /** Where the first of the records behind it stands; its value only where values are shown. */
  readonly record?:
    | {
        readonly file: string;
        readonly line: number;
        readonly event_id?: string | undefined;
        readonly value?: string | undefined;
      }
    | undefined;
}

/** Tells a run that wrote its files; the hash of its `insights.json` is the id. */
export function newsOf(insights: Insights, plan: RunPlan): RunNews {
  const { verdict, dataset, command, semantics } = insights;
  const violated = violationsBySeverity(insights).slice(0, VIOLATIONS_MAX);
  return {
    id: sha256Of(writeInsights(insights)),
    ...plannedOf(plan),
    command,
    status: verdict.status,
    summary: verdictLine(insights),
    semantics,
    records: dataset.rows,
    features: dataset.columns,
    violations: verdict.violations,
    by_check: verdict.by_check,
    unjudged: verdict.unjudged,
    violated: violated.map((each) => tell(each, insights, plan.showsValues ?? false)),
  };
}

/**
 * Tells a run that ended early; what went wrong, and in which window, is the id. What a message
 * quotes may be a cell, as where the first record of a file without a header was taken for one, so
 * it ends there: the log has the rest.
 */
export function newsOfFault({ code, message }: RunFault, plan: RunPlan): RunNews {
  const told = plan.showsValues ? message : message.replace(/".*$/s, "…");
  const error: RunFault = { code, message: printable(told) };
  const planned = plannedOf(plan);
  return {
    id: sha256Of(JSON.stringify([planned, error])),
    ...planned,
    status: code === "no_data" ? "no_data" : "failed",
    summary: `${code === "no_data" ? "NO DATA" : "FAILED"}: ${error.message}`,
    error,
  };
}

function plannedOf({ command, window, output, labels = {} }: RunPlan) {
  return { command, window, output, labels };
}

function tell(
  { name, check }: ReportedViolation,
  { dataset }: Insights,
  showsValues: boolean,
): ToldViolation {
  const { file, line, event_id, value } = check.offenders?.sample[0] ?? {};
  // The place of a gap is a value of the data.
  const told = showsValues ? check : { ...check, at: undefined };
  return {
    feature: name,
    check: check.type,
    sentence: sentenceOf(told, dataset.matching),
    observed: finite(check.statistic ?? check.observed),
    threshold: finite(check.critical_value ?? check.threshold),
    record:
      file === undefined || line === undefined
        ? undefined
        : { file, line, event_id, value: showsValues ? value : undefined },
  };
}

/** JSON has no word for other numbers. */
function finite(number: number | undefined): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}
