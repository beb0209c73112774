/** A feature of a baseline alone: what it holds, and what made it the type that it is. */

import { formatCount, formatNumber, formatShare } from "../../base/format-number.ts";
import type { InsightsFeature } from "../../monitor/insights.ts";
import { type Html, html } from "./html.ts";
import { missingChange, zeroChange } from "./rate-change.ts";
import { cut, isolated } from "./shown-text.ts";
import { sparklines } from "./sparklines.ts";
import { isMixed } from "./type-evidence.ts";

export const PROFILE_COLUMNS: readonly string[] = [
  "Feature",
  "Type",
  "Values",
  "Distinct",
  "Distribution",
  "Missing",
  "Zeros",
];

/** Puts a feature's row above its details; a column of texts and numbers is marked. */
export function profileRow(feature: InsightsFeature, order: number, details: Html): Html {
  const { counts, type = "Unknown" } = feature;
  const isMarked = isMixed(feature);
  return html`<tbody class=${isMarked ? "a" : "p"} data-o=${order} data-t=${type}><tr>
    <th scope=row>${isolated(
      feature.name,
    )}<td class=j>${type}<td class=n>${counts && formatCount(counts.present)}<td class=n>${
      counts?.distinct === undefined ? undefined : formatCount(counts.distinct)
    }<td>${sparklines(feature.shape, order, false).baseline}<td class=n>${missingChange(feature)}
  <td class=n>${zeroChange(
    feature,
  )}<tr class=t><td colspan=7><details><summary>${summaryOf(feature)}</summary>${details}
  </details>`;
}

function summaryOf(feature: InsightsFeature): Html {
  const { evidence, current, counts, type } = feature;
  const first = evidence?.first_string;
  if (isMixed(feature) && first !== undefined) {
    const texts = evidence!.string + evidence!.boolean;
    const share = formatShare(texts / (counts?.present || texts));
    return html`${type ?? "Mixed"}: ${share} of the cells are texts, the first at <code>${isolated(
      first.file,
      160,
    )}:${first.line}</code>.`;
  }
  if (counts?.present === 0) return html`No cell is present.`;
  const { min, max, mean, top } = current ?? {};
  if (min !== undefined && max !== undefined) {
    const middle = mean === undefined ? "" : `, mean ${formatNumber(mean)}`;
    return html`${formatNumber(min)} to ${formatNumber(max)}${middle}.`;
  }
  if (current === undefined || top === undefined) return html`Details`;
  if (Math.round(top.share * current.n) <= 1) return html`Every value is different.`;
  const value = typeof top.value === "number" ? formatNumber(top.value) : cut(top.value);
  return html`Most frequent: “${isolated(value)}”, ${formatShare(top.share)} of the values.`;
}
