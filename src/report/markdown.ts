/**
 * A run as Markdown, for the summary of a pipeline's job or a comment: the verdict, a table of the
 * violations, what moved and the first records behind it, and what was not judged.
 */

import { formatShare } from "../base/format-number.ts";
import type { Insights } from "../monitor/insights.ts";
import { labelOf, limitOf, observedOf, passSentence } from "./check-words.ts";
import { constraintPlaceOf, placeText, type ReportSource } from "./constraint-place.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { listNames } from "./list-names.ts";
import { movedSentence } from "./moved-sentence.ts";
import { offenderCount, offenderFacts, placeOf } from "./offender-words.ts";
import { unjudgedFeatures } from "./unjudged-features.ts";
import { verdictLine } from "./verdict-line.ts";
import { type ReportedViolation, violationsBySeverity } from "./violations-by-severity.ts";

const ROWS_MAX = 50;
const DETAILS_MAX = 10;
const OFFENDERS_MAX = 3;
const NOTES_MAX = 30;
const NAMES_MAX = 20;

/** Renders the summary, ending in a newline; cuts are said. */
export function renderMarkdown(source: ReportSource): string {
  const { insights } = source;
  const violations = violationsBySeverity(insights);
  const blocks = [
    `## ${escapeMarkdown(verdictLine(insights))}`,
    ...(insights.command === "baseline" ? profileTable(insights) : violationTable(violations)),
    ...detailBlocks(source, violations),
    ...noteBlock(insights),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function violationTable(violations: readonly ReportedViolation[]): string[] {
  if (violations.length === 0) return [];
  const rows = violations
    .slice(0, ROWS_MAX)
    .map(({ name, check }) => row([name, labelOf(check), observedOf(check), limitOf(check)]));
  const head = ["| feature | check | observed | limit |", "| --- | --- | ---: | --- |"];
  return [[...head, ...rows].join("\n"), ...cut(violations.length - ROWS_MAX, "violations")];
}

function profileTable({ features, dataset }: Insights): string[] {
  const rows = features.slice(0, ROWS_MAX).map(({ name, type = "", counts }) => {
    const share = dataset.rows === 0 ? "" : formatShare((counts?.missing ?? 0) / dataset.rows);
    return row([name, type, share, String(counts?.distinct ?? "")]);
  });
  const head = ["| feature | type | missing | distinct |", "| --- | --- | ---: | ---: |"];
  return [[...head, ...rows].join("\n"), ...cut(features.length - ROWS_MAX, "features")];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escapeMarkdown).join(" | ")} |`;
}

function cut(rest: number, noun: string): string[] {
  return rest > 0 ? [`… and ${rest} more ${noun} in insights.json`] : [];
}

function detailBlocks(source: ReportSource, violations: readonly ReportedViolation[]): string[] {
  const told = violations.filter(
    (violation) => movedSentence(violation) !== undefined || violation.check.offenders,
  );
  if (told.length === 0) return [];
  const lines = told.slice(0, DETAILS_MAX).flatMap((violation) => detailsOf(source, violation));
  return ["### What moved", lines.join("\n"), ...cut(told.length - DETAILS_MAX, "violations")];
}

function detailsOf(source: ReportSource, violation: ReportedViolation): string[] {
  const { name, check } = violation;
  const { offenders } = check;
  const passes = passSentence(check);
  const sentence = movedSentence(violation);
  const moved = sentence === undefined ? "" : ` ${escapeMarkdown(sentence)}`;
  // Emphasis around nothing is no emphasis.
  const title = name.trim() === "" ? JSON.stringify(name) : name.trim();
  const place = constraintPlaceOf(source, violation);
  const shown = offenders?.sample.slice(0, OFFENDERS_MAX) ?? [];
  const rest = (offenders?.sample.length ?? 0) - shown.length;
  return [
    `- **${escapeMarkdown(title)}**, ${labelOf(check)}:${moved}`,
    ...(passes === undefined ? [] : [`  - ${escapeMarkdown(passes)}`]),
    ...(place === undefined ? [] : [`  - Constraint: ${escapeMarkdown(placeText(place))}`]),
    ...(offenders === undefined ? [] : [`  - Behind it: ${offenderCount(offenders)}`]),
    ...shown.map((offender) => {
      const facts = offenderFacts(offender);
      return `    - ${escapeMarkdown(`${placeOf(offender)}${facts === "" ? "" : ` (${facts})`}`)}`;
    }),
    ...(rest > 0 ? [`    - … and ${rest} more in insights.json`] : []),
  ];
}

function noteBlock(insights: Insights): string[] {
  const { features, emptiness, warnings, dataset, verdict } = insights;
  const unjudged = unjudgedFeatures(insights).map(
    ({ words, names }) => `${words}: ${listNames(names, NAMES_MAX)}`,
  );
  const raised = features.flatMap(({ name, advisories = [] }) =>
    advisories
      .filter(({ status }) => status === "raised")
      .map(({ sentence }) => `${name}: ${sentence}`),
  );
  const { other } = verdict;
  const others = [
    ...(other?.only_here ?? []).map((each) => `not under ${other?.semantics}: ${each}`),
    ...(other?.only_there ?? []).map((each) => `only under ${other?.semantics}: ${each}`),
  ];
  const notes = [
    ...(emptiness === undefined ? [] : [`Warning: ${emptiness.message}`]),
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...dataset.missing.map((name) => `Missing column: ${name}`),
    ...dataset.extra.map((name) => `Extra column: ${name}`),
    ...raised.map((sentence) => `Advisory: ${sentence}`),
    ...unjudged.map((text) => `Not judged: ${text}`),
    ...others.map((text) => `Seen ${text}`),
  ];
  if (notes.length === 0) return [];
  const shown = notes.slice(0, NOTES_MAX).map((note) => `- ${escapeMarkdown(note)}`);
  return ["### Notes", shown.join("\n"), ...cut(notes.length - NOTES_MAX, "notes")];
}
