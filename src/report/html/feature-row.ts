/** A feature in the table: its gravest numbers, both shapes, and below them what moved. */

import { formatNumber } from "../../base/format-number.ts";
import type { InsightsCheck, InsightsFeature } from "../../monitor/insights.ts";
import { labelOf, limitOf, observedOf, sentenceOf, UNJUDGED_WORDS } from "../check-words.ts";
import { distanceOf, isUnjudged, type Level, levelOf, violatedChecks } from "./feature-level.ts";
import { type Html, html } from "./html.ts";
import { missingChange, zeroChange } from "./rate-change.ts";
import { cut, isolated } from "./shown-text.ts";
import { sparklines } from "./sparklines.ts";

const SENTENCE_LENGTH_MAX = 400;

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  violated: "violated",
  advisory: "advisory",
  unjudged: "not judged",
  passed: "passed",
};

export const COLUMNS: readonly string[] = [
  "Feature",
  "Verdict",
  "Observed",
  "Limit",
  "Baseline",
  "Current",
  "Missing",
  "Zeros",
];

/** Puts a feature's row above its details, which open without a script. */
export function featureRow(feature: InsightsFeature, order: number, details: Html): Html {
  const level = levelOf(feature);
  const distance = distanceOf(feature);
  const { baseline, current } = sparklines(feature.shape, order, true);
  const lines = verdictLines(feature, level);
  const column = (lineOf: (line: VerdictLine) => Html | string): Html =>
    html`${lines.map((line) => html`<div>${lineOf(line)}</div>`)}`;
  return html`<tbody class=${level[0]} data-o=${order}${
    distance === undefined ? undefined : html` data-d=${formatNumber(distance)}`
  } data-t=${feature.type ?? "None"}><tr><th scope=row>${isolated(feature.name)}<small>${
    feature.type ?? "absent"
  }</small><td class=j>${column(({ word }) => word)}<td class=n>${column(
    ({ observed }) => observed,
  )}<td class=n>${column(({ limit }) => limit)}<td>${baseline}<td>${current}<td class=n>
  ${missingChange(
    feature,
  )}<td class=n>${zeroChange(feature)}<tr class=t><td colspan=8><details><summary>${summaryOf(
    feature,
    level,
  )}</summary>${details}</details>`;
}

interface VerdictLine {
  readonly word: Html | string;
  readonly observed: string;
  readonly limit: string;
}

/** Violated checks, each with its numbers; where there is none, the drift check's. */
function verdictLines(feature: InsightsFeature, level: Level): readonly VerdictLine[] {
  const violated = violatedChecks(feature.checks);
  if (violated.length > 0) return violated.map((check) => lineOf(labelOf(check), check));
  const drift = feature.checks.find(({ type }) => type === "baseline_drift_check");
  const word = LEVEL_WORDS[level];
  if (drift?.observed === undefined) return [{ word, observed: "", limit: "" }];
  return [lineOf(word, drift)];
}

function lineOf(word: string, check: InsightsCheck): VerdictLine {
  return {
    word,
    observed: observedOf(check),
    limit: limitOf(check).replace("<=", "≤").replace(">=", "≥"),
  };
}

/** One sentence: what moved, else what is wrong, else why nothing is known. */
function summaryOf(feature: InsightsFeature, level: Level): string {
  const { moved, advisories = [], checks } = feature;
  if (moved !== undefined) return cut(moved.sentence, SENTENCE_LENGTH_MAX);
  const [gravest] = violatedChecks(checks);
  if (gravest !== undefined) return cut(sentenceOf(gravest), SENTENCE_LENGTH_MAX);
  const raised = advisories.find(({ status }) => status === "raised");
  if (raised !== undefined) return cut(raised.sentence, SENTENCE_LENGTH_MAX);
  const unjudged = checks.find(isUnjudged);
  if (level === "unjudged" && unjudged !== undefined) {
    return `${labelOf(unjudged)}: ${UNJUDGED_WORDS[unjudged.status]}.`;
  }
  return checks.length === 0 ? "No check was made." : "Nothing moved beyond its limit.";
}
