/** What it would take for violations to pass. */
import { type CheckResult, isAdvisory } from "../checks/check.ts";
import { severityOfResult } from "./severity.ts";

/**
 * The threshold at which a violated check would no longer be violated, the closest there is: what
 * was observed, since every check with a threshold lets the threshold itself pass. Undefined where
 * no number is asked for (columns, signs) or none of the user's own (advisories).
 */
export function passesAt({ type, status, observed }: CheckResult): number | undefined {
  if (status !== "violated" || isAdvisory(type)) return undefined;
  switch (type) {
    case "missing_column_check":
    case "extra_column_check":
    case "non_negative_check":
      return undefined;
    default:
      return observed;
  }
}

/**
 * The fewest features without whose violations the run would pass, gravest first. A feature passes
 * only without any violation, so these are all that have one; `Missing columns` and `Extra columns`
 * stand for those of the dataset, which no feature clears.
 */
export function clearingFeatures(results: readonly CheckResult[]): string[] {
  const violated = results
    .filter(({ status }) => status === "violated")
    .sort((a, b) => severityOfResult(b) - severityOfResult(a));
  return [...new Set(violated.map(({ featureName }) => featureName))];
}
