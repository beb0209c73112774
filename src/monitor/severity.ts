/** How grave a violation is beside others: first columns, then by how far the limit is missed. */
import { type CheckResult, isAdvisory } from "../checks/check.ts";

type Judged = Pick<CheckResult, "type" | "observed" | "expected" | "threshold"> & {
  readonly method?: string | undefined;
};

/**
 * Orders violations; the larger the graver. A chi-squared test has no distance: it counts as 1, and
 * a stability index, which has no end, as at most that.
 */
export function severityOf({ type, observed = 0, expected, threshold, method }: Judged): number {
  if (isAdvisory(type)) return Math.min(1, observed - (threshold ?? 0));
  switch (type) {
    case "missing_column_check":
    case "extra_column_check":
      return 2;
    case "baseline_drift_check":
      return method === "ChiSquared" ? 1 : observed - (threshold ?? 0);
    case "completeness_check":
      return Number(expected ?? 1) - observed;
    default:
      return (threshold ?? 1) - observed;
  }
}

/** The same for a check's result. */
export function severityOfResult(result: CheckResult): number {
  return severityOf({ ...result, method: result.drift?.method });
}
