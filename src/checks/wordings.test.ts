/** What checks say of violations, word by word. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { times } from "../../fixtures/column-of.ts";
import { descriptionOf } from "../../fixtures/evaluate-check.ts";
import texts from "../../fixtures/vectors/texts.json" with { type: "json" };
import { categoricalValuesCheck } from "./categorical-values.ts";
import { evaluateColumnCount } from "./column-count.ts";
import { completenessCheck } from "./completeness.ts";
import { dataTypeCheck } from "./data-type.ts";
import { nonNegativeCheck } from "./non-negative.ts";

/** Violations of given ratios, worded by the checks themselves. */
const WORDINGS = {
  data_type_check: (
    type: "Integral" | "Fractional" | "String",
    matching: number,
    present: number,
  ) => {
    const [right, wrong] =
      type === "Integral" ? [1, 0.5] : type === "Fractional" ? [0.5, 1] : ["x", 1];
    return descriptionOf(dataTypeCheck, {
      constraint: { inferredType: type },
      cells: [...times(matching, right), ...times(present - matching, wrong)],
      semantics: "model-monitor",
    });
  },
  completeness_check: (present: number, rows: number) =>
    descriptionOf(completenessCheck, {
      constraint: { completeness: 1 },
      cells: [...times(present, 1), ...times(rows - present, null)],
    }),
  categorical_values_check: (allowed: number, present: number) =>
    descriptionOf(categoricalValuesCheck, {
      constraint: { inferredType: "String", domains: ["a"] },
      cells: [...times(allowed, "a"), ...times(present - allowed, "b")],
    }),
};

test.each(texts.descriptions)("$check is worded as the vectors have it", (vector) => {
  const [first, second] = vector.match ?? vector.observed ?? vector.in_domain ?? [];
  const columns = evaluateColumnCount({
    current: vector.current ?? 0,
    baseline: vector.baseline ?? 0,
    namesDiffer: false,
  });
  const wording: Record<string, () => string | undefined> = {
    data_type_check: () => WORDINGS.data_type_check("Integral", first!, second!),
    completeness_check: () => WORDINGS.completeness_check(first!, second!),
    categorical_values_check: () => WORDINGS.categorical_values_check(first!, second!),
    missing_column_check: () => columns[0]!.violation?.description,
    extra_column_check: () => columns[1]!.violation?.description,
    // Worded in baseline-drift.test.ts, where there are two samples.
    baseline_drift_check: () => vector.description,
  };
  expect(wording[vector.check]!()).toBe(vector.description);
});

const MESSAGES = new URL("../../../shared/data/messages.json", import.meta.url);

describe.skipIf(!existsSync(MESSAGES))("what the service wrote since 2021", () => {
  interface Message {
    readonly constraint_check_type: string;
    readonly feature_name: string;
    readonly description: string;
    readonly ratio?: string;
    readonly generation: string;
  }
  const current = (JSON.parse(readFileSync(MESSAGES, "utf8")).violations as Message[]).filter(
    ({ generation }) => generation === "current",
  );

  test.each(current.filter(({ constraint_check_type: type }) => type !== "baseline_drift_check"))(
    "$description",
    ({ constraint_check_type: type, feature_name: name, description, ratio }) => {
      const [first, second] = (ratio ?? "0/5").split(" ")[0]!.split("/").map(Number) as [
        number,
        number,
      ];
      if (type === "data_type_check") {
        const expected = /Expected data type: (\w+)/.exec(description)![1] as "Integral";
        expect(WORDINGS.data_type_check(expected, first, second)).toBe(description);
      } else if (type === "completeness_check") {
        expect(WORDINGS.completeness_check(first, second)).toBe(description);
      } else {
        const [violation] = evaluateColumnCount({
          current: 23,
          baseline: 22,
          namesDiffer: false,
        }).flatMap((result) => result.violation ?? []);
        expect(violation).toEqual({ featureName: name, checkType: type, description });
      }
    },
  );
});

test("AWS's visualiser finds the share in both texts it looks for", () => {
  const pattern = /Value: (.+) does not meet the constraint requirement!/;
  expect(pattern.exec(WORDINGS.categorical_values_check(1, 111)!)![1]).toBe("0.009009009009009009");
  const negative = descriptionOf(nonNegativeCheck, {
    constraint: { inferredType: "Integral", isNonNegative: true },
    cells: [1, 1, 1, -2],
  });
  expect(pattern.exec(negative!)![1]).toBe("0.75");
});
