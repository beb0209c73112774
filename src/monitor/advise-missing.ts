/** Is a cell missing more often, or less often, than in the baseline? */
import type { FeatureProfile } from "../profile/profile.ts";
import type { AdvisoryFinding } from "./advisory-finding.ts";
import { findRate, type Rate } from "./rate-finding.ts";

const THRESHOLD = 0.02;

/** Undefined where nothing is missing on either side. */
export function adviseMissing(
  baseline: FeatureProfile,
  current: FeatureProfile,
): AdvisoryFinding | undefined {
  if (baseline.missing + current.missing === 0) return undefined;
  const question = { rule: "missing_rate", threshold: THRESHOLD, subject: "Missing are" } as const;
  return findRate(question, missingOf(current), missingOf(baseline));
}

function missingOf({ missing, present }: FeatureProfile): Rate {
  return { count: missing, of: missing + present };
}
