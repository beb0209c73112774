/**
 * Among which records a shift is concentrated: for each drifted feature the values of others within
 * which it lies farther from the baseline than without them.
 *
 * Bounded: the 10 gravest drifted features, the first 20 others of 2 to 20 values.
 */
import type { BinnedColumn, SegmentColumn, SegmentCounts } from "../accumulate/segment-counts.ts";
import type { CheckResult, FeatureCheckInput } from "../checks/check.ts";
import { sampleMargin } from "../checks/sample-margin.ts";
import type { FeatureProfile, Profile } from "../profile/profile.ts";
import type { Comparison } from "./compare.ts";
import { categorySharesOf, distributionShape } from "./distribution-shape.ts";
import type { Segment } from "./insights-evidence.ts";
import { severityOfResult } from "./severity.ts";

const FEATURES_MAX = 10;
const SEGMENTS_MAX = 20;
const VALUES_MAX = 20;
const LISTED_MAX = 3;
/** Smaller segments say little. */
const RECORDS_MIN = 30;
/** How much farther a segment must lie from the baseline than all other records. */
const RATIO_MIN = 1.5;

/** A drifted feature in bins, with what the baseline has in each. */
export interface DriftedColumn extends BinnedColumn {
  /** Cumulative shares at the bounds of numbers, shares of texts. */
  readonly baseline: readonly number[];
  /** The baseline's sample size. */
  readonly m: number;
}

/** Lists the drifted features of a comparison, gravest first; `names` are the columns' own. */
export function driftedColumns(
  { results, matched }: Comparison,
  profile: Profile,
  names: readonly string[] | undefined,
): DriftedColumn[] {
  const inputs = new Map(matched.map((input) => [input.constraint.name, input]));
  const positions = new Map(profile.features.map(({ name }, position) => [name, position]));
  return results
    .filter(({ type, status }) => type === "baseline_drift_check" && status === "violated")
    .sort((a, b) => severityOfResult(b) - severityOfResult(a))
    .flatMap((result) => {
      const position = positions.get(result.featureName);
      const binned = binsOf(inputs.get(result.featureName)!, result);
      if (position === undefined || binned === undefined) return [];
      return [{ name: names?.[position] ?? result.featureName, position, ...binned }];
    })
    .slice(0, FEATURES_MAX);
}

function binsOf(
  { baseline, current }: FeatureCheckInput,
  { drift }: CheckResult,
): Pick<DriftedColumn, "bins" | "baseline" | "m"> | undefined {
  const m = drift?.m ?? 0;
  const shape = distributionShape(baseline!, current);
  if (shape?.kind === "numeric") {
    const { cdf } = shape;
    return cdf && { bins: { bounds: cdf.at }, baseline: cdf.baseline, m };
  }
  const categories = categorySharesOf(baseline!, current)?.named;
  return (
    categories && {
      bins: { texts: categories.map(({ value }) => value) },
      baseline: categories.map((each) => each.baseline),
      m,
    }
  );
}

/** Lists the features of few values that statistics name, in column order. */
export function segmentColumns(
  profile: Profile,
  names: readonly string[] | undefined,
  isRedacted: boolean,
): SegmentColumn[] {
  return profile.features
    .map((feature, position) => ({
      name: names?.[position] ?? feature.name,
      position,
      values: valuesOf(feature, isRedacted),
    }))
    .filter(({ values }) => values.length >= 2 && values.length <= VALUES_MAX)
    .slice(0, SEGMENTS_MAX);
}

function valuesOf(feature: FeatureProfile, isRedacted: boolean): readonly string[] {
  const { categories, inferredType, measured } = feature;
  if (categories !== undefined) return categories.map(({ value }) => value);
  const { counts, other } = measured!.frequencies;
  return inferredType === "Integral" && other === 0 && !isRedacted ? [...counts.keys()] : [];
}

/** Finds the segments of each drifted feature by its place, at most three, most telling first. */
export function findSegments(
  counts: SegmentCounts,
  features: readonly DriftedColumn[],
  segments: readonly SegmentColumn[],
  profile: Profile,
): ReadonlyMap<string, readonly Segment[]> {
  const found = features.map((feature, f) => {
    const all = counts.allOf(f);
    const told = segments.flatMap((segment, s) =>
      segment.values.flatMap((value, v) => {
        const within = counts.within(f, s, v);
        const name = profile.features[segment.position]!.name;
        return compareSegment({ feature: name, value }, within, all, feature) ?? [];
      }),
    );
    const listed = told
      .sort((a, b) => a.distance_without - b.distance_without)
      .slice(0, LISTED_MAX);
    return [profile.features[feature.position]!.name, listed] as const;
  });
  return new Map(found.filter(([, listed]) => listed.length > 0));
}

function compareSegment(
  named: Pick<Segment, "feature" | "value">,
  within: Float64Array,
  all: Float64Array,
  feature: DriftedColumn,
): Segment | undefined {
  const rest = all.map((weight, bin) => weight - within[bin]!);
  const [n, others] = [sumOf(within), sumOf(rest)];
  if (n < RECORDS_MIN || others < RECORDS_MIN) return undefined;
  const segment = {
    ...named,
    records: n,
    share: n / (n + others),
    distance_within: distanceOf(within, n, feature),
    distance_without: distanceOf(rest, others, feature),
  };
  const beyondChance = segment.distance_within - sampleMargin(n, feature.m);
  return beyondChance > RATIO_MIN * segment.distance_without ? segment : undefined;
}

function distanceOf(counts: Float64Array, n: number, { bins, baseline }: DriftedColumn): number {
  const isOfNumbers = "bounds" in bins;
  let weight = 0;
  let most = 0;
  counts.forEach((count, bin) => {
    weight = isOfNumbers ? weight + count : count;
    // The last bin: of numbers both sides are whole there, of texts the baseline has none.
    const before = baseline[bin] ?? (isOfNumbers ? 1 : 0);
    most = Math.max(most, Math.abs(weight / n - before));
  });
  return most;
}

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
