/** Both sides of a feature in numbers, side by side. */

import { formatCount, formatNumber, formatShare } from "../base/format-number.ts";
import type { InsightsFeature } from "../monitor/insights.ts";
import type { SideSummary } from "../monitor/insights-evidence.ts";
import { valueText } from "./check-words.ts";
import { cutToWidth, displayWidth } from "./display-width.ts";

const LABEL_WIDTH = 12;
const NUMBER_WIDTH = 26;

type Row = readonly [label: string, of: (side: SideSummary) => string | undefined];

const ROWS: readonly Row[] = [
  ["cells", ({ n }) => formatCount(n)],
  ["missing", ({ missing_rate }) => formatShare(missing_rate)],
  ["zeros", ({ zero_rate }) => shareOf(zero_rate)],
  ["mean", ({ mean }) => numberOf(mean)],
  ["std dev", ({ std_dev }) => numberOf(std_dev)],
  ["min", ({ min }) => numberOf(min)],
];
const LAST_ROWS: readonly Row[] = [
  ["max", ({ max }) => numberOf(max)],
  ["quantiles", ({ quantiles_from }) => quantiles_from],
  ["most often", ({ top }) => top && `${valueText(top.value)} ${formatShare(top.share)}`],
];

/** Draws a table of what is known of either side; empty where nothing is. */
export function explainSides({ baseline, current }: InsightsFeature): string[] {
  if (baseline === undefined && current === undefined) return [];
  const names = Object.keys({ ...baseline?.quantiles, ...current?.quantiles });
  const quantiles = names
    .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
    .map((name): Row => [name, (side) => numberOf(side.quantiles?.[name])]);
  return [
    row("", "baseline", "current"),
    ...[...ROWS, ...quantiles, ...LAST_ROWS].flatMap(([label, of]) => {
      const [left, right] = [baseline, current].map((side) => side && of(side));
      return left === undefined && right === undefined ? [] : [row(label, left ?? "", right ?? "")];
    }),
  ];
}

function row(label: string, ...cells: readonly string[]): string {
  const padded = cells.map((cell) => {
    const cut = cutToWidth(cell, NUMBER_WIDTH);
    return " ".repeat(NUMBER_WIDTH - displayWidth(cut)) + cut;
  });
  return `  ${label.padEnd(LABEL_WIDTH)}${padded.join("  ")}`.trimEnd();
}

function numberOf(value: number | undefined): string | undefined {
  return value === undefined ? undefined : formatNumber(value);
}

function shareOf(value: number | undefined): string | undefined {
  return value === undefined ? undefined : formatShare(value);
}
