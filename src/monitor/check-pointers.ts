/**
 * Points from checks to what the baseline's `constraints.json` says of them: to the number whose
 * change makes a violation pass, where there is one.
 */
import type { CheckResult, FeatureCheckInput } from "../checks/check.ts";
import { constraintPointer } from "../constraints/constraint-pointer.ts";
import type { Baseline } from "./baseline.ts";
import type { Comparison } from "./compare.ts";

const FEATURES_POINTER = "/features";

type Key = Parameters<typeof constraintPointer>[2];

/**
 * Takes a comparison with the baseline. The dataset's checks lead to the list of features; to the
 * feature itself where it is the one that is known to be missing. Advisories have no pointer.
 */
export function checkPointers(
  { constraints, constraintsJson }: Baseline,
  { matched, missing }: Pick<Comparison, "matched" | "missing">,
): (result: CheckResult) => string | undefined {
  const positions = new Map(constraints.features.map(({ name }, position) => [name, position]));
  const inputs = new Map(matched.map((input) => [input.constraint.name, input]));
  return (result) => {
    if (result.type === "extra_column_check") return FEATURES_POINTER;
    if (result.type === "missing_column_check") {
      const only = missing.length === 1 ? positions.get(missing[0]!) : undefined;
      return only === undefined ? FEATURES_POINTER : `${FEATURES_POINTER}/${only}`;
    }
    const position = positions.get(result.featureName);
    const key = keyOf(result, inputs.get(result.featureName));
    if (position === undefined || key === undefined) return undefined;
    return constraintPointer(constraintsJson, position, key);
  };
}

function keyOf({ type }: CheckResult, input: FeatureCheckInput | undefined): Key | undefined {
  switch (type) {
    case "data_type_check":
      return "datatypeCheckThreshold";
    case "completeness_check":
      return "completeness";
    case "categorical_values_check":
      return "domainContentThreshold";
    case "non_negative_check":
      return "isNonNegative";
    case "baseline_drift_check":
      return input?.baseline?.categories === undefined
        ? "comparisonThreshold"
        : "categoricalComparisonThreshold";
    default:
      return undefined;
  }
}
