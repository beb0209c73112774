/** Are enough of the cells present? */
import { completenessOf } from "../profile/profile.ts";
import type { FeatureCheck } from "./check.ts";
import { formatPercentage, judge, withoutCells } from "./judge.ts";

/** Violated when the share of present cells is below the feature's `completeness`. */
export const completenessCheck: FeatureCheck = {
  type: "completeness_check",

  suggest: (feature) => ({ completeness: completenessOf(feature) }),

  evaluate({ constraint, current }) {
    const expected = constraint.completeness;
    if (expected === undefined) return undefined;
    const facts = { type: this.type, featureName: constraint.name, expected, threshold: expected };
    if (current.present + current.missing === 0) return withoutCells(facts);
    const observed = completenessOf(current);
    const description =
      `Data completeness requirement is not met. Expected: ${formatPercentage(expected)}%. ` +
      `Observed: Only ${formatPercentage(observed)}%.`;
    return judge({ ...facts, observed }, observed < expected, description);
  },
};
