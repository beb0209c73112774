/** Which of a feature's violations tells what moved in it: one, since it is one sentence. */
import type { ReportedViolation } from "./violations-by-severity.ts";

/** The sentence, for the feature's drift, else for its first violation; else undefined. */
export function movedSentence({ feature, check }: ReportedViolation): string | undefined {
  const violated = feature?.checks.filter(({ status }) => status === "violated") ?? [];
  const teller = violated.find(({ type }) => type === "baseline_drift_check") ?? violated[0];
  return teller?.type === check.type ? feature?.moved?.sentence : undefined;
}
