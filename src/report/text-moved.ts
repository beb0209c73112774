/** What moved, feature by feature, with the first records behind it. */
import type { Insights, InsightsCheck, InsightsFeature } from "../monitor/insights.ts";
import { labelOf } from "./check-words.ts";
import type { Colors } from "./colors.ts";
import { cutToWidth, displayWidth } from "./display-width.ts";
import { offenderCount, placeOf } from "./offender-words.ts";
import { violationsBySeverity } from "./violations-by-severity.ts";
import { wrap } from "./wrap.ts";

const NAME_WIDTH_MAX = 20;
const WIDTH = 80;

/**
 * Tells of the gravest features, as many as `room` lines have place for whole, a blank line first.
 * Features of which nothing more than the verdict is known are passed over.
 */
export function movedLines(insights: Insights, colors: Colors, room: number): string[] {
  const features = new Set(violationsBySeverity(insights).map(({ feature }) => feature));
  const blocks = [...features]
    .filter((feature) => feature !== undefined)
    .map(blockOf)
    .filter((block) => block.length > 0);
  const lines: string[] = [];
  let shown = 0;
  for (const block of blocks) {
    if (lines.length + block.length + 2 > room) break;
    lines.push(...block);
    shown += 1;
  }
  if (shown === 0) return [];
  const cut = shown < blocks.length ? ` (${shown} of ${blocks.length}; all with --verbose)` : "";
  return ["", colors.dim(`what moved${cut}`), ...lines];
}

function blockOf({ name, moved, checks }: InsightsFeature): string[] {
  const head = `${cutToWidth(name, NAME_WIDTH_MAX)}  `;
  const offenders = checks.filter((check) => check.status === "violated" && check.offenders);
  const [first, ...others] = [
    ...(moved === undefined ? [] : [(head: string) => wrap(head, moved.sentence)]),
    ...offenders.map((check) => (head: string) => [`${head}${offenderLine(check, head)}`]),
  ];
  if (first === undefined) return [];
  const indent = " ".repeat(displayWidth(head));
  return [...first(head), ...others.flatMap((lines) => lines(indent))];
}

/** Counts a check's records and names the first one, from whose path the head may be cut. */
function offenderLine(check: InsightsCheck, head: string): string {
  const offenders = check.offenders!;
  const [first] = offenders.sample;
  const count = `${labelOf(check)}: ${offenderCount(offenders)}`;
  if (first === undefined) return count;
  const left = WIDTH - displayWidth(head) - displayWidth(count) - ", first ".length;
  return `${count}, first ${cutHead(placeOf(first), Math.max(16, left))}`;
}

function cutHead(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const characters = [...text];
  while (displayWidth(characters.join("")) > width - 1) characters.shift();
  return `…${characters.join("")}`;
}
