/** What moved in one feature, with its numbers. */

import { formatNumber, formatShare } from "../base/format-number.ts";
import type { InsightsFeature } from "../monitor/insights.ts";
import type { CategoryShares } from "../monitor/insights-evidence.ts";
import { valueText } from "./check-words.ts";
import { wrap } from "./wrap.ts";

/** Lists the sentence and what it was made from; empty where nothing is known. */
export function explainMoved({ moved }: InsightsFeature): string[] {
  if (moved === undefined) return [];
  const { at, gap, median_shift: shift, spread_ratio: spread, spike } = moved;
  const place = at === undefined ? "" : ` at ${valueText(at)}`;
  const lists = [
    ["gained", moved.gained],
    ["lost", moved.lost],
    [`new (${moved.new?.count ?? 0})`, moved.new?.values],
    [`vanished (${moved.vanished?.count ?? 0})`, moved.vanished?.values],
  ] as const;
  const facts = [
    ...(gap === undefined ? [] : [`gap ${signed(gap)}${place} (current less baseline)`]),
    ...(shift === undefined ? [] : [`median shift ${signed(shift)} baseline deviations`]),
    ...(spread === undefined ? [] : [`spread ${formatNumber(spread)} times the baseline's`]),
    ...(spike === undefined ? [] : [`spike at ${formatNumber(spike.value)}: ${fromTo(spike)}`]),
  ];
  return [
    ...wrap("  ", moved.sentence),
    ...facts.flatMap((fact) => wrap("  ", fact)),
    ...lists.flatMap(([title, shares = []]) =>
      shares.length === 0 ? [] : wrap(`  ${title}  `, shares.map(categoryText).join(", ")),
    ),
  ];
}

function categoryText(category: CategoryShares): string {
  return `${valueText(category.value)} ${fromTo(category)}`;
}

function fromTo({ baseline, current }: Pick<CategoryShares, "baseline" | "current">): string {
  return `${formatShare(baseline)} to ${formatShare(current)}`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${formatNumber(value)}`;
}
