/** What stands below the violations: columns, what was not judged, the other verdict, warnings. */
import { plural } from "../base/plural.ts";
import type { Insights } from "../monitor/insights.ts";
import type { Colors } from "./colors.ts";
import { cutToWidth } from "./display-width.ts";
import { listNames } from "./list-names.ts";
import { unjudgedFeatures } from "./unjudged-features.ts";
import { wrap } from "./wrap.ts";

const NAME_WIDTH_MAX = 40;
const WARNING_LINES_MAX = 6;

export interface NoteSection {
  /** The lowest is the last to be left out. */
  readonly rank: number;
  readonly lines: readonly string[];
}

/** Lists the sections that are not empty, in their order; `max` lines are a whole summary's. */
export function noteSections(insights: Insights, colors: Colors, max: number): NoteSection[] {
  const sections = [
    { rank: 1, lines: columnLines(insights) },
    { rank: 2, lines: unjudgedLines(insights) },
    { rank: 4, lines: advisoryLines(insights) },
    { rank: 3, lines: otherLines(insights) },
    { rank: 0, lines: warningLines(insights, colors, Number.isFinite(max)) },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

function columnLines({ dataset: { missing, extra } }: Insights): string[] {
  return [
    ...(missing.length > 0 ? wrap("Missing  ", listNames(missing.map(cutName))) : []),
    ...(extra.length > 0 ? wrap("Extra  ", listNames(extra.map(cutName))) : []),
  ];
}

function unjudgedLines(insights: Insights): string[] {
  return unjudgedFeatures(insights).flatMap(({ words, names }) =>
    wrap("Not judged  ", `${words}: ${listNames(names.map(cutName))}`),
  );
}

/** Features that moved without violating; those that violate are told of already. */
function advisoryLines({ features }: Insights): string[] {
  const raised = features.filter(
    ({ checks, advisories = [] }) =>
      advisories.some(({ status }) => status === "raised") &&
      !checks.some(({ status }) => status === "violated"),
  );
  if (raised.length === 0) return [];
  const names = raised.map(({ name, advisories = [] }) => {
    const rules = advisories.filter(({ status }) => status === "raised").map(({ rule }) => rule);
    return `${cutName(name)} (${rules.join(", ")})`;
  });
  return wrap("Advisories  ", `moved without violating: ${listNames(names)}`);
}

function otherLines({ verdict }: Insights): string[] {
  const { other } = verdict;
  if (other === undefined) return [];
  if (other.status === "not_comparable") {
    return [`Under ${other.semantics} the records would have been read differently.`];
  }
  const onlyHere = other.only_here ?? [];
  const onlyThere = other.only_there ?? [];
  if (onlyHere.length + onlyThere.length === 0) return [];
  return [
    `Under ${other.semantics}: ${plural(other.violations ?? 0, "violation")}`,
    ...(onlyHere.length > 0
      ? wrap("  not seen there  ", listNames(onlyHere.map(cutCheckName)))
      : []),
    ...(onlyThere.length > 0
      ? wrap("  only there      ", listNames(onlyThere.map(cutCheckName)))
      : []),
  ];
}

function warningLines(insights: Insights, colors: Colors, isCut: boolean): string[] {
  const { emptiness } = insights;
  const warnings = [...(emptiness === undefined ? [] : [emptiness.message]), ...insights.warnings];
  const lines: string[] = [];
  for (const [index, warning] of warnings.entries()) {
    const wrapped = wrap(colors.yellow("Warning  "), warning, "Warning  ".length);
    // The first one is shown whatever its length.
    if (isCut && index > 0 && lines.length + wrapped.length > WARNING_LINES_MAX) {
      lines.push(colors.dim(`… and ${warnings.length - index} more in insights.json`));
      break;
    }
    lines.push(...wrapped);
  }
  return lines;
}

function cutName(name: string): string {
  return cutToWidth(name, NAME_WIDTH_MAX);
}

/** Cuts the feature's name in `feature: check`. */
function cutCheckName(text: string): string {
  const at = text.lastIndexOf(": ");
  return `${cutName(text.slice(0, at))}${text.slice(at)}`;
}
