import { describe, expect, it } from "vitest";
import type { InsightsCheck } from "../../monitor/insights.ts";
import { checkFormula } from "./check-formula.ts";

const COUNTS = { counts: { present: 1_819, missing: 181 } };

const DRIFT: InsightsCheck = {
  type: "baseline_drift_check",
  status: "violated",
  observed: 0.2706,
  threshold: 0.1,
  method: "LInfinity",
  kind: "distance",
  n: 2_000,
  m: 10_000,
  margin: 1.8 * Math.sqrt(12_000 / 20_000_000),
  simple: 0.31469,
  robust: 0.2706,
};

describe("checkFormula", () => {
  it("puts the numbers of a robust distance in", () => {
    expect(checkFormula(DRIFT, COUNTS)).toBe(
      "max(0, D − 1.8·√((n + m) / (n·m))) = " +
        "max(0, 0.3147 − 1.8·√((2,000 + 10,000) / (2,000·10,000))) = " +
        "max(0, 0.3147 − 0.04409) = 0.2706 > 0.1",
    );
    expect(checkFormula(DRIFT, COUNTS, true)).toBe(
      "max(0, D − margin) = max(0, 0.3147 − 0.04409) = 0.2706 > 0.1",
    );
  });

  it("compares a simple distance as it is", () => {
    const simple = { ...DRIFT, observed: 0.31469 };
    expect(checkFormula(simple, COUNTS)).toBe("D = 0.3147 > 0.1");
    expect(checkFormula({ ...simple, threshold: 0.5 }, COUNTS)).toBe("D = 0.3147 ≤ 0.5");
  });

  it("tells a chi-squared test by its critical value", () => {
    const check: InsightsCheck = {
      type: "baseline_drift_check",
      status: "violated",
      method: "ChiSquared",
      observed: 1.3e-7,
      threshold: 0.05,
      statistic: 27.85,
      critical_value: 3.841,
      degrees_of_freedom: 1,
      p_value: 1.3e-7,
    };
    expect(checkFormula(check, COUNTS)).toBe(
      "χ² = 27.85 > 3.841 (1 degree of freedom), p = 1.3e-7",
    );
  });

  it.each<[Partial<InsightsCheck>, string]>([
    [
      { type: "completeness_check", observed: 0.9095, expected: 1 },
      "present cells / cells = 1,819 / 2,000 = 90.95% < 100%",
    ],
    [
      { type: "completeness_check", observed: 0.95, expected: 0.9 },
      "present cells / cells = 95% ≥ 90%",
    ],
    [
      { type: "data_type_check", observed: 0.9785, expected: "Integral", threshold: 1 },
      "Integral cells / judged cells = 97.85% < 100%",
    ],
    [
      { type: "categorical_values_check", observed: 0.968, threshold: 0.9 },
      "known categories / present cells = 96.8% ≥ 90%",
    ],
    [{ type: "non_negative_check", observed: 0.993 }, "values from 0 on / values = 99.3% < 100%"],
  ])("counts shares: %j", (check, formula) => {
    expect(checkFormula({ status: "violated", ...check } as InsightsCheck, COUNTS)).toBe(formula);
  });

  it("has none for a check that was not judged, or of the whole dataset", () => {
    const check = { type: "baseline_drift_check", status: "no_data" } as const;
    expect(checkFormula(check, COUNTS)).toBeUndefined();
    const columns = { type: "missing_column_check", status: "passed", observed: 3 } as const;
    expect(checkFormula(columns, COUNTS)).toBeUndefined();
  });
});
