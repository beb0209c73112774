/** Whether constraints and the statistics beside them can be checked together. */
import { excerpt } from "../base/tidemark-error.ts";
import { sampleMargin } from "../checks/sample-margin.ts";
import { type Constraints, configOf, type FeatureConstraints } from "../constraints/constraints.ts";
import type { FeatureProfile, Profile } from "../profile/profile.ts";
import type { FoundAt } from "./lint-finding.ts";

/** A window so large that its own part of the margin is nothing. */
const LARGEST_WINDOW = Number.MAX_SAFE_INTEGER;

/** Finds features of the constraints that the statistics do not have, or have of another type. */
export function findMissingStatistics(
  { features }: Constraints,
  statistics: Profile,
): readonly FoundAt[] {
  const byName = new Map(statistics.features.map((feature) => [feature.name, feature]));
  return features.flatMap(({ name, inferredType }, index): FoundAt[] => {
    const found = byName.get(name);
    if (found === undefined) {
      return [
        {
          path: ["features", index, "name"],
          what: `statistics.json has no feature ${excerpt(name)}`,
          hint: "Its drift is checked with the statistics of the same position.",
        },
      ];
    }
    if (inferredType === "Unknown" || found.inferredType === inferredType) return [];
    return [
      {
        path: ["features", index, "inferred_type"],
        what:
          `the type of ${excerpt(name)} is ${inferredType} here and ` +
          `${found.inferredType} in statistics.json`,
      },
    ];
  });
}

/**
 * Finds thresholds that the robust margin puts out of reach: from a baseline this small no window,
 * however large, could show drift or show that there is none.
 */
export function findUnreachableDrift(
  constraints: Constraints,
  statistics: Profile,
): readonly FoundAt[] {
  const byName = new Map(statistics.features.map((feature) => [feature.name, feature]));
  return constraints.features.flatMap((feature, index): FoundAt[] => {
    const profile = byName.get(feature.name);
    const config = configOf(constraints.config, feature);
    const compared = profile === undefined ? undefined : sampleOf(feature, profile);
    const isRobust = config.performComparison && config.comparisonMethod === "Robust";
    if (compared === undefined || compared.size === 0 || !isRobust) return [];
    if (compared.isCategorical && config.categoricalDriftMethod === "ChiSquared") return [];
    const threshold = compared.isCategorical
      ? config.categoricalComparisonThreshold
      : config.comparisonThreshold;
    const margin = sampleMargin(LARGEST_WINDOW, compared.size);
    if (margin < threshold && threshold + margin < 1) return [];
    const [drift, short] = [`drift of ${excerpt(feature.name)}`, margin.toPrecision(3)];
    const ofBaseline = `of a baseline of ${compared.size}`;
    return [
      {
        path: ["features", index],
        what:
          threshold + margin >= 1
            ? `${drift} can not be found: threshold ${threshold} and margin ${short} ` +
              `${ofBaseline} reach 1`
            : `${drift} can not be ruled out: the margin ${short} ${ofBaseline} reaches the ` +
              `threshold ${threshold}`,
        expected: "a larger baseline, a higher threshold or comparison_method Simple",
      },
    ];
  });
}

function sampleOf(
  { inferredType }: FeatureConstraints,
  profile: FeatureProfile,
): { readonly size: number; readonly isCategorical: boolean } | undefined {
  if (inferredType === "Unknown") return undefined;
  if (profile.numeric?.distribution !== undefined) {
    return { size: profile.present, isCategorical: false };
  }
  if (inferredType !== "String" || profile.categories === undefined) return undefined;
  const size = profile.categories.reduce((sum, { count }) => sum + count, 0);
  return { size, isCategorical: true };
}
