/**
 * The terminal summary of a run, drawn from `insights.json` alone: a verdict line, violations by
 * severity with observed and limit, what could not be judged, and where the files are. At most 80
 * columns wide, save for a path that is longer: broken, it could not be copied.
 */
import picocolors from "picocolors";
import { isAdvisory } from "../checks/check.ts";
import type { Insights, InsightsCheck, InsightsFeature } from "../monitor/insights.ts";
import { severityOf } from "../monitor/severity.ts";
import { ADVISORY_LABELS, advisoryLines } from "./advisory-lines.ts";
import { cutToWidth, displayWidth, toWidth } from "./display-width.ts";
import { printable } from "./printable.ts";
import { wrap } from "./wrap.ts";

export interface TextOptions {
  /** Whether to use terminal colours. */
  readonly isColored: boolean;
  /** The output folder, as the user gave it. */
  readonly folder: string;
  /** Files written, in order. */
  readonly files: readonly string[];
}

const VIOLATIONS_SHOWN_MAX = 15;
const WARNINGS_SHOWN_MAX = 10;
const NAMES_SHOWN_MAX = 5;
const NAME_WIDTH_MAX = 40;

type Colors = ReturnType<typeof picocolors.createColors>;

/** Renders the summary, ending in a newline; what a terminal would obey in texts is spelled out. */
export function renderText(insights: Insights, options: TextOptions): string {
  const colors = picocolors.createColors(options.isColored);
  const shown = printable(insights);
  const lines =
    shown.command === "baseline" ? baselineLines(shown, colors) : checkLines(shown, colors);
  const files = `${options.files.join(", ")} in ${printable(options.folder)}`;
  return [...lines, ...warningLines(shown, colors), "", ...wrap("Wrote ", files), ""].join("\n");
}

function baselineLines(insights: Insights, colors: Colors): string[] {
  const { features, dataset } = insights;
  const types = ["Integral", "Fractional", "String", "Unknown"]
    .map((type) => ({ type, count: features.filter((feature) => feature.type === type).length }))
    .filter(({ count }) => count > 0)
    .map(({ type, count }) => `${count} ${type}`);
  const incomplete = features.filter(({ counts }) => (counts?.missing ?? 0) > 0);
  return [
    ...wrap(colors.bold(colors.green("BASELINE ")), scale(insights), "BASELINE ".length),
    "",
    ...wrap("Types    ", types.join(", ")),
    ...(incomplete.length === 0
      ? []
      : wrap(
          "Missing  ",
          listNames(
            incomplete.map(({ name, counts }) => {
              const share = ((counts?.missing ?? 0) / dataset.rows) * 100;
              return `${cutName(name)} ${formatNumber(share)}%`;
            }),
          ),
        )),
  ];
}

function scale({ dataset, inputs }: Insights): string {
  const sum = (counts: readonly number[]): number => counts.reduce((all, each) => all + each, 0);
  const rejected = sum(inputs.flatMap((input) => Object.values(input.rejected)));
  const dropped = sum(inputs.map((input) => input.dropped ?? 0));
  const parts = [
    plural(dataset.rows, "record"),
    plural(dataset.columns, "feature"),
    plural(inputs.length, "file"),
  ];
  if (dropped > 0) parts.push(`${dropped.toLocaleString("en-US")} dropped`);
  if (rejected > 0) parts.push(`${rejected.toLocaleString("en-US")} rejected`);
  return parts.join(" · ");
}

interface Line {
  readonly name: string;
  readonly check: InsightsCheck;
  readonly severity: number;
}

function checkLines(insights: Insights, colors: Colors): string[] {
  const { verdict } = insights;
  const isViolated = verdict.status === "violated";
  const headline = isViolated
    ? `FAIL ${plural(verdict.violations, "violation")}`
    : "PASS no violations";
  const color = isViolated ? colors.red : colors.green;
  return [
    ...wrap(
      `${colors.bold(color(headline))} · `,
      `${scale(insights)} · ${insights.semantics}`,
      `${headline} · `.length,
    ),
    ...violationLines(insights, colors),
    ...columnLines(insights),
    ...advisoryLines(insights),
    ...unjudgedLines(insights),
    ...otherLines(insights),
  ];
}

function violationLines(insights: Insights, colors: Colors): string[] {
  const lines = violationsBySeverity(insights);
  if (lines.length === 0) return [];
  const shown = lines.slice(0, VIOLATIONS_SHOWN_MAX);
  const nameWidth = Math.min(28, Math.max(7, ...shown.map(({ name }) => displayWidth(name))));
  const checkWidth = Math.max(5, ...shown.map(({ check }) => label(check).length));
  const row = (name: string, check: string, observed: string, limit: string): string =>
    `${toWidth(name, nameWidth)}  ${check.padEnd(checkWidth)}  ${observed.padStart(10)}  ${limit}`;
  const rest = lines.length - shown.length;
  return [
    "",
    colors.dim(row("feature", "check", "observed", "limit")),
    ...shown.map(({ name, check }) => row(name, label(check), observedOf(check), limitOf(check))),
    ...(rest > 0 ? [colors.dim(`… and ${rest} more in constraint_violations.json`)] : []),
  ];
}

