import { describe, expect, test } from "vitest";
import { columnOf, times } from "../../fixtures/column-of.ts";
import { descriptionOf, evaluate } from "../../fixtures/evaluate-check.ts";
import texts from "../../fixtures/vectors/texts.json" with { type: "json" };
import types from "../../fixtures/vectors/types.json" with { type: "json" };
import { SEMANTICS } from "../base/semantics.ts";
import type { InferredType } from "../profile/profile.ts";
import { ALL_CHECKS } from "./all.ts";
import { categoricalValuesCheck } from "./categorical-values.ts";
import { evaluateColumnCount } from "./column-count.ts";
import { completenessCheck } from "./completeness.ts";
import { dataTypeCheck } from "./data-type.ts";
import { formatPercentage } from "./judge.ts";
import { nonNegativeCheck } from "./non-negative.ts";

test("the checks stand in the order of their violations", () => {
  expect(ALL_CHECKS.map(({ type }) => type)).toEqual([
    "data_type_check",
    "completeness_check",
    "categorical_values_check",
    "non_negative_check",
    "baseline_drift_check",
  ]);
});

test.each(texts.percent)("$numerator of $denominator is $text %", (row) => {
  expect(formatPercentage(row.numerator / row.denominator)).toBe(row.text);
});

describe("the data type check", () => {
  const CELLS = { Integral: 1, Fractional: 0.5, Boolean: true, String: "x" } as const;
  const cases = types.type_match.flatMap((row) =>
    SEMANTICS.map(
      (semantics) =>
        [
          row.expected as InferredType,
          row.cell_class as keyof typeof CELLS,
          semantics,
          semantics === "tidemark" ? row.tidemark : row.model_monitor,
        ] as const,
    ),
  );
  test.each(cases)(
    "expecting %s, a cell of class %s under %s matches: %s",
    (expected, cellClass, semantics, matches) => {
      const result = evaluate(dataTypeCheck, {
        constraint: { inferredType: expected },
        cells: [CELLS[cellClass], null],
        semantics,
      });
      if (expected === "Unknown") expect(result).toBeUndefined();
      else
        expect(result).toMatchObject({
          observed: matches ? 1 : 0,
          status: matches ? "passed" : "violated",
        });
    },
  );

  test("is violated below the threshold, not at it, missing cells outside the count", () => {
    const constraint = { inferredType: "Integral" } as const;
    const cells = [...times(3, 1), "x", ...times(6, null)];
    expect(
      evaluate(dataTypeCheck, { constraint, cells, config: { datatypeCheckThreshold: 0.75 } }),
    ).toEqual({
      type: "data_type_check",
      featureName: "f",
      status: "passed",
      expected: "Integral",
      observed: 0.75,
      threshold: 0.75,
    });
    expect(
      evaluate(dataTypeCheck, { constraint, cells, config: { datatypeCheckThreshold: 0.76 } }),
    ).toEqual({
      type: "data_type_check",
      featureName: "f",
      status: "violated",
      expected: "Integral",
      observed: 0.75,
      threshold: 0.76,
      violation: {
        featureName: "f",
        checkType: "data_type_check",
        description:
          "Data type match requirement is not met. Expected data type: Integral, " +
          "Expected match: 76.0%. Observed: Only 75.0% of data is Integral.",
      },
    });
  });

  test("has nothing to judge without a present cell", () => {
    expect(
      evaluate(dataTypeCheck, { constraint: { inferredType: "String" }, cells: [null] }),
    ).toEqual({
      type: "data_type_check",
      featureName: "f",
      status: "no_data",
      reason: "no cell is present",
      expected: "String",
      threshold: 1,
    });
  });
});

describe("the completeness check", () => {
  test("is violated below the feature's completeness, not at it", () => {
    const cells = [1, "x", null, null];
    expect(evaluate(completenessCheck, { constraint: { completeness: 0.5 }, cells })).toMatchObject(
      {
        status: "passed",
        observed: 0.5,
        expected: 0.5,
      },
    );
    expect(descriptionOf(completenessCheck, { constraint: { completeness: 0.57 }, cells })).toBe(
      "Data completeness requirement is not met. Expected: 56.99999999999999%. Observed: Only 50.0%.",
    );
  });

  test("reports a column that lost every cell", () => {
    expect(
      descriptionOf(completenessCheck, { constraint: { completeness: 1 }, cells: [null] }),
    ).toBe("Data completeness requirement is not met. Expected: 100.0%. Observed: Only 0.0%.");
  });

  test("has nothing to judge without rows, and is no check without a completeness", () => {
    expect(
      evaluate(completenessCheck, { constraint: { completeness: 1 }, cells: [] })?.status,
    ).toBe("no_data");
    expect(evaluate(completenessCheck, { constraint: {}, cells: [null] })).toBeUndefined();
  });
});

