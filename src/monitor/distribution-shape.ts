/**
 * The distributions of a feature on both sides, on common buckets, so that they can be drawn and
 * compared. Every record counts, ties too, whichever semantics judges: where the cumulative
 * distributions lie farthest apart, their gap is the `simple` distance of `tidemark`.
 */
import { numericDistance } from "../checks/numeric-distance.ts";
import type { FeatureProfile, NumericSummary } from "../profile/profile.ts";
import { type Bucket, bucketsOf } from "../sketch/buckets.ts";
import { type RankMap, rankBelow, rankMapOf, rankUpTo } from "../sketch/rank-map.ts";
import { bucketShares } from "./bucket-shares.ts";
import { decileShares } from "./decile-shares.ts";
import type {
  BucketShares,
  CategoricalShape,
  CategoryShares,
  NumericShape,
} from "./insights-evidence.ts";
import { placesOfParts } from "./places-of-parts.ts";
import { weightsBetween } from "./weights-between.ts";

const CATEGORIES_MAX = 50;
/** Each side is cut in so many equal parts for the cumulative distributions. */
const CDF_PARTS = 32;

export interface ShapeOptions {
  /** Leave out what may be values of single records: deciles, points of the distributions. */
  readonly isRedacted?: boolean | undefined;
}

/**
 * Takes the baseline as a file holds it and the current side as measured. Numbers are compared
 * where the baseline is numeric, categories where it lists them; undefined where a side has nothing
 * of the kind. A baseline without its sketch has buckets alone.
 */
export function distributionShape(
  baseline: FeatureProfile,
  current: FeatureProfile,
  { isRedacted = false }: ShapeOptions = {},
): NumericShape | CategoricalShape | undefined {
  if (baseline.numeric !== undefined) {
    const measured = current.measured?.numeric;
    const shape = measured && numericShape(baseline.numeric, measured);
    return shape && isRedacted ? { kind: shape.kind, buckets: shape.buckets } : shape;
  }
  const categories = categorySharesOf(baseline, current);
  return categories && categoricalShape(categories);
}

/** Categories of both sides, and what can not be named. */
export interface AllCategoryShares {
  /** The baseline's, in its order, then those that only the current side has, in its order. */
  readonly named: readonly CategoryShares[];
  /**
   * Share of current cells whose text the baseline lacks and the run's statistics do not list
   * either: it stays unnamed, as any cell's text does.
   */
  readonly unnamed: number;
}

/** Undefined where the baseline lists no category, or a side has no cell. */
export function categorySharesOf(
  baseline: FeatureProfile,
  current: FeatureProfile,
): AllCategoryShares | undefined {
  const { categories } = baseline;
  const counts = current.measured?.frequencies.counts;
  const m = (categories ?? []).reduce((sum, { count }) => sum + count, 0);
  const n = current.present;
  if (categories === undefined || counts === undefined || m === 0 || n === 0) return undefined;
  const before = new Map(categories.map(({ value, count }) => [value, count]));
  const listed = (current.categories ?? []).map(({ value }) => value);
  const named = [...new Set([...before.keys(), ...listed])].map((value) => ({
    value,
    baseline: (before.get(value) ?? 0) / m,
    current: (counts.get(value) ?? 0) / n,
  }));
  const known = named.reduce((sum, { value }) => sum + (counts.get(value) ?? 0), 0);
  return { named, unnamed: (n - known) / n };
}

function categoricalShape({ named, unnamed }: AllCategoryShares): CategoricalShape {
  const gapOf = (each: CategoryShares): number => Math.abs(each.current - each.baseline);
  const sorted = named.toSorted((a, b) => gapOf(b) - gapOf(a));
  const rest = sorted.slice(CATEGORIES_MAX);
  const categories = sorted.slice(0, CATEGORIES_MAX);
  if (rest.length === 0 && unnamed === 0) return { kind: "categorical", categories };
  const shareOf = (side: "baseline" | "current"): number =>
    rest.reduce((sum, each) => sum + each[side], 0);
  return {
    kind: "categorical",
    categories,
    others: {
      count: rest.length,
      baseline: Math.min(1, shareOf("baseline")),
      current: Math.min(1, shareOf("current") + unnamed),
    },
  };
}

function numericShape(baseline: NumericSummary, current: NumericSummary): NumericShape | undefined {
  if (baseline.distribution === undefined || current.distribution === undefined) return undefined;
  const before = rankMapOf(baseline.distribution.sketch, "correct");
  const now = rankMapOf(current.distribution.sketch, "correct");
  return {
    kind: "numeric",
    buckets: histogram(baseline, before, now),
    deciles: decileShares(before, now),
    cdf: before.n === 0 ? undefined : cumulate(before, now),
  };
}

function histogram(baseline: NumericSummary, before: RankMap, now: RankMap): BucketShares {
  const { min = 0, max = 0, distribution } = baseline;
  const written = distribution!.buckets;
  const buckets =
    written.length > 0 ? written : bucketsOf(distribution!.sketch, min, max, "exhaustive");
  const bounds = [...new Set(buckets.slice(1).map(({ lowerBound }) => lowerBound))];
  const weightsOf = (map: RankMap): number[] => weightsBetween(bounds, map, rankBelow);
  const weights = before.n > 0 ? weightsOf(before) : countsFrom(bounds, buckets);
  return bucketShares(bounds, weights, now === before ? weights : weightsOf(now));
}

/** The counts of the buckets by where they begin: those of a constant column begin alike. */
function countsFrom(bounds: readonly number[], buckets: readonly Bucket[]): number[] {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const { lowerBound, count } of buckets) {
    counts[bounds.filter((bound) => bound <= lowerBound).length]! += count;
  }
  return counts;
}

function cumulate(before: RankMap, now: RankMap): NonNullable<NumericShape["cdf"]> {
  if (now === before) return cumulateAlone(before);
  const at = numericDistance(now, before)!.at;
  const points = new Set(at === undefined ? [] : [at]);
  for (const map of [before, now]) {
    for (const place of placesOfParts(map, CDF_PARTS)) points.add(map.items[place]!);
  }
  points.add(Math.max(before.items.at(-1)!, now.items.at(-1)!));
  const sorted = [...points].sort((a, b) => a - b);
  const sharesOf = (map: RankMap): number[] => sorted.map((point) => rankUpTo(map, point) / map.n);
  return { at: sorted, baseline: sharesOf(before), current: sharesOf(now) };
}

/** A baseline alone lies over itself. */
function cumulateAlone(map: RankMap): NonNullable<NumericShape["cdf"]> {
  const places = placesOfParts(map, CDF_PARTS);
  const last = map.items.length - 1;
  if (places.at(-1) !== last) places.push(last);
  const shares = places.map((place) => map.ranks[place]! / map.n);
  return { at: places.map((place) => map.items[place]!), baseline: shares, current: shares };
}
