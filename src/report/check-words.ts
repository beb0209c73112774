/** What a check is called, what it observed and what it asked for, in words. */

import { formatNumber, formatShare } from "../base/format-number.ts";
import { type CheckStatus, isAdvisory } from "../checks/check.ts";
import type { Insights, InsightsCheck } from "../monitor/insights.ts";
import { cutToWidth } from "./display-width.ts";

const VALUE_WIDTH_MAX = 40;

const LABELS: Readonly<Record<InsightsCheck["type"], string>> = {
  missing_column_check: "missing columns",
  extra_column_check: "extra columns",
  data_type_check: "data type",
  completeness_check: "completeness",
  categorical_values_check: "categories",
  non_negative_check: "non-negative",
  baseline_drift_check: "drift",
  advisory_excess_distance: "distance",
  advisory_psi: "stability index",
  advisory_category_shares: "category shares",
  advisory_new_categories: "new categories",
  advisory_missing_rate: "missing rate",
  advisory_zero_rate: "zero rate",
  advisory_spike: "spike",
};

/** Names a check in two words at most. */
export function labelOf({ type }: Pick<InsightsCheck, "type">): string {
  return LABELS[type];
}

/** Why a check did not judge, by status; judged ones have no such words. */
export const UNJUDGED_WORDS: Readonly<Partial<Record<CheckStatus, string>>> = {
  no_data: "no value to judge",
  not_comparable: "nothing comparable in the baseline",
  insufficient_sample: "too few records to show drift",
  insufficient_categories: "too few categories",
};

/** Writes what was observed: a share, a distance, a statistic or a number of columns. */
export function observedOf(check: InsightsCheck): string {
  const observed = check.observed ?? 0;
  if (isAdvisory(check.type)) return formatNumber(observed);
  switch (check.type) {
    case "missing_column_check":
    case "extra_column_check":
      return String(observed);
    case "baseline_drift_check":
      return formatNumber(check.statistic ?? observed);
    default:
      return formatShare(observed);
  }
}

/** Writes what would have passed. */
export function limitOf(check: InsightsCheck): string {
  const threshold = check.threshold ?? 0;
  switch (check.type) {
    case "missing_column_check":
    case "extra_column_check":
      return `${check.expected} columns`;
    case "baseline_drift_check":
      return `<= ${formatNumber(check.critical_value ?? threshold)}`;
    case "completeness_check":
      return `>= ${formatShare(Number(check.expected ?? 1))}`;
    case "data_type_check":
      return `>= ${formatShare(threshold)} ${check.expected}`;
    case "categorical_values_check":
      return `>= ${formatShare(threshold)} known`;
    case "non_negative_check":
      return "100% from 0 on";
    default:
      return `< ${formatNumber(threshold)}`;
  }
}

/** Tells a judged check in a sentence, passed or not; `matching` is how columns met features. */
export function sentenceOf(
  check: InsightsCheck,
  matching?: Insights["dataset"]["matching"],
): string {
  const observed = observedOf(check);
  const least = formatShare(Number(check.threshold ?? check.expected ?? 1));
  switch (check.type) {
    case "missing_column_check":
      return matching === "name"
        ? `Columns of the baseline are missing: ${observed}.`
        : `${observed} columns came, ${check.expected} were expected.`;
    case "extra_column_check":
      return matching === "name"
        ? `Columns came that the baseline does not have: ${observed}.`
        : `${observed} columns came, ${check.expected} were expected.`;
    case "data_type_check":
      return `${observed} of the cells are ${check.expected}; at least ${least} must be.`;
    case "completeness_check":
      return `${observed} of the cells are present; at least ${least} must be.`;
    case "categorical_values_check":
      return `${observed} of the cells hold a known category; at least ${least} must.`;
    case "non_negative_check":
      return `${observed} of the values are from 0 on; all must be.`;
    case "baseline_drift_check":
      return driftSentence(check);
    default:
      return `The ${labelOf(check)} is ${observed}; it must be ${limitOf(check)}.`;
  }
}

function driftSentence(check: InsightsCheck): string {
  const { method, kind, status, threshold = 0, at, p_value: p } = check;
  const limit = check.critical_value ?? threshold;
  const relation = status === "violated" ? "is above" : "is not above";
  const compared = `${observedOf(check)} ${relation} ${formatNumber(limit)}`;
  if (method === "ChiSquared") {
    const chance =
      kind === "pvalue" && p !== undefined
        ? ` (p = ${formatNumber(p)}, threshold ${formatNumber(threshold)})`
        : "";
    return `The chi-squared statistic ${compared}${chance}.`;
  }
  const where = at === undefined ? "" : `; the gap is largest at ${valueText(at)}`;
  return `The distance of the distributions ${compared}${where}.`;
}

/** Tells the smallest difference that a window could have shown; undefined where none is known. */
export function detectableSentence({ detectable, power }: InsightsCheck): string | undefined {
  if (detectable === undefined) return undefined;
  const least = formatNumber(detectable);
  return power === undefined
    ? `A gap above ${least} would have been a violation.`
    : `A category's share that changes by ${least} is a violation in ${formatShare(power)} of ` +
        "such windows or more.";
}

/** Writes a value: a number, or a text in quotes, cut. */
export function valueText(value: number | string): string {
  return typeof value === "number"
    ? formatNumber(value)
    : JSON.stringify(cutToWidth(value, VALUE_WIDTH_MAX));
}

/** Tells with which setting a violation would pass; undefined where that is not known. */
export function passSentence(check: InsightsCheck): string | undefined {
  const { passes_at: passesAt, passes_with: passesWith } = check;
  const setting = passesAt === undefined ? passesWith : `${settingOf(check)} ${passesAt}`;
  return setting && `It would pass with ${setting}.`;
}

function settingOf({ type, method, at, pointer = "" }: InsightsCheck): string {
  switch (type) {
    case "data_type_check":
      return "datatype_check_threshold";
    case "categorical_values_check":
      return "domain_content_threshold";
    case "baseline_drift_check": {
      const isCategorical =
        method === "ChiSquared" || typeof at === "string" || pointer.includes("categorical");
      return isCategorical ? "categorical_comparison_threshold" : "comparison_threshold";
    }
    default:
      return "completeness";
  }
}
