/** Raised advisories as violations, where the user asks for them. */
import type { AdvisoryCheckType, CheckResult } from "../checks/check.ts";
import type { RunAdvisories } from "./advisories.ts";
import type { Comparison } from "./compare.ts";
import { ADVISORY_RULES } from "./insights-evidence.ts";

/** Adds them after all results and violations, in the order of the rules, then of the features. */
export function withAdvisories(comparison: Comparison, advisories: RunAdvisories): Comparison {
  const added = ADVISORY_RULES.flatMap((rule) =>
    [...advisories].flatMap(([featureName, ofFeature]) =>
      ofFeature
        .filter((advisory) => advisory.rule === rule && advisory.status === "raised")
        .map(({ observed, threshold, sentence }): CheckResult => {
          const type: AdvisoryCheckType = `advisory_${rule}`;
          const violation = { featureName, checkType: type, description: sentence };
          return { type, featureName, status: "violated", observed, threshold, violation };
        }),
    ),
  );
  return {
    ...comparison,
    results: [...comparison.results, ...added],
    violations: [...comparison.violations, ...added.flatMap(({ violation }) => violation ?? [])],
  };
}
