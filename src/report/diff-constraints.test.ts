import { describe, expect, it } from "vitest";
import {
  type Constraints,
  DEFAULT_CONFIG,
  type FeatureConstraints,
} from "../constraints/constraints.ts";
import { diffConstraints } from "./diff-constraints.ts";

const AGE: FeatureConstraints = {
  name: "age",
  inferredType: "Integral",
  completeness: 1,
  isNonNegative: true,
  overrides: {},
};
const PLAN: FeatureConstraints = {
  name: "plan",
  inferredType: "String",
  completeness: 0.5,
  domains: ["basic", "pro"],
  overrides: { comparisonThreshold: 0.2 },
};

function constraintsOf(features: readonly FeatureConstraints[], config = {}): Constraints {
  return { features, config: { ...DEFAULT_CONFIG, ...config } };
}

describe("diffConstraints", () => {
  it("finds nothing between a file and itself", () => {
    expect(diffConstraints(constraintsOf([AGE, PLAN]), constraintsOf([AGE, PLAN]))).toEqual([]);
  });

  it("tells what came, what went and what every feature is checked with", () => {
    const before = constraintsOf([AGE]);
    const after = constraintsOf([PLAN], {
      comparisonThreshold: 0.25,
      evaluateConstraints: false,
      categoricalComparisonThreshold: undefined,
    });
    expect(diffConstraints(before, after)).toEqual([
      "every feature",
      "  evaluate_constraints  Enabled -> Disabled",
      "  comparison_threshold  0.1 -> 0.25",
      "  categorical_comparison_threshold  0.1 -> comparison_threshold",
      "removed  age",
      "added    plan, String",
    ]);
  });

  it("tells every change of a feature", () => {
    const after: readonly FeatureConstraints[] = [
      { ...AGE, inferredType: "Fractional", completeness: undefined, isNonNegative: false },
      {
        ...PLAN,
        completeness: 0.50001,
        domains: ["pro", "max\u0007"],
        overrides: { categoricalDriftMethod: "ChiSquared" },
      },
    ];
    expect(diffConstraints(constraintsOf([AGE, PLAN]), constraintsOf(after))).toEqual([
      "age",
      "  type  Integral -> Fractional",
      "  completeness  at least 100% -> not checked",
      "  non-negative  checked -> not checked",
      "plan",
      "  completeness  at least 50% -> at least 0.50001",
      '  domains  + "max\\u0007"',
      '  domains  - "basic"',
      "  comparison_threshold  0.2 -> the file's",
      "  categorical_drift_method  the file's -> ChiSquared",
    ]);
  });

  it("tells of domains that are checked no more, and of another order", () => {
    const other = constraintsOf([{ ...PLAN, domains: undefined }, AGE]);
    expect(diffConstraints(constraintsOf([AGE, PLAN]), other)).toEqual([
      "the features stand in another order",
      "plan",
      "  domains  2 texts -> not checked",
    ]);
  });
});
