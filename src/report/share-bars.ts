/** Both sides of a feature as horizontal bars of eighth blocks, bucket by bucket. */

import { formatNumber, formatShare } from "../base/format-number.ts";
import type { BucketShares, CategoricalShape } from "../monitor/insights-evidence.ts";
import { displayWidth, toWidth } from "./display-width.ts";

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];
const BAR_WIDTH = 15;
const LABEL_WIDTH_MAX = 24;
const CATEGORIES_SHOWN_MAX = 12;

/** Draws the shares of numeric buckets, labelled by their upper ends. */
export function bucketBars({ bounds, baseline, current }: BucketShares): string[] {
  const labels = baseline.map((_, index) =>
    index < bounds.length
      ? `<= ${formatNumber(bounds[index]!)}`
      : `> ${formatNumber(bounds.at(-1) ?? Number.NEGATIVE_INFINITY)}`,
  );
  return drawBars(labels, baseline, current);
}

/** Draws the categories that differ most; the others are one bar. */
export function categoryBars({ categories, others }: CategoricalShape): string[] {
  const shown = categories.slice(0, CATEGORIES_SHOWN_MAX);
  const cut = categories.slice(CATEGORIES_SHOWN_MAX);
  const count = cut.length + (others?.count ?? 0);
  const sum = (side: "baseline" | "current"): number =>
    cut.reduce((all, each) => all + each[side], others?.[side] ?? 0);
  const rest = count === 0 ? [] : [{ baseline: sum("baseline"), current: sum("current") }];
  const all = [...shown, ...rest];
  return drawBars(
    [...shown.map(({ value }) => value), ...(count === 0 ? [] : [`${count} others`])],
    all.map(({ baseline }) => baseline),
    all.map(({ current }) => current),
    // The others are many together: to their scale no single category would show.
    Math.max(0, ...shown.flatMap(({ baseline, current }) => [baseline, current])),
  );
}

function drawBars(
  labels: readonly string[],
  baseline: readonly number[],
  current: readonly number[],
  highest: number = Math.max(0, ...baseline, ...current),
): string[] {
  const width = Math.min(LABEL_WIDTH_MAX, Math.max(0, ...labels.map(displayWidth)));
  return labels.map((label, index) => {
    const sides = [baseline[index] ?? 0, current[index] ?? 0].map(
      (share) => `${formatShare(share).padStart(7)} ${bar(share, highest).padEnd(BAR_WIDTH)}`,
    );
    return `${toWidth(label, width)}  ${sides.join("  ")}`.trimEnd();
  });
}

/** Draws a share, at most to the full width; the smallest that is not nothing shows. */
function bar(share: number, highest: number): string {
  if (!(share > 0) || !(highest > 0)) return "";
  const eighths = Math.max(1, Math.round(Math.min(1, share / highest) * BAR_WIDTH * 8));
  return "█".repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
