/**
 * A run told at some length in the terminal: every violation with its sentence, what it would take
 * to pass, the first records behind it, and what the verdict does not say. At most 80 columns wide,
 * save for paths.
 */
import { plural } from "../base/plural.ts";
import type { Insights } from "../monitor/insights.ts";
import { labelOf, passSentence, sentenceOf } from "./check-words.ts";
import { type Colors, createColors } from "./colors.ts";
import { constraintPlaceOf, placeText, type ReportSource } from "./constraint-place.ts";
import { cutToWidth } from "./display-width.ts";
import { listNames } from "./list-names.ts";
import { movedSentence } from "./moved-sentence.ts";
import { offenderCount, placeOf } from "./offender-words.ts";
import { printable } from "./printable.ts";
import { scaleOf } from "./text.ts";
import { noteSections } from "./text-notes.ts";
import { type ReportedViolation, violationsBySeverity } from "./violations-by-severity.ts";
import { wrap } from "./wrap.ts";

const TOLD_MAX = 10;
const NAME_WIDTH_MAX = 50;
const NAMES_MAX = 20;

/** Renders the run, ending in a newline; `folder` is how the user named the report. */
export function explainRun(source: ReportSource, folder: string, isColored: boolean): string {
  const colors = createColors(isColored);
  // Places are found by names as they are, and shown as they can be printed.
  const violations = violationsBySeverity(source.insights);
  const insights = printable(source.insights);
  const told = violations.slice(0, TOLD_MAX);
  const rest = violations.slice(TOLD_MAX);
  const lines = [
    ...headLines(insights, colors),
    ...(told.length === 0 ? [] : [""]),
    ...told.flatMap((violation) => violationLines(source, violation, colors)),
    ...(rest.length === 0 ? [] : ["", ...restLines(rest)]),
    ...clearingLines(insights),
    ...noteLines(insights, colors),
    "",
    ...wrap("", `One feature: tidemark explain ${printable(folder)} <feature>`),
  ];
  return [...lines, ""].join("\n");
}

function headLines(insights: Insights, colors: Colors): string[] {
  const { verdict, semantics, command } = insights;
  const words = {
    profiled: "BASELINE",
    passed: "PASS no violations",
    violated: `FAIL ${plural(verdict.violations, "violation")}`,
    no_data: "NO DATA",
  }[verdict.status];
  const color = verdict.status === "violated" ? colors.red : colors.green;
  const head = `${colors.bold(color(words))} · `;
  const scale = command === "check" ? `${scaleOf(insights)} · ${semantics}` : scaleOf(insights);
  return wrap(head, scale, `${words} · `.length);
}

function violationLines(
  source: ReportSource,
  violation: ReportedViolation,
  colors: Colors,
): string[] {
  const { name, check } = violation;
  const { offenders } = check;
  const moved = movedSentence(violation);
  const first = offenders?.sample[0];
  const behind = offenders === undefined ? "" : `Behind it: ${offenderCount(offenders)}`;
  const head = `${cutToWidth(printable(name), NAME_WIDTH_MAX)}, ${labelOf(check)}`;
  return [
    colors.bold(head),
    ...wrap("  ", printable(sentenceOf(check, source.insights.dataset.matching))),
    ...(moved === undefined ? [] : wrap("  ", printable(moved))),
    ...passLines(source, violation),
    ...(first === undefined
      ? wrap("  ", behind)
      : wrap("  ", `${behind}, first ${printable(placeOf(first))}`)),
  ].filter((line) => line.trim() !== "");
}

/** Tells what to change for it to pass, and where: by line, else by pointer. */
function passLines(source: ReportSource, violation: ReportedViolation): string[] {
  const passes = passSentence(violation.check);
  const place = constraintPlaceOf(source, violation);
  const isKnown = place?.line !== undefined;
  const where = place && placeText(isKnown ? { ...place, pointer: undefined } : place);
  return [
    ...(passes === undefined ? [] : wrap("  ", passes)),
    ...(where === undefined ? [] : wrap("  ", printable(`Constraint: ${where}`))),
  ];
}

function restLines(rest: readonly ReportedViolation[]): string[] {
  const names = rest.map(({ name, check }) => {
    return `${cutToWidth(printable(name), NAME_WIDTH_MAX)} (${labelOf(check)})`;
  });
  return wrap(`And ${rest.length} more  `, listNames(names, NAMES_MAX));
}

function clearingLines({ verdict: { clearing = [] } }: Insights): string[] {
  if (clearing.length === 0) return [];
  const names = clearing.map((name) => cutToWidth(name, NAME_WIDTH_MAX));
  return ["", ...wrap("Passes without  ", listNames(names, NAMES_MAX))];
}

function noteLines(insights: Insights, colors: Colors): string[] {
  const lines = noteSections(insights, colors, Number.POSITIVE_INFINITY).flatMap(
    (section) => section.lines,
  );
  return lines.length === 0 ? [] : ["", ...lines];
}
