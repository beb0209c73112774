/** What it would take for violations to pass. */
import { type CheckResult, isAdvisory } from "../checks/check.ts";
import { severityOfResult } from "./severity.ts";

/**
 * The threshold at which a violated check would no longer be violated, the closest there is: what
 * was observed, since every check with a threshold lets the threshold itself pass. Undefined where
 * no number decides, as `passesWith` then tells.
 */
export function passesAt(result: CheckResult): number | undefined {
  return result.status === "violated" && passesWith(result) === undefined
    ? result.observed
    : undefined;
}

/** What makes a violation pass where no number of the constraints decides, as a setting. */
export function passesWith({ type, status, observed }: CheckResult): string | undefined {
  if (status !== "violated") return undefined;
  if (isAdvisory(type)) return "advisoriesAsViolations false";
  switch (type) {
    case "missing_column_check":
      return "features that all came as columns";
    case "extra_column_check":
      return "a feature for every column that came";
    case "non_negative_check":
      return "is_non_negative false";
    default:
      return observed === Number.POSITIVE_INFINITY
        ? "no threshold: cells hold a category that the baseline has none of"
        : undefined;
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
