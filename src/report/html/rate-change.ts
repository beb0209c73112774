/** A rate in a cell: of both sides and marked where it moved, else of the current side. */

import { formatShare } from "../../base/format-number.ts";
import type { InsightsFeature } from "../../monitor/insights.ts";
import type { Advisory } from "../../monitor/insights-evidence.ts";
import { html, type Part } from "./html.ts";

/** Without a rule's word, a change of a point is one. */
const CHANGE_MIN = 0.01;

/** Shows missing cells; marked too where a completeness check is violated. */
export function missingChange(feature: InsightsFeature): Part {
  const { baseline, current, counts, checks } = feature;
  const before = baseline?.missing_rate;
  const all = counts === undefined ? 0 : counts.present + counts.missing;
  const now = current?.missing_rate ?? (all === 0 ? undefined : counts!.missing / all);
  const isViolated = checks.some(
    ({ type, status }) => type === "completeness_check" && status === "violated",
  );
  return change(before, now, isViolated || hasMoved(feature, "missing_rate", before, now));
}

/** Shows zeros among the values of a numeric feature. */
export function zeroChange(feature: InsightsFeature): Part {
  const [before, now] = [feature.baseline?.zero_rate, feature.current?.zero_rate];
  return change(before, now, hasMoved(feature, "zero_rate", before, now));
}

function hasMoved(
  { advisories }: InsightsFeature,
  rule: Advisory["rule"],
  before: number | undefined,
  now: number | undefined,
): boolean {
  const advisory = advisories?.find((each) => each.rule === rule);
  if (advisory !== undefined) return advisory.status === "raised";
  return before !== undefined && now !== undefined && Math.abs(now - before) >= CHANGE_MIN;
}

function change(before: number | undefined, now: number | undefined, isMarked: boolean): Part {
  const from = before === undefined ? undefined : formatShare(before);
  const to = now === undefined ? undefined : formatShare(now);
  const either = to ?? from;
  if (!isMarked || either === undefined) return either;
  return html`<b class=r>${from === undefined || from === either ? either : `${from} → ${to}`}</b>`;
}