describe("the categorical values check", () => {
  const constraint = { inferredType: "String", domains: ["a", "b", "a"] } as const;

  test("is violated below the threshold, not at it", () => {
    const cells = ["a", "b", "A", "a ", null];
    const config = { domainContentThreshold: 0.5 };
    expect(evaluate(categoricalValuesCheck, { constraint, cells, config })).toMatchObject({
      status: "passed",
      observed: 0.5,
      threshold: 0.5,
    });
    expect(descriptionOf(categoricalValuesCheck, { constraint, cells })).toBe(
      "Value: 0.5 does not meet the constraint requirement! ",
    );
  });

  test("counts texts beyond the table as unseen", () => {
    const column = columnOf("f", ["a", "c", "c", "c"]);
    const frequencies = { counts: new Map([["a", 1]]), other: 3 };
    const cells = { ...column, measured: { ...column.measured!, frequencies } };
    expect(evaluate(categoricalValuesCheck, { constraint, cells })?.observed).toBe(0.25);
  });

  test("takes no cell for allowed where no text is", () => {
    const none = { inferredType: "String", domains: [] } as const;
    expect(evaluate(categoricalValuesCheck, { constraint: none, cells: ["a"] })).toMatchObject({
      status: "violated",
      observed: 0,
    });
  });

  test("is no check without domains or on a numeric feature", () => {
    expect(
      evaluate(categoricalValuesCheck, { constraint: { inferredType: "String" }, cells: ["a"] }),
    ).toBeUndefined();
    expect(
      evaluate(categoricalValuesCheck, {
        constraint: { inferredType: "Integral", domains: ["1"] },
        cells: [2],
      }),
    ).toBeUndefined();
  });

  test("has nothing to judge without a present cell", () => {
    expect(evaluate(categoricalValuesCheck, { constraint, cells: [null] })?.status).toBe("no_data");
  });
});

describe("the non-negative check", () => {
  const constraint = { inferredType: "Fractional", isNonNegative: true } as const;

  test("is violated by a single negative number", () => {
    const cells = [1, 2, -0.5, -3, "x", null];
    expect(evaluate(nonNegativeCheck, { constraint, cells })).toMatchObject({
      status: "violated",
      observed: 0.5,
    });
    expect(descriptionOf(nonNegativeCheck, { constraint, cells })).toBe(
      "Value: 0.5 does not meet the constraint requirement! 2 negative values, minimum -3.0",
    );
  });

  test("takes zero and missing cells for compliant", () => {
    expect(evaluate(nonNegativeCheck, { constraint, cells: [0, null, 7] })).toMatchObject({
      status: "passed",
      observed: 1,
    });
  });

  test("leaves cells without a usable number out", () => {
    const column = columnOf("f", [1, 1, -1, -1]);
    const cells = { ...column.measured!.cells, uncastable: 1, nonFinite: 1, negative: 1 };
    const current = { ...column, measured: { ...column.measured!, cells } };
    expect(evaluate(nonNegativeCheck, { constraint, cells: current })?.observed).toBe(0.5);
  });

  test("is no check under model-monitor, on a String feature or where signs are free", () => {
    const cells = [-1];
    const isNonNegative = true;
    expect(
      evaluate(nonNegativeCheck, { constraint, cells, semantics: "model-monitor" }),
    ).toBeUndefined();
    expect(
      evaluate(nonNegativeCheck, { constraint: { inferredType: "String", isNonNegative }, cells }),
    ).toBeUndefined();
    expect(
      evaluate(nonNegativeCheck, { constraint: { inferredType: "Unknown", isNonNegative }, cells }),
    ).toBeUndefined();
    expect(
      evaluate(nonNegativeCheck, {
        constraint: { inferredType: "Integral", isNonNegative: false },
        cells,
      }),
    ).toBeUndefined();
    expect(
      evaluate(nonNegativeCheck, { constraint: { inferredType: "Integral" }, cells }),
    ).toBeUndefined();
  });

  test("has nothing to judge without a number", () => {
    expect(evaluate(nonNegativeCheck, { constraint, cells: [null] })).toMatchObject({
      status: "no_data",
      reason: "no cell is present",
    });
    expect(evaluate(nonNegativeCheck, { constraint, cells: ["x"] })).toMatchObject({
      status: "no_data",
      reason: "no cell is a number",
    });
  });
});

describe("the column count checks", () => {
  const violatedBy = (current: number, baseline: number, namesDiffer = false): string[] =>
    evaluateColumnCount({ current, baseline, namesDiffer }).flatMap(
      ({ violation }) => violation?.checkType ?? [],
    );

  test("report fewer columns, more columns, or as many others", () => {
    expect(violatedBy(3, 3)).toEqual([]);
    expect(violatedBy(2, 3, true)).toEqual(["missing_column_check"]);
    expect(violatedBy(4, 3)).toEqual(["extra_column_check"]);
    expect(violatedBy(3, 3, true)).toEqual(["missing_column_check", "extra_column_check"]);
  });

  test("say both counts", () => {
    expect(evaluateColumnCount({ current: 8, baseline: 9, namesDiffer: false })[0]).toEqual({
      type: "missing_column_check",
      featureName: "Missing columns",
      status: "violated",
      observed: 8,
      expected: 9,
      violation: {
        featureName: "Missing columns",
        checkType: "missing_column_check",
        description: texts.descriptions.find(({ check }) => check === "missing_column_check")!
          .description,
      },
    });
  });
});
