/**
 * A run as SARIF 2.1.0 (OASIS), for code scanning: each violation is a result at the line of the
 * baseline's constraints.json that it breaks, the records behind it are related locations.
 */
import { sha256Of } from "../base/sha256-of.ts";
import type { CheckType } from "../checks/check.ts";
import type { Offender } from "../monitor/insights-evidence.ts";
import { labelOf, passSentence, sentenceOf } from "./check-words.ts";
import { constraintPlaceOf, type ReportSource } from "./constraint-place.ts";
import { movedSentence } from "./moved-sentence.ts";
import { offenderFacts } from "./offender-words.ts";
import { type ReportedViolation, violationsBySeverity } from "./violations-by-severity.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

const RULES: Readonly<Record<CheckType, string>> = {
  missing_column_check: "Columns of the baseline are missing.",
  extra_column_check: "There are columns that the baseline does not have.",
  data_type_check: "Too few cells are of the expected type.",
  completeness_check: "Too few cells are present.",
  categorical_values_check: "Too few cells hold a category of the baseline.",
  non_negative_check: "A feature that was never negative is.",
  baseline_drift_check: "The distribution differs from the baseline's.",
  advisory_excess_distance: "The distributions differ by more than chance does.",
  advisory_psi: "The population stability index is high.",
  advisory_category_shares: "Shares of categories moved.",
  advisory_new_categories: "Categories came that the baseline does not have.",
  advisory_missing_rate: "The share of missing cells moved.",
  advisory_zero_rate: "The share of zeros moved.",
  advisory_spike: "A single value became frequent.",
};
const RULE_IDS = Object.keys(RULES) as readonly CheckType[];

/** Renders the log as two-space JSON, ending in a newline; the gravest result comes first. */
export function renderSarif(source: ReportSource): string {
  const { insights } = source;
  const notifications = [
    ...(insights.emptiness === undefined ? [] : [insights.emptiness.message]),
    ...insights.warnings,
  ].map((text) => ({ level: "warning", message: messageOf(text) }));
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: insights.engine.name,
            version: insights.engine.version,
            rules: RULE_IDS.map((id) => ({
              id,
              name: pascalCase(id),
              shortDescription: { text: RULES[id] },
              defaultConfiguration: { level: "error" },
            })),
          },
        },
        invocations: [
          {
            executionSuccessful: insights.verdict.status !== "no_data",
            toolExecutionNotifications: notifications,
          },
        ],
        columnKind: "utf16CodeUnits",
        results: violationsBySeverity(insights).map((violation) => resultOf(source, violation)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(source: ReportSource, violation: ReportedViolation): object {
  const { name, check } = violation;
  const { dataset } = source.insights;
  const place = constraintPlaceOf(source, violation);
  const text = [
    `${name}, ${labelOf(check)}: ${sentenceOf(check, dataset.matching)}`,
    movedSentence(violation),
    passSentence(check),
  ]
    .filter((part) => part !== undefined)
    .join(" ");
  return {
    ruleId: check.type,
    ruleIndex: RULE_IDS.indexOf(check.type),
    level: "error",
    message: messageOf(text),
    locations: [
      {
        physicalLocation: place && {
          artifactLocation: { uri: uriOf(place.file) },
          region: place.line && { startLine: place.line, startColumn: place.column },
        },
        logicalLocations: [{ name, fullyQualifiedName: place?.pointer ?? name, kind: "member" }],
      },
    ],
    relatedLocations: check.offenders?.sample.map(relatedLocation),
    // Not of its numbers, so that the result of a later run is known for the same one.
    partialFingerprints: { "featureAndCheck/v1": sha256Of(JSON.stringify([name, check.type])) },
  };
}

function relatedLocation(offender: Offender, index: number): object {
  return {
    id: index + 1,
    message: messageOf(offenderFacts(offender) || "a record behind it"),
    physicalLocation: {
      artifactLocation: { uri: uriOf(offender.file) },
      region: { startLine: Math.max(1, offender.line) },
    },
  };
}

/** Escapes what SARIF would read as a placeholder or as a link. */
function messageOf(text: string): { readonly text: string } {
  return { text: text.replace(/[{}]/g, "$&$&").replace(/\[(?=[^\]]*\]\()/g, "\\[") };
}

/** Writes a path as a URI reference: a relative one stays relative. */
function uriOf(path: string): string {
  // What is no Unicode text has no UTF-8, and so no URI.
  const steps = path
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent);
  return `${path.startsWith("/") ? "file://" : ""}${steps.join("/")}`;
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
