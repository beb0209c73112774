/**
 * Categories of both sides as mirrored bars with their numbers: the baseline to the left of the
 * line, the current side to its right; the change is what a category contributes.
 */

import { formatCount, formatShare } from "../../base/format-number.ts";
import type { CategoricalShape, CategoryShares } from "../../monitor/insights-evidence.ts";
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
  const rows = shown.map((each) => categoryRow(isolated(each.value), each, hasCurrent, top));
  const rest = restOf(sorted.slice(max), others);
  const heads = hasCurrent ? html`<th>Baseline<th>Current<th>Change` : html`<th>Share`;
  return html`<figure class=a><table><thead><tr><th>Category<td>${heads}<tbody>${rows}${
    rest === undefined
      ? undefined
      : categoryRow(
          html`<i>${rest.count > 0 ? `${formatCount(rest.count)} more` : "others, not listed"}</i>`,
          rest,
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

/** Without `top` no bars are drawn: many categories together have none beside single ones. */
function categoryRow(
  label: Html,
  { baseline, current }: Omit<CategoryShares, "value">,
  hasCurrent: boolean,
  top?: number,
): Html {
  const bars =
    top === undefined ? undefined : mirroredBars(baseline / top, current / top, hasCurrent);
  const numbers = hasCurrent
    ? html`<td>${formatShare(baseline)}<td>${formatShare(current)}<td>${points(current - baseline)}`
    : html`<td>${formatShare(baseline)}`;
  return html`<tr><th scope=row>${label}<td>${bars}${numbers}`;
}

function mirroredBars(baseline: number, current: number, hasCurrent: boolean): Html {
  if (!hasCurrent) {
    const width = Math.round(baseline * 2 * HALF);
    return html`<svg viewBox="0 0 201 12"><path class=p d="M0 0h${width}v12h-${width}z"/></svg>`;
  }
  const [left, right] = [Math.round(baseline * HALF), Math.round(current * HALF)];
  return html`<svg viewBox="0 0 201 12"><path class=p d="M100 0h-${left}v12h${left}z"/>
    <path class=q d="M101 0h${right}v12h-${right}z"/></svg>`;
}

/** A change in percentage points, with its sign. */
function points(change: number): string {
  const rounded = Number((change * 100).toPrecision(3));
  return `${rounded > 0 ? "+" : rounded < 0 ? "−" : ""}${Math.abs(rounded)}`;
}
