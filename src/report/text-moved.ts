/** What moved, feature by feature, with the first records behind it. */
import { plural } from "../base/plural.ts";
import type { Insights, InsightsCheck, InsightsFeature } from "../monitor/insights.ts";
import { labelOf } from "./check-words.ts";
import type { Colors } from "./colors.ts";
import { cutToWidth, displayWidth, toWidth } from "./display-width.ts";
import { placeOf } from "./offender-words.ts";
import { violationsBySeverity } from "./violations-by-severity.ts";
import { wrap } from "./wrap.ts";

const NAME_WIDTH_MAX = 20;
const WIDTH = 80;
const FIRST_WIDTH_MIN = 8;

/**
 * Tells of the gravest features, as many as `room` lines have place for whole, a blank line first.
 * Features of which nothing more than the verdict is known are passed over.
 */
export function movedLines(insights: Insights, colors: Colors, room: number): string[] {
  const features = new Set(violationsBySeverity(insights).map(({ feature }) => feature));
  const told = [...features].filter((feature) => feature !== undefined).filter(isTold);
  const names = told.map(({ name }) => cutToWidth(name, NAME_WIDTH_MAX));
  const width = Math.max(0, ...names.map(displayWidth));
  const lines: string[] = [];
  let shown = 0;
  for (const feature of told) {
    const block = blockOf(feature, toWidth(names[shown]!, width));
    if (lines.length + block.length + 2 > room) break;
    lines.push(...block);
    shown += 1;
  }
  if (shown === 0) return [];
  const cut = shown < told.length ? ` (${shown} of ${told.length}; all with --verbose)` : "";
  return ["", colors.dim(`what moved${cut}`), ...lines];
}

function isTold({ moved, checks }: InsightsFeature): boolean {
  return moved !== undefined || checks.some(hasOffenders);
}

function hasOffenders({ status, offenders }: InsightsCheck): boolean {
  return status === "violated" && offenders !== undefined;
}

function blockOf({ moved, checks }: InsightsFeature, name: string): string[] {
  const head = `${name}  `;
  const indent = " ".repeat(displayWidth(head));
  const lines = [
    ...(moved === undefined ? [] : wrap(indent, moved.sentence)),
    ...checks.filter(hasOffenders).map((check) => `${indent}${offenderLine(check, indent)}`),
  ];
  return lines.map((line, index) => (index === 0 ? head + line.slice(indent.length) : line));
}

/** Counts a check's records and names the first one, from whose path the head may be cut. */
function offenderLine(check: InsightsCheck, head: string): string {
  const offenders = check.offenders!;
  const [first] = offenders.sample;
  const noun = offenders.of === "all" ? "record" : "sampled record";
  const count = `${labelOf(check)}: ${plural(offenders.count, noun)}`;
  if (first === undefined) return count;
  const left = WIDTH - displayWidth(head) - displayWidth(count) - ", first ".length;
  return `${count}, first ${cutHead(placeOf(first), Math.max(FIRST_WIDTH_MIN, left))}`;
}

function cutHead(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const characters = [...text];
  const tailFrom = (from: number): string => characters.slice(from).join("");
  let [tooWide, fits] = [0, characters.length];
  while (fits - tooWide > 1) {
    const middle = (tooWide + fits) >> 1;
    if (displayWidth(tailFrom(middle)) > width - 1) tooWide = middle;
    else fits = middle;
  }
  return `…${tailFrom(fits)}`;
}
