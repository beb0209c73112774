/** Both sides of a feature in a few numbers, side by side. */

import { formatCount, formatNumber, formatShare } from "../../base/format-number.ts";
import type { InsightsFeature } from "../../monitor/insights.ts";
import type { SideSummary } from "../../monitor/insights-evidence.ts";
import type { DetailLimits } from "./detail-limits.ts";
import { type Html, html } from "./html.ts";
import { isolated } from "./shown-text.ts";

type Cell = Html | string | undefined;
type Line = readonly [string, (side: SideSummary) => Cell];

const QUANTILES = ["p0.1", "p1", "p5", "p25", "p50", "p75", "p95", "p99", "p99.9"] as const;
const FEW: readonly string[] = ["p5", "p50", "p95"];

function linesOf(quantiles: readonly (typeof QUANTILES)[number][]): readonly Line[] {
  return [
    ["n", ({ n }) => formatCount(n)],
    ["missing", ({ missing_rate: rate }) => formatShare(rate)],
    ["zeros", ({ zero_rate: rate }) => (rate === undefined ? undefined : formatShare(rate))],
    ["mean", ({ mean }) => number(mean)],
    ["std dev", ({ std_dev: deviation }) => number(deviation)],
    ["min", ({ min }) => number(min)],
    ...quantiles.map((name): Line => [name, ({ quantiles: all }) => number(all?.[name])]),
    ["max", ({ max }) => number(max)],
    ["most frequent", ({ top }) => (top === undefined ? undefined : topOf(top))],
  ];
}

const LINES: readonly Line[] = linesOf(QUANTILES);
const FEW_LINES: readonly Line[] = linesOf(QUANTILES.filter((name) => FEW.includes(name)));

/** Leaves out lines that neither side knows; nothing where no side is summed up. */
export function summaryTable(
  { baseline, current }: InsightsFeature,
  { hasBuckets }: Pick<DetailLimits, "hasBuckets">,
): Html | undefined {
  const side = baseline ?? current;
  if (side === undefined) return undefined;
  const lines = hasBuckets ? LINES : FEW_LINES;
  const isOne = baseline === undefined || current === undefined;
  const rows = lines.map(([name, read]) =>
    isOne ? row(name, read(side)) : rowOfTwo(name, read(baseline), read(current)),
  );
  const heads = isOne ? html`<th>` : html`<th>Baseline<th>Current`;
  return html`<table class=z><thead><tr><td>${heads}<tbody>${rows}</table>`;
}

function row(name: string, cell: Cell): Html | undefined {
  return cell === undefined ? undefined : html`<tr><th scope=row>${name}<td>${cell}`;
}

function rowOfTwo(name: string, before: Cell, now: Cell): Html | undefined {
  if (before === undefined && now === undefined) return undefined;
  return html`<tr><th scope=row>${name}<td>${before}<td>${now}`;
}

/** The middle of both sides, where there is no room for more. */
export function summaryLine({ baseline, current }: InsightsFeature): Html | undefined {
  const sides = [baseline, current].filter((side) => side !== undefined);
  const facts = [
    ["median", ({ quantiles }: SideSummary) => quantiles?.["p50"]] as const,
    ["mean", ({ mean }: SideSummary) => mean] as const,
    ["std dev", ({ std_dev: deviation }: SideSummary) => deviation] as const,
  ]
    .map(([name, read]) => ({
      name,
      values: sides.map(read).filter((value) => value !== undefined),
    }))
    .filter(({ values }) => values.length === sides.length && values.length > 0)
    .map(({ name, values }) => `${name} ${values.map(formatNumber).join(" → ")}`);
  return facts.length === 0 ? undefined : html`<p>${facts.join(", ")}</p>`;
}

function number(value: number | undefined): string | undefined {
  return value === undefined ? undefined : formatNumber(value);
}

function topOf({ value, share }: NonNullable<SideSummary["top"]>): Html {
  const shown = typeof value === "number" ? formatNumber(value) : value;
  return html`${isolated(shown, 40)} (${formatShare(share)})`;
}
