/**
 * The terminal summary of a run, drawn from `insights.json` alone: a verdict line, violations by
 * severity with both distributions, what moved, the first records behind it, what could not be
 * judged, and where the files are. At most 25 lines of at most 80 columns, save for a path that is
 * longer: broken, it could not be copied. What is cut is said.
 */

import { formatCount, formatShare } from "../base/format-number.ts";
import { plural } from "../base/plural.ts";
import type { Insights } from "../monitor/insights.ts";
import { type Colors, createColors } from "./colors.ts";
import { cutToWidth } from "./display-width.ts";
import { listNames } from "./list-names.ts";
import { printable } from "./printable.ts";
import { movedLines } from "./text-moved.ts";
import { type NoteSection, noteSections } from "./text-notes.ts";
import { violationTable } from "./text-violations.ts";
import { wrap } from "./wrap.ts";

export interface TextOptions {
  /** Whether to use terminal colours. */
  readonly isColored: boolean;
  /** The output folder, as the user gave it. */
  readonly folder: string;
  /** Files written, in order. */
  readonly files: readonly string[];
  /** Show all there is, however long. */
  readonly isVerbose?: boolean | undefined;
}

const LINES_MAX = 25;
const NAME_WIDTH_MAX = 40;
/** Rows of violations that stay when room is short; other sections go before them. */
const ROWS_MIN = 5;
/** Lines kept for what moved, where something is known: a blank one, a head, three of a feature. */
const MOVED_MIN = 5;

/** Renders the summary, ending in a newline; what a terminal would obey in texts is spelled out. */
export function renderText(insights: Insights, options: TextOptions): string {
  const colors = createColors(options.isColored);
  const shown = printable(insights);
  const written = `${options.files.join(", ")} in ${printable(options.folder)}`;
  const last = ["", ...wrap("Wrote ", written)];
  const max = (options.isVerbose ?? false) ? Number.POSITIVE_INFINITY : LINES_MAX;
  const lines =
    shown.command === "baseline"
      ? baselineLines(shown, colors, max - last.length)
      : checkLines(shown, colors, max - last.length);
  return [...lines, ...last, ""].join("\n");
}

function baselineLines(insights: Insights, colors: Colors, max: number): string[] {
  const { features, dataset } = insights;
  const types = ["Integral", "Fractional", "String", "Unknown"]
    .map((type) => ({ type, count: features.filter((feature) => feature.type === type).length }))
    .filter(({ count }) => count > 0)
    .map(({ type, count }) => `${count} ${type}`);
  const incomplete = features
    .filter(({ counts }) => (counts?.missing ?? 0) > 0)
    .map(({ name, counts }) => {
      const share = (counts?.missing ?? 0) / dataset.rows;
      return `${cutToWidth(name, NAME_WIDTH_MAX)} ${formatShare(share)}`;
    });
  const head = [
    ...wrap(colors.bold(colors.green("BASELINE ")), scaleOf(insights), "BASELINE ".length),
    "",
    ...wrap("Types    ", types.join(", ")),
    ...(incomplete.length === 0 ? [] : wrap("Missing  ", listNames(incomplete))),
  ];
  return [...head, ...takeSections(noteSections(insights, colors, max), max - head.length, colors)];
}

function checkLines(insights: Insights, colors: Colors, max: number): string[] {
  const { verdict } = insights;
  const isViolated = verdict.status === "violated";
  const headline = isViolated
    ? `FAIL ${plural(verdict.violations, "violation")}`
    : "PASS no violations";
  const color = isViolated ? colors.red : colors.green;
  const head = wrap(
    `${colors.bold(color(headline))} · `,
    `${scaleOf(insights)} · ${insights.semantics}`,
    `${headline} · `.length,
  );
  const room = max - head.length;
  const least = Math.min(verdict.violations, ROWS_MIN);
  const tableMin = least === 0 ? 0 : least + (verdict.violations > least ? 3 : 2);
  const movedMin = Math.min(MOVED_MIN, movedLines(insights, colors, room).length);
  const noteRoom = room - tableMin - movedMin;
  const notes = takeSections(noteSections(insights, colors, max), noteRoom, colors);
  const table = violationTable(insights, colors, room - notes.length - movedMin);
  const moved = movedLines(insights, colors, room - notes.length - table.length);
  return [...head, ...table, ...moved, ...notes];
}

/**
 * Takes whole sections while there is room, the most important first, in the order they have, a
 * blank line before them; says how many it leaves out.
 */
function takeSections(
  sections: readonly NoteSection[],
  room: number,
  colors: Colors,
): readonly string[] {
  if (sections.length === 0) return [];
  const all = sections.flatMap(({ lines }) => lines);
  if (all.length < room) return ["", ...all];
  let left = room - 2;
  const taken = new Set<NoteSection>();
  for (const section of sections.toSorted((a, b) => a.rank - b.rank)) {
    if (section.lines.length > left) continue;
    left -= section.lines.length;
    taken.add(section);
  }
  const rest = sections.length - taken.size;
  return [
    "",
    ...sections.filter((section) => taken.has(section)).flatMap(({ lines }) => lines),
    colors.dim(`… and ${plural(rest, "section")} more with --verbose`),
  ];
}

/** Tells how much a run read. */
export function scaleOf({ dataset, inputs }: Insights): string {
  const sum = (counts: readonly number[]): number => counts.reduce((all, each) => all + each, 0);
  const rejected = sum(inputs.flatMap((input) => Object.values(input.rejected)));
  const dropped = sum(inputs.map((input) => input.dropped ?? 0));
  const parts = [
    plural(dataset.rows, "record"),
    plural(dataset.columns, "feature"),
    plural(inputs.length, "file"),
  ];
  if (dropped > 0) parts.push(`${formatCount(dropped)} dropped`);
  if (rejected > 0) parts.push(`${formatCount(rejected)} rejected`);
  return parts.join(" · ");
}
