/** What `insights.json` tells of each feature beside its checks: both sides, shape, what moved. */
import type { CheckResult, FeatureCheckInput } from "../checks/check.ts";
import type { Profile } from "../profile/profile.ts";
import type { Baseline } from "./baseline.ts";
import type { Comparison } from "./compare.ts";
import { distributionShape } from "./distribution-shape.ts";
import type { InsightsFeature } from "./insights.ts";
import type { Segment, SideSummary } from "./insights-evidence.ts";
import { describeMoved } from "./moved.ts";
import { sideSummary } from "./side-summary.ts";

export type FeatureEvidence = Pick<
  InsightsFeature,
  "baseline" | "current" | "shape" | "moved" | "segments"
>;

export interface EvidenceParts {
  readonly profile: Profile;
  /** Absent for a baseline, as is what it was compared with. */
  readonly comparison?: Comparison | undefined;
  readonly baseline?: Baseline | undefined;
  readonly segments?: ReadonlyMap<string, readonly Segment[]> | undefined;
  /** Tell no number that may be the value of a single record, save the extremes. */
  readonly isRedacted?: boolean | undefined;
}

/** Gathers the evidence by feature name: of the run's columns, and of constraints they met. */
export function featureEvidence(parts: EvidenceParts): ReadonlyMap<string, FeatureEvidence> {
  const { profile, comparison, isRedacted = false } = parts;
  const resultsOf = new Map<string, CheckResult[]>();
  for (const result of comparison?.results ?? []) {
    const others = resultsOf.get(result.featureName);
    if (others === undefined) resultsOf.set(result.featureName, [result]);
    else others.push(result);
  }
  const evidence = new Map<string, FeatureEvidence>();
  for (const input of comparison?.matched ?? []) {
    const { name } = input.constraint;
    evidence.set(name, evidenceOf(input, resultsOf.get(name) ?? [], parts));
  }
  for (const feature of profile.features) {
    if (evidence.has(feature.name)) continue;
    evidence.set(feature.name, {
      current: sideSummary(feature, { isRedacted }),
      // A baseline lies over itself: its shape is there to be drawn.
      shape:
        comparison === undefined ? distributionShape(feature, feature, { isRedacted }) : undefined,
    });
  }
  return evidence;
}

function evidenceOf(
  input: FeatureCheckInput,
  results: readonly CheckResult[],
  { baseline, segments, isRedacted = false }: EvidenceParts,
): FeatureEvidence {
  const before =
    input.baseline &&
    (isRedacted
      ? sideSummary(input.baseline, { isRedacted })
      : withRecorded(sideSummary(input.baseline), input, baseline));
  const now = sideSummary(input.current, { isRedacted });
  const shape = input.baseline && distributionShape(input.baseline, input.current, { isRedacted });
  const moved = describeMoved({ input, results, before, now, shape, isRedacted });
  return {
    baseline: before,
    current: now,
    shape,
    moved,
    segments: segments?.get(input.constraint.name),
  };
}

/** The baseline's run saw its records: what it recorded of them is finer than a sketch tells. */
function withRecorded(
  summary: SideSummary,
  { baseline: feature }: FeatureCheckInput,
  baseline: Baseline | undefined,
): SideSummary {
  return { ...summary, ...baseline?.summaries?.get(feature!.name) };
}
