/** Everything known of a feature, below its row: shapes, numbers, checks, records. */

import { formatCount, formatNumber, formatShare } from "../../base/format-number.ts";
import type { InsightsCheck, InsightsFeature } from "../../monitor/insights.ts";
import type { Advisory, Segment } from "../../monitor/insights-evidence.ts";
import { labelOf } from "../check-words.ts";
import { bucketTable } from "./bucket-table.ts";
import { categoryTable } from "./category-table.ts";
import { checkItem } from "./check-item.ts";
import { cumulativeChart } from "./cumulative-chart.ts";
import type { DetailLimits } from "./detail-limits.ts";
import { violatedChecks } from "./feature-level.ts";
import { histogram } from "./histogram.ts";
import { type Html, html } from "./html.ts";
import { movedFacts } from "./moved-facts.ts";
import { cut, isolated } from "./shown-text.ts";
import { summaryLine, summaryTable } from "./summary-table.ts";
import { typeEvidence } from "./type-evidence.ts";

export interface DetailContext {
  readonly limits: DetailLimits;
  /** Where the feature stands in the run; tells its shapes apart in the page. */
  readonly order: number;
  /** False for a baseline alone. */
  readonly hasCurrent: boolean;
}

/** Draws the details of a feature within limits. */
export function featureDetail(feature: InsightsFeature, context: DetailContext): Html {
  const { limits } = context;
  const { advisories = [], segments = [], moved } = feature;
  const raised = advisories.filter(({ status }) => status !== "passed");
  return html`<div class=d>${shapeFigures(feature, context)}${
    limits.hasTables ? summaryTable(feature, limits) : summaryLine(feature)
  }${limits.hasTables ? movedFacts(moved) : undefined}${typeEvidence(feature)}${checkList(
    feature,
    limits,
  )}${
    raised.length === 0
      ? undefined
      : html`<section class=w><h3>Advisories</h3><ul>${raised.map(advisoryItem)}</ul></section>`
  }${segmentTable(segments.slice(0, limits.segments))}${
    isShortened(feature, context) ? html`<p class="w u">${SHORTENED}</p>` : undefined
  }</div>`;
}

function shapeFigures(
  { shape, moved, checks }: InsightsFeature,
  { limits, order, hasCurrent }: DetailContext,
): Html | undefined {
  if (shape === undefined) return undefined;
  if (shape.kind === "categorical") {
    return limits.categories === 0
      ? undefined
      : categoryTable(shape, hasCurrent, limits.categories);
  }
  const { buckets, cdf } = shape;
  const isDrift = checks.some(
    ({ type, status }) => type === "baseline_drift_check" && status === "violated",
  );
  const drawn = { order, hasCurrent, hasNumbers: limits.hasTables };
  const bounds = buckets.bounds.map(formatNumber);
  return html`${
    limits.hasHistogram
      ? html`<figure>${histogram(buckets, bounds, drawn)}${
          limits.hasBuckets ? bucketTable(buckets, bounds, hasCurrent) : undefined
        }</figure>`
      : undefined
  }${
    hasCurrent && limits.hasCurves && cdf !== undefined
      ? html`<figure>${cumulativeChart(cdf, moved, isDrift)}</figure>`
      : undefined
  }`;
}

/** Violated checks first; passed ones are but named where there is little room. */
function checkList(feature: InsightsFeature, limits: DetailLimits): Html | undefined {
  const { checks } = feature;
  if (checks.length === 0) return undefined;
  const violated = violatedChecks(checks);
  const others = checks.filter(({ status }) => status !== "violated");
  const isBrief = (check: InsightsCheck): boolean =>
    !limits.hasTables && check.status === "passed" && check.type !== "baseline_drift_check";
  const brief = others.filter(isBrief).map(labelOf);
  const told = [...violated, ...others.filter((check) => !isBrief(check))];
  return html`<section class=w><h3>Checks</h3><ul>${told.map((check) =>
    checkItem(check, feature, limits),
  )}${brief.length === 0 ? undefined : html`<li class=p>passed: ${brief.join(", ")}`}</ul>
    </section>`;
}

function advisoryItem({ rule, status, sentence, ...numbers }: Advisory): Html {
  const { observed, threshold, bound, p_value: p, n, m } = numbers;
  const facts = [
    `observed ${formatNumber(observed)}`,
    `least that matters ${formatNumber(threshold)}`,
    ...(bound === undefined ? [] : [`chance reaches ${formatNumber(bound)}`]),
    ...(p === undefined ? [] : [`p = ${formatNumber(p)}`]),
    `n = ${formatCount(n)}, m = ${formatCount(m)}`,
  ];
  const word = status === "raised" ? "" : " (too few records to judge)";
  return html`<li><b>${rule.replaceAll("_", " ")}</b>${word} ${cut(sentence, 400)}<p class=f>
    ${facts.join(", ")}</p>`;
}

function segmentTable(segments: readonly Segment[]): Html | undefined {
  if (segments.length === 0) return undefined;
  const rows = segments.map(
    (segment) =>
      html`<tr><th scope=row>${isolated(segment.feature)} = ${isolated(segment.value)}<td>
        ${formatCount(
          segment.records,
        )} (${formatShare(segment.share)})<td>${formatNumber(segment.distance_within)}<td>
      ${formatNumber(segment.distance_without)}`,
  );
  return html`<section class=w><h3>Where the shift is concentrated</h3><table><thead><tr>
    <th>Records with<th>Records<th>Distance within<th>Without them<tbody>${rows}</table></section>`;
}

/** Stands in the details of a feature of which `insights.json` knows more than they tell. */
export const SHORTENED = "Shortened: insights.json has more.";

function isShortened(
  { shape, checks, baseline, segments = [] }: InsightsFeature,
  { limits, hasCurrent }: DetailContext,
): boolean {
  const hasMoreCurves = hasCurrent && shape?.kind === "numeric" && shape.cdf !== undefined;
  return (
    (!limits.hasTables && (shape !== undefined || baseline !== undefined)) ||
    (!limits.hasBuckets && shape?.kind === "numeric") ||
    (!limits.hasCurves && hasMoreCurves) ||
    segments.length > limits.segments ||
    checks.some(({ offenders }) => (offenders?.sample.length ?? 0) > limits.offenders)
  );
}
