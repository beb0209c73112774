/**
 * Are the numbers of a column that never was negative still not negative?
 *
 * The service suggests the constraint and is not known ever to report it, so under `model-monitor`
 * this is no check. -0 is not negative; missing cells comply.
 */
import { formatJavaDouble } from "../base/java-double.ts";
import type { Semantics } from "../base/semantics.ts";
import type { FeatureConstraints } from "../constraints/constraints.ts";
import type { FeatureCheck } from "./check.ts";
import { judge, withoutCells } from "./judge.ts";

/** Whether negative values of a feature are looked for at all. */
export function isNonNegativeChecked(
  { inferredType, isNonNegative }: FeatureConstraints,
  semantics: Semantics,
): boolean {
  const isNumeric = inferredType === "Integral" || inferredType === "Fractional";
  return semantics === "tidemark" && isNumeric && isNonNegative === true;
}

/** Violated by a single value below zero. */
export const nonNegativeCheck: FeatureCheck = {
  type: "non_negative_check",

  suggest: ({ numeric }) => (numeric?.min === undefined ? {} : { isNonNegative: numeric.min >= 0 }),

  evaluate({ constraint, current, semantics }) {
    if (!isNonNegativeChecked(constraint, semantics)) return undefined;
    const facts = { type: this.type, featureName: constraint.name, expected: 1, threshold: 1 };
    if (current.present === 0) return withoutCells(facts);
    const { cells, numeric } = current.measured!;
    const values = cells.integral + cells.fractional - cells.uncastable - cells.nonFinite;
    if (values === 0) return { ...facts, status: "no_data", reason: "no cell is a number" };
    const observed = (values - cells.negative) / values;
    const minimum = formatJavaDouble(numeric?.min ?? 0);
    const description =
      `Value: ${formatJavaDouble(observed)} does not meet the constraint requirement! ` +
      `${cells.negative} negative values, minimum ${minimum}`;
    return judge({ ...facts, observed }, cells.negative > 0, description);
  },
};
