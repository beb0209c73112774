/** What moved in numbers, beyond the sentence. */

import { formatCount, formatNumber, formatShare } from "../../base/format-number.ts";
import type { CategoryShares, Moved } from "../../monitor/insights-evidence.ts";
import { type Html, html } from "./html.ts";
import { isolated } from "./shown-text.ts";

/** Lists shifts, spikes and categories that came and went; nothing where none is known. */
export function movedFacts(moved: Moved | undefined): Html | undefined {
  if (moved === undefined) return undefined;
  const { median_shift: shift, spread_ratio: ratio, spike } = moved;
  const facts: readonly (readonly [string, Html | undefined])[] = [
    ["Median", shift === undefined ? undefined : html`${signed(shift)} spreads of the baseline`],
    ["Spread", ratio === undefined ? undefined : html`${formatNumber(ratio)}× the baseline's`],
    ["Spike", spike && html`at ${formatNumber(spike.value)}: ${change(spike)}`],
    ["Gained", categories(moved.gained, moved.gained?.length)],
    ["Lost", categories(moved.lost, moved.lost?.length)],
    ["New", categories(moved.new?.values, moved.new?.count)],
    ["Vanished", categories(moved.vanished?.values, moved.vanished?.count)],
  ];
  const known = facts.filter(([, fact]) => fact !== undefined);
  if (known.length === 0) return undefined;
  return html`<section><h3>What moved</h3><dl>${known.map(
    ([name, fact]) => html`<dt>${name}<dd>${fact}`,
  )}</dl></section>`;
}

function change({ baseline, current }: Pick<CategoryShares, "baseline" | "current">): string {
  return `${formatShare(baseline)} → ${formatShare(current)}`;
}

function signed(value: number): string {
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${formatNumber(Math.abs(value))}`;
}

function categories(values: readonly CategoryShares[] = [], count: number = 0): Html | undefined {
  if (values.length === 0) return undefined;
  const rest = count - values.length;
  return html`${values.map(
    ({ value, baseline, current }) =>
      html`<div>${isolated(value)} ${change({ baseline, current })}</div>`,
  )}${rest > 0 ? html`<div>and ${formatCount(rest)} more</div>` : undefined}`;
}
