/** How a feature fared, as rows are coloured, filtered and sorted by it. */
import type { InsightsCheck, InsightsFeature } from "../../monitor/insights.ts";
import { severityOf } from "../../monitor/severity.ts";
import { UNJUDGED_WORDS } from "../check-words.ts";

export const LEVELS = ["violated", "advisory", "unjudged", "passed"] as const;

export type Level = (typeof LEVELS)[number];

/** The gravest thing that is known of a feature. */
export function levelOf({ checks, advisories = [] }: InsightsFeature): Level {
  if (checks.some(({ status }) => status === "violated")) return "violated";
  if (advisories.some(({ status }) => status === "raised")) return "advisory";
  return checks.some(isUnjudged) ? "unjudged" : "passed";
}

/** Whether a check ran and had nothing to judge. */
export function isUnjudged({ status }: InsightsCheck): boolean {
  return status in UNJUDGED_WORDS;
}

/** Violated checks, gravest first. */
export function violatedChecks(checks: readonly InsightsCheck[]): readonly InsightsCheck[] {
  return checks
    .filter(({ status }) => status === "violated")
    .sort((a, b) => severityOf(b) - severityOf(a));
}

/** The largest gap of both sides, in 0..1, whatever it was compared with. */
export function distanceOf({ checks, moved }: InsightsFeature): number | undefined {
  const drift = checks.find(({ type }) => type === "baseline_drift_check");
  return drift?.simple ?? (moved?.gap === undefined ? undefined : Math.abs(moved.gap));
}

/**
 * Sorts features gravest first: by level; violated ones by how far their gravest check misses its
 * limit, others by their distance.
 */
export function bySeverity(features: readonly InsightsFeature[]): readonly InsightsFeature[] {
  return features
    .map((feature) => ({ feature, level: LEVELS.indexOf(levelOf(feature)), grade: grade(feature) }))
    .sort((a, b) => a.level - b.level || b.grade - a.grade)
    .map(({ feature }) => feature);
}

function grade(feature: InsightsFeature): number {
  const [gravest] = violatedChecks(feature.checks);
  return gravest === undefined ? (distanceOf(feature) ?? -1) : severityOf(gravest);
}
