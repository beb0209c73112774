/**
 * A run as a JUnit test report, in the form that Jenkins, GitLab and others read: one suite per
 * feature and one for the columns, one case per check. Violated is a failure, not judged is skipped
 * with the reason, a run without anything to judge is an error. There are no times: the run kept
 * none.
 */
import { labelOf, sentenceOf, UNJUDGED_WORDS } from "./check-words.ts";
import type { ReportSource } from "./constraint-place.ts";
import { escapeXml } from "./escape-xml.ts";
import { violationDetails } from "./violation-details.ts";
import { datasetChecks, type ReportedViolation } from "./violations-by-severity.ts";

interface Case {
  readonly name: string;
  readonly suite: string;
  readonly outcome: "passed" | "failure" | "skipped" | "error";
  /** The element inside the case; empty when it passed. */
  readonly body: string;
}

/** Renders the report as XML 1.0, ending in a newline. */
export function renderJunit(source: ReportSource): string {
  const { insights } = source;
  const suites = [
    { name: "Records", cases: emptyCases(source) },
    {
      name: "Columns",
      cases: datasetChecks(insights).map((each) => caseOf(source, "Columns", each)),
    },
    ...insights.features.map((feature) => ({
      name: feature.name,
      cases: feature.checks.map((check) =>
        caseOf(source, feature.name, { name: feature.name, feature, check }),
      ),
    })),
  ].filter(({ cases }) => cases.length > 0);
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tidemark ${insights.command}" ${countsOf(all)}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite name="${nameOf(name)}" ${countsOf(cases)} ` +
        `skipped="${count(cases, "skipped")}">`,
      ...cases.map(renderCase),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function countsOf(cases: readonly Case[]): string {
  const [failures, errors] = [count(cases, "failure"), count(cases, "error")];
  return `tests="${cases.length}" failures="${failures}" errors="${errors}"`;
}

function count(cases: readonly Case[], outcome: Case["outcome"]): number {
  return cases.filter((each) => each.outcome === outcome).length;
}

function renderCase({ name, suite, body }: Case): string {
  const open = `    <testcase name="${escapeXml(name)}" classname="${nameOf(suite)}"`;
  return body === "" ? `${open}/>` : `${open}>\n      ${body}\n    </testcase>`;
}

/** Readers leave out what has no name. */
function nameOf(name: string): string {
  return name.trim() === "" ? "(no name)" : escapeXml(name);
}

function emptyCases({ insights }: ReportSource): Case[] {
  const { emptiness, verdict } = insights;
  if (verdict.status !== "no_data" || emptiness === undefined) return [];
  const body = `<error message="${escapeXml(emptiness.message)}" type="${emptiness.reason}"/>`;
  return [{ name: "records", suite: "Records", outcome: "error", body }];
}

function caseOf(source: ReportSource, suite: string, reported: ReportedViolation): Case {
  const { check } = reported;
  const named = { name: labelOf(check), suite };
  if (check.status === "passed") return { ...named, outcome: "passed", body: "" };
  if (check.status !== "violated") {
    const reason = check.reason ?? UNJUDGED_WORDS[check.status] ?? check.status;
    const body = `<skipped message="${escapeXml(reason)}"/>`;
    return { ...named, outcome: "skipped", body };
  }
  const message = escapeXml(sentenceOf(check, source.insights.dataset.matching));
  const details = violationDetails(source, reported).map(escapeXml).join("\n");
  const open = `<failure message="${message}" type="${check.type}"`;
  const body = details === "" ? `${open}/>` : `${open}>${details}</failure>`;
  return { ...named, outcome: "failure", body };
}
