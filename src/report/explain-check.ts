/** A check with its numbers put into its formula. */

import { formatNumber, formatShare } from "../base/format-number.ts";
import type { InsightsCheck, InsightsFeature } from "../monitor/insights.ts";
import { detectableSentence, UNJUDGED_WORDS, valueText } from "./check-words.ts";

const LINE_WIDTH = 76;

/** Lists sentences and formulas; for a check that did not judge, why. */
export function explainCheck(check: InsightsCheck, feature: InsightsFeature): string[] {
  const { status, reason, observed } = check;
  const isJudged = status === "passed" || status === "violated";
  const why = isJudged ? [] : [`${reason ?? UNJUDGED_WORDS[status] ?? status}.`];
  const computed = observed === undefined ? [] : formulasOf(check, observed, feature);
  return [...why, ...computed, ...otherOf(check)];
}

function formulasOf(check: InsightsCheck, observed: number, feature: InsightsFeature): string[] {
  const least = Number(check.threshold ?? check.expected ?? 1);
  const compared = (text: string): string => {
    const relation = observed < least ? "<" : ">=";
    const numbers = `${formatNumber(observed)} ${relation} ${formatNumber(least)}`;
    return `${text} = ${numbers}: ${check.status}`;
  };
  const { counts, evidence } = feature;
  switch (check.type) {
    case "baseline_drift_check":
      return check.method === "ChiSquared" ? chiSquared(check) : distance(check, observed);
    case "completeness_check": {
      const rows = (counts?.present ?? 0) + (counts?.missing ?? 0);
      return [compared(counts ? `present / rows = ${counts.present} / ${rows}` : "present share")];
    }
    case "data_type_check":
      return [compared(`${check.expected} cells / present cells`)];
    case "categorical_values_check":
      return [compared("cells of a known category / present cells")];
    case "non_negative_check": {
      const negative = evidence === undefined ? "" : ` (${evidence.negative} are not)`;
      return [compared(`values from 0 on / values${negative}`)];
    }
    default:
      return [`${observed} columns, ${check.expected} expected: ${check.status}`];
  }
}

function distance(check: InsightsCheck, observed: number): string[] {
  const { simple, robust, margin, threshold = 0, n, m, at, status } = check;
  const relation = `${observed > threshold ? ">" : "<="} ${formatNumber(threshold)}`;
  const isRobust = observed === robust;
  const gap = simple === undefined ? "" : formatNumber(simple);
  const place = at === undefined ? "" : `, at ${valueText(at)}`;
  const formula = isRobust
    ? `robust = max(0, ${gap} - 1.8*sqrt((${n}+${m})/(${n}*${m})))`
    : "distance";
  return [
    ...(gap === "" ? [] : [`simple = largest gap of the two distributions = ${gap}${place}`]),
    ...oneLine(formula, `= ${formatNumber(observed)} ${relation}: ${words(status)}`),
    ...(isRobust && margin !== undefined
      ? [`margin = ${formatNumber(margin)}: samples this small may differ by that much by chance`]
      : []),
    ...detectableLines(check),
  ];
}

function chiSquared(check: InsightsCheck): string[] {
  const { statistic = 0, critical_value: critical, threshold = 0, status } = check;
  const { degrees_of_freedom: degrees, p_value: p, n, m } = check;
  const limit = critical ?? threshold;
  const relation = `${statistic > limit ? ">" : "<="} ${formatNumber(limit)}`;
  const chance = [
    ...(degrees === undefined ? [] : [`degrees of freedom ${degrees}`]),
    ...(p === undefined ? [] : [`p = ${formatNumber(p)}`]),
    ...(critical === undefined ? [] : [`threshold p = ${formatNumber(threshold)}`]),
    `n = ${n}, m = ${m}`,
  ];
  return [
    `chi-squared statistic = ${formatNumber(statistic)} ${relation}: ${status}`,
    `${chance.join(", ")}`,
    ...detectableLines(check),
  ];
}

function detectableLines(check: InsightsCheck): string[] {
  const sentence = detectableSentence(check);
  return sentence === undefined ? [] : [sentence];
}

function otherOf({ type, other }: InsightsCheck): string[] {
  if (other === undefined) return [];
  const { observed, semantics, status } = other;
  const isShare = type !== "baseline_drift_check";
  const number =
    observed === undefined ? "" : isShare ? formatShare(observed) : formatNumber(observed);
  return [`under ${semantics}: ${words(status)}${number === "" ? "" : `, ${number}`}`];
}

/** Puts the result behind its formula, or below it where a line is too short for both. */
function oneLine(formula: string, result: string): string[] {
  const whole = `${formula} ${result}`;
  return whole.length <= LINE_WIDTH ? [whole] : [formula, `  ${result}`];
}

function words(status: string): string {
  return status.replaceAll("_", " ");
}
