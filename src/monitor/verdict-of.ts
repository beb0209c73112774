/** The verdict of a run, and what the other semantics says of the same records. */
import { otherSemantics, type Semantics } from "../base/semantics.ts";
import type { CheckStatus, CheckType } from "../checks/check.ts";
import type { RunAdvisories } from "./advisories.ts";
import type { InsightsParts } from "./build-insights.ts";
import type { Comparison } from "./compare.ts";
import { clearingFeatures } from "./counterfactual.ts";
import type { Insights, OtherVerdict } from "./insights.ts";

const UNJUDGED: readonly CheckStatus[] = [
  "no_data",
  "not_comparable",
  "insufficient_sample",
  "insufficient_categories",
];

type VerdictParts = Pick<InsightsParts, "semantics" | "comparison" | "other" | "advisories">;

/** Counts what was found; a baseline has nothing to be judged by. */
export function verdictOf(parts: VerdictParts): Insights["verdict"] {
  const { semantics, comparison, other, advisories } = parts;
  if (comparison === undefined) {
    return { status: "profiled", violations: 0, by_check: {}, unjudged: 0 };
  }
  const byCheck: Partial<Record<CheckType, number>> = {};
  for (const { checkType } of comparison.violations) {
    byCheck[checkType] = (byCheck[checkType] ?? 0) + 1;
  }
  return {
    status: comparison.violations.length === 0 ? "passed" : "violated",
    violations: comparison.violations.length,
    by_check: byCheck,
    unjudged: comparison.results.filter(({ status }) => UNJUDGED.includes(status)).length,
    advisories: advisories && countRaised(advisories),
    clearing: comparison.violations.length === 0 ? undefined : clearingFeatures(comparison.results),
    other: other === undefined ? undefined : otherVerdict(semantics, comparison, other),
  };
}

function countRaised(advisories: RunAdvisories): number {
  return [...advisories.values()].flat().filter(({ status }) => status === "raised").length;
}

function otherVerdict(
  semantics: Semantics,
  here: Comparison,
  other: Comparison | "not_comparable",
): OtherVerdict {
  const named = { semantics: otherSemantics(semantics) };
  if (other === "not_comparable") return { ...named, status: "not_comparable" };
  const keysOf = ({ violations }: Comparison): Set<string> =>
    new Set(violations.map(({ featureName, checkType }) => `${featureName}: ${checkType}`));
  const hereKeys = keysOf(here);
  const thereKeys = keysOf(other);
  return {
    ...named,
    status: other.violations.length === 0 ? "passed" : "violated",
    violations: other.violations.length,
    only_here: [...hereKeys].filter((key) => !thereKeys.has(key)),
    only_there: [...thereKeys].filter((key) => !hereKeys.has(key)),
  };
}
