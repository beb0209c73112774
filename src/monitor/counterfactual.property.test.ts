import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { columnOf } from "../../fixtures/column-of.ts";
import { SEMANTICS } from "../base/semantics.ts";
import { ALL_CHECKS } from "../checks/all.ts";
import type { CheckResult, CheckType, FeatureCheckInput } from "../checks/check.ts";
import { configOf, DEFAULT_CONFIG, type FeatureConstraints } from "../constraints/constraints.ts";
import { clearingFeatures, passesAt, passesWith } from "./counterfactual.ts";

const number = fc.integer({ min: -4, max: 30 });
const text = fc.constantFrom("a", "b", "c", "d", "e");
const cells = fc.oneof(
  fc.array(fc.option(number, { freq: 8 }), { minLength: 1, maxLength: 150 }),
  fc.array(fc.option(text, { freq: 8 }), { minLength: 1, maxLength: 150 }),
  fc.array(fc.constantFrom("a", "b"), { minLength: 60, maxLength: 200 }),
  fc.array(fc.oneof(text, number, fc.boolean()), { minLength: 1, maxLength: 40 }),
);
const share = fc.double({ min: 0, max: 1, noNaN: true });

const input = fc
  .record({
    before: cells,
    now: cells,
    semantics: fc.constantFrom(...SEMANTICS),
    completeness: share,
    domains: fc.subarray(["a", "b", "c", "1"]),
    isNonNegative: fc.boolean(),
    config: fc.record({
      datatypeCheckThreshold: share,
      domainContentThreshold: share,
      comparisonThreshold: share,
      categoricalComparisonThreshold: share,
      comparisonMethod: fc.constantFrom("Robust" as const, "Simple" as const),
      categoricalDriftMethod: fc.constantFrom("LInfinity" as const, "ChiSquared" as const),
    }),
  })
  .map(({ before, now, semantics, config, ...given }): FeatureCheckInput => {
    const baseline = columnOf("f", before);
    const { inferredType } = baseline;
    const constraint: FeatureConstraints = { name: "f", inferredType, overrides: {}, ...given };
    return {
      constraint,
      config: configOf({ ...DEFAULT_CONFIG, ...config }, constraint),
      baseline,
      current: columnOf("f", now),
      typeMatches: true,
      semantics,
    };
  });

/** The input with another threshold for one check. */
function withThreshold(given: FeatureCheckInput, type: CheckType, threshold: number) {
  const { constraint, config } = given;
  switch (type) {
    case "completeness_check":
      return { ...given, constraint: { ...constraint, completeness: threshold } };
    case "data_type_check":
      return { ...given, config: { ...config, datatypeCheckThreshold: threshold } };
    case "categorical_values_check":
      return { ...given, config: { ...config, domainContentThreshold: threshold } };
    default:
      return {
        ...given,
        config: {
          ...config,
          comparisonThreshold: threshold,
          categoricalComparisonThreshold: threshold,
        },
      };
  }
}

/** A little nearer to the threshold that was violated. */
function nearer(from: number, to: number): number {
  return from + (to - from) * 1e-6;
}

describe("passesAt", () => {
  it("is where a violated check passes, and nothing nearer to its threshold is", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(input, (given) => {
        for (const check of ALL_CHECKS) {
          const result = check.evaluate(given);
          const at = result && passesAt(result);
          const isViolated = result?.status === "violated";
          // A statistic past all numbers, where cells stand that none was expected in, has no limit.
          const isNumbered =
            isViolated && check.type !== "non_negative_check" && Number.isFinite(result.observed);
          expect(result && passesWith(result) !== undefined).toBe(
            result && isViolated && !isNumbered,
          );
          if (!isNumbered) {
            expect(at).toBeUndefined();
            continue;
          }
          const kind = `${check.type} ${result.drift?.method ?? ""} ${result.drift?.kind ?? ""}`;
          seen.set(kind, (seen.get(kind) ?? 0) + 1);
          const statusAt = (threshold: number) =>
            check.evaluate(withThreshold(given, check.type, threshold))!.status;
          expect(["passed", "insufficient_sample"]).toContain(statusAt(at!));
          const near = nearer(at!, result.threshold!);
          if (near !== at) expect(statusAt(near)).toBe("violated");
        }
      }),
      { seed: 1, numRuns: casesOf(1_000, 10_000) },
    );
    expect([...seen.keys()].sort()).toEqual([
      "baseline_drift_check ChiSquared distance",
      "baseline_drift_check ChiSquared pvalue",
      "baseline_drift_check LInfinity distance",
      "categorical_values_check  ",
      "completeness_check  ",
      "data_type_check  ",
    ]);
  });
});

describe("clearingFeatures", () => {
  const resultOf = (type: CheckType, featureName: string, status: CheckResult["status"]) => ({
    type,
    featureName,
    status,
    observed: 0.5,
    threshold: type === "baseline_drift_check" ? 0.1 : 1,
  });

  it("names every feature with a violation once, gravest first, the dataset's by its name", () => {
    expect(
      clearingFeatures([
        resultOf("data_type_check", "b", "violated"),
        resultOf("data_type_check", "c", "passed"),
        resultOf("baseline_drift_check", "a", "violated"),
        resultOf("baseline_drift_check", "b", "violated"),
        resultOf("extra_column_check", "Extra columns", "violated"),
      ]),
    ).toEqual(["Extra columns", "b", "a"]);
    expect(clearingFeatures([resultOf("data_type_check", "c", "no_data")])).toEqual([]);
  });
});
