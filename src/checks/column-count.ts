/** Has the run as many columns as the constraints have features? The two checks of the dataset. */
import type { CheckResult } from "./check.ts";
import { judge } from "./judge.ts";

export interface ColumnCounts {
  /** Columns of the run. */
  readonly current: number;
  /** Features in the constraints. */
  readonly baseline: number;
  /** Columns were matched by name, and the two sides do not have the same ones. */
  readonly namesDiffer: boolean;
}

/**
 * Evaluates the missing and the extra column check, in this order. Unequal counts violate one of
 * them; equal counts of differing names violate both.
 */
export function evaluateColumnCount(counts: ColumnCounts): readonly CheckResult[] {
  const { current, baseline, namesDiffer } = counts;
  const areOthers = current === baseline && namesDiffer;
  const result = (kind: "missing" | "extra", name: string, isViolated: boolean): CheckResult =>
    judge(
      { type: `${kind}_column_check`, featureName: name, observed: current, expected: baseline },
      isViolated,
      `There are ${kind} columns in current dataset. ` +
        `Number of columns in current dataset: ${current}, ` +
        `Number of columns in baseline constraints: ${baseline}`,
    );
  return [
    result("missing", "Missing columns", current < baseline || areOthers),
    result("extra", "Extra columns", current > baseline || areOthers),
  ];
}
