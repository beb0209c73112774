/**
 * Are enough of the present cells of the expected type?
 *
 * The ratio is over cells, not the inferred type of the column. The service matches strictly both
 * ways, with booleans as texts: whole numbers in a Fractional feature and numbers in a String one
 * fail (observed in published violations). `tidemark` takes Integral within Fractional within
 * String.
 */
import type { Semantics } from "../base/semantics.ts";
import type { CellCounts, InferredType } from "../profile/profile.ts";
import type { FeatureCheck } from "./check.ts";
import { formatPercentage, judge, withoutCells } from "./judge.ts";

type CellClass = "integral" | "fractional" | "boolean" | "string";
type Expected = Exclude<InferredType, "Unknown">;

const MATCHING: Record<Semantics, Record<Expected, readonly CellClass[]>> = {
  "model-monitor": {
    Integral: ["integral"],
    Fractional: ["fractional"],
    String: ["boolean", "string"],
  },
  tidemark: {
    Integral: ["integral"],
    Fractional: ["integral", "fractional"],
    String: ["integral", "fractional", "boolean", "string"],
  },
};

/** Violated when the share of matching cells is below `datatype_check_threshold`. */
export const dataTypeCheck: FeatureCheck = {
  type: "data_type_check",

  suggest: ({ inferredType }) => ({ inferredType }),

  evaluate({ constraint, config, current, semantics }) {
    const expected = constraint.inferredType;
    if (expected === "Unknown") return undefined;
    const threshold = config.datatypeCheckThreshold;
    const facts = { type: this.type, featureName: constraint.name, expected, threshold };
    if (current.present === 0) return withoutCells(facts);
    const matching = countMatching(current.measured!.cells, expected, semantics);
    const observed = matching / current.present;
    const description =
      `Data type match requirement is not met. Expected data type: ${expected}, ` +
      `Expected match: ${formatPercentage(threshold)}%. ` +
      `Observed: Only ${formatPercentage(observed)}% of data is ${expected}.`;
    return judge({ ...facts, observed }, observed < threshold, description);
  },
};

/** The classes of cells that are of the expected type. */
export function matchingClasses(expected: Expected, semantics: Semantics): readonly CellClass[] {
  return MATCHING[semantics][expected];
}

/** Counts the cells of the expected type. */
export function countMatching(cells: CellCounts, expected: Expected, semantics: Semantics): number {
  return matchingClasses(expected, semantics).reduce((sum, cellClass) => sum + cells[cellClass], 0);
}
