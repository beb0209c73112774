/** Everything known of a feature, below its row: shapes, numbers, checks, records. */

import type { Insights, InsightsFeature } from "../../monitor/insights.ts";
import type { Advisory, Segment } from "../../monitor/insights-evidence.ts";
import { formatCount, formatNumber, formatShare } from "../format-number.ts";
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
import { summaryTable } from "./summary-table.ts";
import { typeEvidence } from "./type-evidence.ts";

/** Draws the details of a feature within limits. */
export function featureDetail(
  feature: InsightsFeature,
  { command, baseline }: Pick<Insights, "command" | "baseline">,
  limits: DetailLimits,
): Html {
  const hasCurrent = command === "check";
  const { checks, advisories = [], segments = [], moved } = feature;
  const raised = advisories.filter(({ status }) => status !== "passed");
  return html`<div class=d>${shapeFigures(feature, hasCurrent, limits)}${summaryTable(feature, limits)}${movedFacts(
    moved,
  )}${typeEvidence(feature)}${
    checks.length === 0
      ? undefined
      : html`<section class=w><h3>Checks</h3><ul>${violatedFirst(checks).map((check) =>
          checkItem(check, feature, baseline?.path, limits.offenders),
        )}</ul></section>`
  }${
    raised.length === 0
      ? undefined
      : html`<section class=w><h3>Advisories</h3><ul>${raised.map(advisoryItem)}</ul></section>`
  }${segments.length === 0 ? undefined : segmentTable(segments, limits.segments)}${leftOut(feature, limits)}</div>`;
}

function shapeFigures(
  { shape, moved }: InsightsFeature,
  hasCurrent: boolean,
  limits: DetailLimits,
): Html | undefined {
  if (shape === undefined) return undefined;
  if (shape.kind === "categorical") return categoryTable(shape, hasCurrent, limits.categories);
  const { buckets, cdf } = shape;
  return html`<figure>${histogram(buckets, hasCurrent)}${
    limits.hasNumbers ? bucketTable(buckets, hasCurrent) : undefined
  }</figure>${
    hasCurrent && limits.hasCurves && cdf !== undefined
      ? html`<figure>${cumulativeChart(cdf, moved)}</figure>`
      : undefined
  }`;
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
  return html`<li><b>${rule.replaceAll("_", " ")}</b>${word} ${cut(sentence, 400)}<p class=f>${facts.join(", ")}</p>`;
}

function segmentTable(segments: readonly Segment[], max: number): Html {
  const rows = segments
    .slice(0, max)
    .map(
      (segment) =>
        html`<tr><th scope=row>${isolated(segment.feature)} = ${isolated(segment.value)}<td>${formatCount(
          segment.records,
        )} (${formatShare(segment.share)})<td>${formatNumber(segment.distance_within)}<td>${formatNumber(
          segment.distance_without,
        )}`,
    );
  return html`<section class=w><h3>Where the shift is concentrated</h3><table><thead><tr><th>Records with<th>Records<th>Distance within<th>Without them<tbody>${rows}</table></section>`;
}

/** Says what of a feature stands in `insights.json` alone. */
function leftOut(
  { shape, checks, segments = [] }: InsightsFeature,
  limits: DetailLimits,
): Html | undefined {
  const parts = [
    ...(!limits.hasCurves && shape?.kind === "numeric" && shape.cdf !== undefined
      ? ["the cumulative distributions"]
      : []),
    ...(!limits.hasNumbers ? ["some numbers"] : []),
    ...(checks.some(({ offenders }) => (offenders?.sample.length ?? 0) > limits.offenders)
      ? ["some records"]
      : []),
    ...(segments.length > limits.segments ? ["some segments"] : []),
  ];
  if (parts.length === 0) return undefined;
  return html`<p class="w u">Left out to keep this file small: ${parts.join(", ")}. insights.json has all.</p>`;
}

function violatedFirst(checks: InsightsFeature["checks"]): InsightsFeature["checks"] {
  const violated = violatedChecks(checks);
  return [...violated, ...checks.filter((check) => !violated.includes(check))];
}
