/** The arithmetic of a judged check with its numbers put in, so that it can be done by hand. */

import { formatCount, formatNumber, formatShare } from "../../base/format-number.ts";
import { plural } from "../../base/plural.ts";
import type { InsightsCheck, InsightsFeature } from "../../monitor/insights.ts";
import { observedOf } from "../check-words.ts";

/** Undefined for a check that was not judged, and for those of the whole dataset. */
export function checkFormula(
  check: InsightsCheck,
  { counts }: Pick<InsightsFeature, "counts">,
  isBrief: boolean = false,
): string | undefined {
  const { observed, expected, threshold = 1 } = check;
  if (observed === undefined) return undefined;
  switch (check.type) {
    case "baseline_drift_check":
      return check.method === "ChiSquared"
        ? chiSquaredFormula(check)
        : distanceFormula(check, isBrief);
    case "completeness_check": {
      const least = Number(expected ?? threshold);
      const share = presentShare(counts, observed);
      return `present cells / cells = ${share}${atLeast(observed, least)}`;
    }
    case "data_type_check":
      return `${expected} cells / judged cells = ${shareOf(observed, threshold)}`;
    case "categorical_values_check":
      return `known categories / present cells = ${shareOf(observed, threshold)}`;
    case "non_negative_check":
      return `values from 0 on / values = ${shareOf(observed, 1)}`;
    default:
      return undefined;
  }
}

/** As a fraction where the counts are those that the check saw. */
function presentShare(counts: InsightsFeature["counts"], observed: number): string {
  if (counts === undefined) return formatShare(observed);
  const all = counts.present + counts.missing;
  const isSame = all > 0 && Math.abs(counts.present / all - observed) < 1e-9;
  const fraction = isSame ? `${formatCount(counts.present)} / ${formatCount(all)} = ` : "";
  return fraction + formatShare(observed);
}

/**
 * The robust form subtracts a margin, the simple one does not; what was compared tells which of
 * both it was.
 */
function distanceFormula(check: InsightsCheck, isBrief: boolean): string | undefined {
  const { observed = 0, threshold = 0, simple, robust, margin, n, m } = check;
  if (simple === undefined) return undefined;
  const verdict = atMost(observed, threshold);
  const isRobust = observed === robust && observed !== simple;
  if (!isRobust || margin === undefined || n === undefined || m === undefined) {
    return `D = ${formatNumber(simple)}${verdict}`;
  }
  const distance = formatNumber(simple);
  const left = formatNumber(observed);
  const difference = `max(0, ${distance} − ${formatNumber(margin)}) = ${left}${verdict}`;
  if (isBrief) return `max(0, D − margin) = ${difference}`;
  const root = Math.sqrt((n + m) / (n * m));
  const factor = formatNumber(margin / root);
  const [sizeN, sizeM] = [formatCount(n), formatCount(m)];
  return (
    `max(0, D − ${factor}·√((n + m) / (n·m))) = ` +
    `max(0, ${distance} − ${factor}·√((${sizeN} + ${sizeM}) / (${sizeN}·${sizeM}))) = ` +
    difference
  );
}

function chiSquaredFormula(check: InsightsCheck): string {
  const { observed = 0, threshold = 0, statistic, critical_value: critical, p_value: p } = check;
  const freedom =
    check.degrees_of_freedom === undefined
      ? ""
      : ` (${plural(check.degrees_of_freedom, "degree")} of freedom)`;
  const chance = p === undefined ? "" : `, p = ${formatNumber(p)}`;
  const limit = critical ?? threshold;
  const verdict = atMost(statistic ?? observed, limit);
  return `χ² = ${observedOf(check)}${verdict}${freedom}${chance}`;
}

function shareOf(observed: number, least: number): string {
  return formatShare(observed) + atLeast(observed, least);
}

function atLeast(observed: number, least: number): string {
  return ` ${observed >= least ? "≥" : "<"} ${formatShare(least)}`;
}

function atMost(observed: number, most: number): string {
  return ` ${observed <= most ? "≤" : ">"} ${formatNumber(most)}`;
}