/** The violated checks, gravest first: columns, then by how far the limit is missed. */
function violationsBySeverity(insights: Insights): Line[] {
  const { missing, extra, matching, checks: datasetChecks } = insights.dataset;
  const dataset = datasetChecks.map((check) => {
    const isMissing = check.type === "missing_column_check";
    const { length } = isMissing ? missing : extra;
    // By name, as many columns as expected may still be others.
    const counted = matching === "name" ? { observed: length, expected: 0 } : {};
    const name = isMissing ? "Missing columns" : "Extra columns";
    return { name, check: { ...check, ...counted } };
  });
  const features = insights.features.flatMap(({ name, checks }) =>
    checks.map((check) => ({ name, check })),
  );
  return [...dataset, ...features]
    .filter(({ check }) => check.status === "violated")
    .map((line) => ({ ...line, severity: severityOf(line.check) }))
    .sort((a, b) => b.severity - a.severity);
}

const LABELS: Readonly<Record<InsightsCheck["type"], string>> = {
  ...ADVISORY_LABELS,
  missing_column_check: "missing columns",
  extra_column_check: "extra columns",
  data_type_check: "data type",
  completeness_check: "completeness",
  categorical_values_check: "categories",
  non_negative_check: "non-negative",
  baseline_drift_check: "drift",
};

function label({ type }: InsightsCheck): string {
  return LABELS[type];
}

function observedOf(check: InsightsCheck): string {
  const observed = check.observed ?? 0;
  if (isAdvisory(check.type)) return formatNumber(observed);
  switch (check.type) {
    case "missing_column_check":
    case "extra_column_check":
      return String(observed);
    case "baseline_drift_check":
      return formatNumber(observed);
    default:
      return `${formatNumber(observed * 100)}%`;
  }
}

function limitOf(check: InsightsCheck): string {
  const threshold = check.threshold ?? 0;
  switch (check.type) {
    case "missing_column_check":
    case "extra_column_check":
      return `${check.expected} columns`;
    case "baseline_drift_check":
      return check.kind === "pvalue"
        ? `< ${formatNumber(check.critical_value ?? threshold)}`
        : `<= ${formatNumber(threshold)}`;
    case "completeness_check":
      return `>= ${formatNumber(Number(check.expected ?? 1) * 100)}%`;
    case "data_type_check":
      return `>= ${formatNumber(threshold * 100)}% ${check.expected}`;
    case "categorical_values_check":
      return `>= ${formatNumber(threshold * 100)}% known`;
    case "non_negative_check":
      return "100% from 0 on";
    default:
      return `< ${formatNumber(threshold)}`;
  }
}

function columnLines({ dataset: { missing, extra } }: Insights): string[] {
  if (missing.length + extra.length === 0) return [];
  return [
    "",
    ...(missing.length > 0 ? wrap("Missing  ", listNames(missing.map(cutName))) : []),
    ...(extra.length > 0 ? wrap("Extra  ", listNames(extra.map(cutName))) : []),
  ];
}

const UNJUDGED_TEXT: Readonly<Record<string, string>> = {
  no_data: "no value to judge",
  not_comparable: "nothing comparable in the baseline",
  insufficient_sample: "too few records to show drift",
  insufficient_categories: "too few categories",
};

function unjudgedLines({ features }: Insights): string[] {
  const byStatus = new Map<string, InsightsFeature[]>();
  for (const feature of features) {
    for (const { status } of feature.checks) {
      if (!(status in UNJUDGED_TEXT)) continue;
      const listed = byStatus.get(status) ?? [];
      if (!listed.includes(feature)) byStatus.set(status, [...listed, feature]);
    }
  }
  if (byStatus.size === 0) return [];
  return [
    "",
    ...[...byStatus].flatMap(([status, listed]) =>
      wrap(
        "Not judged  ",
        `${UNJUDGED_TEXT[status]}: ${listNames(listed.map(({ name }) => cutName(name)))}`,
      ),
    ),
  ];
}

function otherLines({ verdict }: Insights): string[] {
  const { other } = verdict;
  if (other === undefined) return [];
  if (other.status === "not_comparable") {
    return ["", `Under ${other.semantics} the records would have been read differently.`];
  }
  const onlyHere = other.only_here ?? [];
  const onlyThere = other.only_there ?? [];
  if (onlyHere.length + onlyThere.length === 0) return [];
  const lines = [
    "",
    `Under ${other.semantics}: ${plural(other.violations ?? 0, "violation")}`,
    ...(onlyHere.length > 0
      ? wrap("  not seen there  ", listNames(onlyHere.map(cutCheckName)))
      : []),
    ...(onlyThere.length > 0
      ? wrap("  only there      ", listNames(onlyThere.map(cutCheckName)))
      : []),
  ];
  return lines;
}

function warningLines(insights: Insights, colors: Colors): string[] {
  const { emptiness } = insights;
  const warnings = [...(emptiness === undefined ? [] : [emptiness.message]), ...insights.warnings];
  if (warnings.length === 0) return [];
  const shown = warnings.slice(0, WARNINGS_SHOWN_MAX);
  const rest = warnings.length - shown.length;
  return [
    "",
    ...shown.flatMap((warning) => wrap(colors.yellow("Warning  "), warning, 9)),
    ...(rest > 0 ? [colors.dim(`… and ${rest} more in insights.json`)] : []),
  ];
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN_MAX).join(", ");
  const rest = names.length - NAMES_SHOWN_MAX;
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** At most four significant digits, without an exponent for ordinary sizes. */
function formatNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function cutName(name: string): string {
  return cutToWidth(name, NAME_WIDTH_MAX);
}

/** Cuts the feature's name in `feature: check`. */
function cutCheckName(text: string): string {
  const at = text.lastIndexOf(": ");
  return `${cutName(text.slice(0, at))}${text.slice(at)}`;
}
