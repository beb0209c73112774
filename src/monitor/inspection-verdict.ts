/** Whether the columns meet the features they should, in one sentence. Pure. */
import { formatCount } from "../base/format-number.ts";
import { plural } from "../base/plural.ts";
import type { InspectedColumn, Inspection } from "./inspection.ts";

/**
 * Judges what was matched; `misalignments` counts the layouts that explain the columns better.
 * Columns whose values differ from their feature's are told, but do not change the status: that may
 * be drift.
 */
export function inspectionVerdict(
  columns: readonly InspectedColumn[],
  matching: Inspection["matching"],
  misalignments: number,
): Inspection["verdict"] {
  const width = plural(columns.length, "column");
  if (matching === undefined) {
    return {
      status: "no_baseline",
      text: `${width}; -b <baseline> tells which features they meet`,
    };
  }
  const { by, features, missing, extra } = matching;
  const wanted = plural(features, "feature");
  const isWhole = missing.length + extra.length === 0;
  if (by === "name" && !isWhole) {
    const met = features - missing.length;
    const text =
      `${formatCount(met)} of ${wanted} ${met === 1 ? "has" : "have"} a column of ` +
      `${met === 1 ? "its" : "their"} name, ${missing.length} none; ` +
      `${plural(extra.length, "column")} without a feature`;
    return { status: "unmatched", text };
  }
  if (!isWhole) {
    const text = `${width}, ${wanted}: by position a check can compare none of them`;
    return { status: "unmatched", text };
  }
  const differing = columns.filter(({ fit }) => fit === "misfits").length;
  const retyped = columns.filter(isRetyped).length;
  const doubt =
    (differing === 0 ? "" : `; values of ${differing} are not like the feature's`) +
    (retyped === 0 ? "" : `; ${retyped} ${retyped === 1 ? "has" : "have"} another type`);
  const text = `${width} ${columns.length === 1 ? "meets" : "meet"} ${wanted} by ${by}${doubt}`;
  return { status: misalignments > 0 ? "misaligned" : "aligned", text };
}

/** Whole numbers are no other type than the fractions that were expected. */
function isRetyped({ type, feature_type: expected }: InspectedColumn): boolean {
  if (expected === undefined || expected === "Unknown" || type === "Unknown") return false;
  return type !== expected && !(type === "Integral" && expected === "Fractional");
}
