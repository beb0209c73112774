/** How a check's facts become a result. */
import { formatJavaDouble } from "../base/java-double.ts";
import type { CheckResult } from "./check.ts";

type Facts = Omit<CheckResult, "status" | "violation">;

/** Makes a judged result; the description is used only when the check is violated. */
export function judge(facts: Facts, isViolated: boolean, description: string): CheckResult {
  if (!isViolated) return { ...facts, status: "passed" };
  const { featureName, type: checkType } = facts;
  return { ...facts, status: "violated", violation: { featureName, checkType, description } };
}

/** Makes the result of a column whose cells are all missing; completeness reports the loss. */
export function withoutCells(facts: Facts): CheckResult {
  return { ...facts, status: "no_data", reason: "no cell is present" };
}

/** Writes a share as the service's texts do: times 100, unrounded, without the percent sign. */
export function formatPercentage(share: number): string {
  return formatJavaDouble(share * 100);
}
