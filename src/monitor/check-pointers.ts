/** Points from checks to what the baseline's `constraints.json` says of them. */
import type { CheckResult, FeatureCheckInput } from "../checks/check.ts";
import { constraintPointer } from "../constraints/constraint-pointer.ts";
import type { Baseline } from "./baseline.ts";

type Key = Parameters<typeof constraintPointer>[2];

/** Takes what each feature's checks were given; the dataset's checks have no pointer. */
export function checkPointers(
  { constraints, constraintsJson }: Baseline,
  matched: readonly FeatureCheckInput[],
): (result: CheckResult) => string | undefined {
  const positions = new Map(constraints.features.map(({ name }, position) => [name, position]));
  const inputs = new Map(matched.map((input) => [input.constraint.name, input]));
  return (result) => {
    const position = positions.get(result.featureName);
    const key = keyOf(result, inputs.get(result.featureName));
    if (position === undefined || key === undefined) return undefined;
    return constraintPointer(constraintsJson, position, key);
  };
}

function keyOf({ type }: CheckResult, input: FeatureCheckInput | undefined): Key | undefined {
  switch (type) {
    case "data_type_check":
      return "inferredType";
    case "completeness_check":
      return "completeness";
    case "categorical_values_check":
      return "domains";
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
