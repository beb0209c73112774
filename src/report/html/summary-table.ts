/** Both sides of a feature in a few numbers, side by side. */

import { formatCount, formatNumber, formatShare } from "../../base/format-number.ts";
import type { InsightsFeature } from "../../monitor/insights.ts";
import type { SideSummary } from "../../monitor/insights-evidence.ts";
import type { DetailLimits } from "./detail-limits.ts";
import { each, type Html, html } from "./html.ts";
import { isolated } from "./shown-text.ts";

interface Line {
  readonly name: string;
  readonly read: (side: SideSummary) => string | undefined;
}

const QUANTILES = ["p0.1", "p1", "p5", "p25", "p50", "p75", "p95", "p99", "p99.9"] as const;
const FEW: readonly string[] = ["p5", "p50", "p95"];

function linesOf(quantiles: readonly (typeof QUANTILES)[number][]): readonly Line[] {
  return [
    { name: "n", read: ({ n }) => formatCount(n) },
    { name: "missing", read: ({ missing_rate: rate }) => formatShare(rate) },
    {
      name: "zeros",
      read: ({ zero_rate: rate }) => (rate === undefined ? undefined : formatShare(rate)),
    },
    { name: "mean", read: ({ mean }) => number(mean) },
    { name: "std dev", read: ({ std_dev: deviation }) => number(deviation) },
    { name: "min", read: ({ min }) => number(min) },
    ...quantiles.map((name): Line => ({ name, read: ({ quantiles: all }) => number(all?.[name]) })),
    { name: "max", read: ({ max }) => number(max) },
  ];
}

const LINES: readonly Line[] = linesOf(QUANTILES);
const FEW_LINES: readonly Line[] = linesOf(QUANTILES.filter((name) => FEW.includes(name)));

const NO_HEAD = html`<th>`;
const BOTH_HEADS = html`<th>Baseline<th>Current`;

/** Leaves out lines that neither side knows; nothing where no side is summed up. */
export function summaryTable(
  { baseline, current }: InsightsFeature,
  { hasBuckets }: Pick<DetailLimits, "hasBuckets">,
): Html | undefined {
  const [side, other] = baseline === undefined ? [current] : [baseline, current];
  if (side === undefined) return undefined;
  const names: string[] = [];
  const cells: string[] = [];
  const others: string[] = [];
  for (const { name, read } of hasBuckets ? LINES : FEW_LINES) {
    const cell = read(side);
    const otherCell = other && read(other);
    if (cell === undefined && otherCell === undefined) continue;
    names.push(name);
    cells.push(cell ?? "");
    others.push(otherCell ?? "");
  }
  const rows =
    other === undefined
      ? each`<tr><th scope=row>${names}<td>${cells}`
      : each`<tr><th scope=row>${names}<td>${cells}<td>${others}`;
  return html`<table class=z><thead><tr><td>
    ${other === undefined ? NO_HEAD : BOTH_HEADS}<tbody>${rows}${topRow(side, other)}</table>`;
}

function topRow({ top }: SideSummary, other: SideSummary | undefined): Html | undefined {
  if (top === undefined && other?.top === undefined) return undefined;
  return html`<tr><th scope=row>most frequent<td>${top && topOf(top)}${
    other && html`<td>${other.top && topOf(other.top)}`
  }`;
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
