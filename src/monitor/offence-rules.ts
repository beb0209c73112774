/** What the constraints of a baseline ask of single cells, by the columns that will meet them. */
import type { OffenceRule } from "../accumulate/feature-offences.ts";
import type { Semantics } from "../base/semantics.ts";
import { matchingClasses } from "../checks/data-type.ts";
import { isNonNegativeChecked } from "../checks/non-negative.ts";
import type { FeatureConstraints } from "../constraints/constraints.ts";
import type { Baseline } from "./baseline.ts";

export interface RuleOptions {
  readonly semantics: Semantics;
  /** The columns' names, where they are known before the first record is read. */
  readonly names?: readonly string[] | undefined;
}

/**
 * Finds the rule of the column at a position as `compare` will match it: by name under `tidemark`
 * where names are known; else by position, as rows laid by name stand in the features' order.
 */
export function offenceRules(
  { constraints: { features } }: Baseline,
  { semantics, names }: RuleOptions,
): (position: number) => OffenceRule | undefined {
  const isByName = semantics === "tidemark" && names !== undefined;
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  return (position) => {
    const feature = isByName ? byName.get(names[position] ?? "") : features[position];
    return feature && ruleOf(feature, semantics);
  };
}

function ruleOf(feature: FeatureConstraints, semantics: Semantics): OffenceRule {
  const { name, inferredType, completeness, domains } = feature;
  return {
    name,
    isMissingCounted: completeness !== undefined,
    classes: inferredType === "Unknown" ? undefined : matchingClasses(inferredType, semantics),
    domain: inferredType === "String" ? domains : undefined,
    isNonNegative: isNonNegativeChecked(feature, semantics),
  };
}
