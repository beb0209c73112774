/**
 * Categories of both sides as mirrored bars with their numbers: the baseline to the left of the
 * line, the current side to its right; the change is what a category contributes.
 */

import type { CategoricalShape, CategoryShares } from "../../monitor/insights-evidence.ts";
import { formatCount, formatShare } from "../format-number.ts";
import { type Html, html } from "./html.ts";
import { isolated } from "./shown-text.ts";

const HALF = 100;

/** Shows up to `max` categories; how many more there are is said. */
export function categoryTable(
  { categories, others }: CategoricalShape,
  hasCurrent: boolean,
  max: number,
): Html {
  const sorted = hasCurrent ? categories : categories.toSorted((a, b) => b.baseline - a.baseline);
  const shown = sorted.slice(0, max);
  const top = Math.max(...shown.flatMap(({ baseline, current }) => [baseline, current])) || 1;
  const rows = shown.map((each) => categoryRow(isolated(each.value), each, top, hasCurrent));
  const rest = restOf(sorted.slice(max), others);
  const heads = hasCurrent ? html`<th>Baseline<th>Current<th>Change` : html`<th>Share`;
  return html`<figure class=a><table><thead><tr><th>Category<td>${heads}<tbody>${rows}${
    rest === undefined
      ? undefined
      : categoryRow(
          html`<i>${rest.count > 0 ? `${formatCount(rest.count)} more` : "others, not listed"}</i>`,
          rest,
          top,
          hasCurrent,
        )
  }</table></figure>`;
}

function restOf(
  left: readonly CategoryShares[],
  others: CategoricalShape["others"],
): (Omit<CategoryShares, "value"> & { readonly count: number }) | undefined {
  const count = left.length + (others?.count ?? 0);
  const sum = (side: "baseline" | "current"): number =>
    left.reduce((all, each) => all + each[side], others?.[side] ?? 0);
  const [baseline, current] = [Math.min(1, sum("baseline")), Math.min(1, sum("current"))];
  return count === 0 && current === 0 && baseline === 0 ? undefined : { count, baseline, current };
}

function categoryRow(
  label: Html,
  { baseline, current }: Omit<CategoryShares, "value">,
  top: number,
  hasCurrent: boolean,
): Html {
  const [left, right] = [baseline, current].map((share) =>
    Math.round((Math.min(share, top) / top) * HALF),
  ) as [number, number];
  const bars = hasCurrent
    ? html`<svg viewBox="0 0 201 12" aria-hidden=true><path class=p d="M100 0h-${left}v12h${left}z"/><path class=q d="M101 0h${right}v12h-${right}z"/></svg>`
    : html`<svg viewBox="0 0 201 12" aria-hidden=true><path class=p d="M0 0h${left * 2}v12h-${left * 2}z"/></svg>`;
  const numbers = hasCurrent
    ? html`<td>${formatShare(baseline)}<td>${formatShare(current)}<td>${points(current - baseline)}`
    : html`<td>${formatShare(baseline)}`;
  return html`<tr><th scope=row>${label}<td>${bars}${numbers}`;
}

/** A change in percentage points, with its sign. */
function points(change: number): string {
  const rounded = Number((change * 100).toPrecision(3));
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : ""}${Math.abs(rounded)}`;
}
