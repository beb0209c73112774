/** The violations of a run in the order in which every report shows them. */
import type { Insights, InsightsCheck, InsightsFeature } from "../monitor/insights.ts";
import { severityOf } from "../monitor/severity.ts";

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
    feature.checks.filter(isViolated).map((check) => ({ name: feature.name, feature, check })),
  );
  return [...datasetChecks(insights).filter(({ check }) => isViolated(check)), ...ofFeatures]
    .map((violation) => ({ violation, severity: severityOf(violation.check) }))
    .sort((a, b) => b.severity - a.severity)
    .map(({ violation }) => violation);
}

function isViolated({ status }: InsightsCheck): boolean {
  return status === "violated";
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
