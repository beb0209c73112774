/** The violations of a run in the order in which every report shows them. */
import type { Insights, InsightsCheck, InsightsFeature } from "../monitor/insights.ts";

export interface ReportedViolation {
  /** The feature's, or `Missing columns` and `Extra columns`. */
  readonly name: string;
  /** Absent for the checks of the whole dataset. */
  readonly feature?: InsightsFeature | undefined;
  readonly check: InsightsCheck;
}

/** Lists the violated checks, gravest first: columns, then by how far the limit is missed. */
export function violationsBySeverity(insights: Insights): readonly ReportedViolation[] {
  const ofFeatures = insights.features.flatMap((feature) =>
    feature.checks.map((check) => ({ name: feature.name, feature, check })),
  );
  return [...datasetChecks(insights), ...ofFeatures]
    .filter(({ check }) => check.status === "violated")
    .map((violation) => ({ violation, severity: severityOf(violation.check) }))
    .sort((a, b) => b.severity - a.severity)
    .map(({ violation }) => violation);
}

/** Names the checks of the whole dataset; their numbers are of columns. */
export function datasetChecks({ dataset }: Insights): readonly ReportedViolation[] {
  return dataset.checks.map((check) => {
    const isMissing = check.type === "missing_column_check";
    const { length } = isMissing ? dataset.missing : dataset.extra;
    // By name, as many columns as expected may still be others.
    const counted = dataset.matching === "name" ? { observed: length, expected: 0 } : {};
    const name = isMissing ? "Missing columns" : "Extra columns";
    return { name, check: { ...check, ...counted } };
  });
}

/** How far a violated check misses its limit; columns stand above all else. */
export function severityOf(check: InsightsCheck): number {
  const observed = check.observed ?? 0;
  switch (check.type) {
    case "missing_column_check":
    case "extra_column_check":
      return 2;
    case "baseline_drift_check":
      return check.method === "ChiSquared" ? 1 : observed - (check.threshold ?? 0);
    case "completeness_check":
      return Number(check.expected ?? 1) - observed;
    default:
      return (check.threshold ?? 1) - observed;
  }
}
