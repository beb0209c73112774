/**
 * What `insights.json` tells beyond verdicts: which records stand behind one, what moved and by how
 * much, and what it would take to pass.
 *
 * Shares are in 0..1. Numbers are computed from the profiles of both sides as the files hold them,
 * so that anyone can compute them again.
 */

/** A record behind a violation. */
export interface Offender {
  readonly file: string;
  readonly line: number;
  readonly event_id?: string | undefined;
  readonly inference_id?: string | undefined;
  /** As written. */
  readonly inference_time?: string | undefined;
  /** The cell's text, cut; only where values are shown. Absent too for a missing cell. */
  readonly value?: string | undefined;
}

/** A seeded sample of the records behind a violation, in input order. */
export interface Offenders {
  /** All of them; for drift, those sampled records that lie where the share grew most. */
  readonly count: number;
  /** Whether `count` is of all records or of a sample of them. */
  readonly of: "all" | "sample";
  /** Records of the sample that `count` is of. */
  readonly sampled?: number | undefined;
  /** Where the share grew most; absent where it would tell the value of a record. */
  readonly region?: DriftRegion | undefined;
  readonly sample: readonly Offender[];
}

/** Values in (above, up_to], an absent bound being open, or one value or category. */
export interface DriftRegion {
  readonly above?: number | undefined;
  readonly up_to?: number | undefined;
  readonly value?: number | string | undefined;
}

/** One side's values of a feature in a few numbers. */
export interface SideSummary {
  /** Present cells, or values where the feature is numeric. */
  readonly n: number;
  readonly missing_rate: number;
  readonly mean?: number | undefined;
  readonly std_dev?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Share of values that are 0. */
  readonly zero_rate?: number | undefined;
  /**
   * By name, from `p0.1` to `p99.9`: the least value that as many values do not exceed. A sketch,
   * which errs by up to 3 in 1,000 values, tells `p5` to `p95` alone; beyond them a t-digest of the
   * tails errs by up to 1 in 2,500 (`p1`, `p99`) and 1 in 20,000 (`p0.1`, `p99.9`), and tells
   * nothing where the run's own data drifted too far.
   */
  readonly quantiles?: Readonly<Record<string, number>> | undefined;
  /** Where the quantiles come from. */
  readonly quantiles_from?: "exact" | "sketch" | "t-digest" | undefined;
  /** The most frequent value, from a share of 0.01 on. */
  readonly top?: { readonly value: number | string; readonly share: number } | undefined;
}

/**
 * Both sides in the same buckets; shares of a side sum to 1. The outer two buckets are open: values
 * beyond the baseline's extremes lie in them.
 */
export interface BucketShares {
  /** Ascending and distinct; bucket i + 1 lies between bounds[i] and bounds[i + 1]. */
  readonly bounds: readonly number[];
  /** One more than there are bounds. */
  readonly baseline: readonly number[];
  readonly current: readonly number[];
  /**
   * What each of B buckets adds to the population stability index: (q - p) * ln(q / p), with
   * shares p of the baseline and q of the current side after half a record more in each bucket,
   * p = (weight + 1/2) / (sum of weights + B/2).
   */
  readonly psi?: readonly number[] | undefined;
}

export interface NumericShape {
  readonly kind: "numeric";
  /** Over the baseline's own buckets, [lower, upper) as in `statistics.json`. */
  readonly buckets: BucketShares;
  /**
   * Over the baseline's deciles, (lower, upper]: fewer where they coincide, more where one value
   * makes up over a tenth and stands alone. Absent where the baseline's sketch was left out.
   */
  readonly deciles?: BucketShares | undefined;
  /**
   * Both cumulative distributions, shares of values <= `at`, at up to 64 common points, the one of
   * the largest gap among them. Absent where the baseline's sketch was left out.
   */
  readonly cdf?:
    | {
        readonly at: readonly number[];
        readonly baseline: readonly number[];
        readonly current: readonly number[];
      }
    | undefined;
}

export interface CategoryShares {
  readonly value: string;
  readonly baseline: number;
  readonly current: number;
}

export interface CategoricalShape {
  readonly kind: "categorical";
  /** Those whose shares differ most, at most 50, most different first. */
  readonly categories: readonly CategoryShares[];
  /** All others together, cells included whose text no statistics name. */
  readonly others?:
    | { readonly count: number; readonly baseline: number; readonly current: number }
    | undefined;
}

/** What differs between both sides, in plain words and in numbers. */
export interface Moved {
  /** One sentence without values of single records. */
  readonly sentence: string;
  /** Where the gap between both distributions is largest. */
  readonly at?: number | string | undefined;
  /**
   * The gap there, current less baseline: of cumulative shares, so that it is below 0 where values
   * moved up, or of a category's share. Every record counts, whichever semantics judged.
   */
  readonly gap?: number | undefined;
  /** Difference of the medians in baseline units: interquartile range / 1.349, else std_dev. */
  readonly median_shift?: number | undefined;
  /** Ratio of the interquartile ranges, else of the deviations. */
  readonly spread_ratio?: number | undefined;
  /** A value whose share grew most, where that is a spike. */
  readonly spike?:
    | { readonly value: number; readonly baseline: number; readonly current: number }
    | undefined;
  /** Categories by how much their share grew or shrank, at most 5 each. */
  readonly gained?: readonly CategoryShares[] | undefined;
  readonly lost?: readonly CategoryShares[] | undefined;
  /** Categories that only one side has, at most 5 each, and how many there are. */
  readonly new?: { readonly count: number; readonly values: readonly CategoryShares[] } | undefined;
  readonly vanished?:
    | { readonly count: number; readonly values: readonly CategoryShares[] }
    | undefined;
}

/**
 * - `excess_distance`: the largest gap of the distributions, or of a category's shares, beyond the
 *   margin of the samples;
 * - `psi`: the population stability index over fixed baseline deciles, missing cells and a value of
 *   more than a tenth, beyond a chi-squared bound;
 * - `category_shares`: a two-sample chi-squared test over categories, rare ones joined;
 * - `new_categories`: the share of cells whose text the baseline does not list;
 * - `missing_rate`, `zero_rate`: a share that moved;
 * - `spike`: a value other than 0 whose share grew.
 */
export const ADVISORY_RULES = [
  "excess_distance",
  "psi",
  "category_shares",
  "new_categories",
  "missing_rate",
  "zero_rate",
  "spike",
] as const;

/** A rule's answer beside the verdict; it is a violation only where the user says so. */
export interface Advisory {
  readonly rule: (typeof ADVISORY_RULES)[number];
  /**
   * `raised`: the effect reaches `threshold` and is above `bound`, and the feature has moved by
   * `adjusted_p_value`. `insufficient_sample`: not raised, and samples this small leave what
   * matters unseen.
   */
  readonly status: "raised" | "passed" | "insufficient_sample";
  readonly observed: number;
  /** The least that matters: an effect size, not a significance. */
  readonly threshold: number;
  /** What samples of these sizes exceed by chance in 3 of 1,000 cases. */
  readonly bound: number;
  /** The rule's own. */
  readonly p_value: number;
  /**
   * The feature's: of all its rules together (Simes), among all features of the run
   * (Benjamini-Hochberg). Absent where samples are too small to be counted among them.
   */
  readonly adjusted_p_value?: number | undefined;
  /** Sample sizes of the current side and of the baseline. */
  readonly n: number;
  readonly m: number;
  readonly sentence: string;
}

/** Values of another feature among whose records the shift is concentrated. */
export interface Segment {
  readonly feature: string;
  readonly value: string;
  /** Records of the segment, and their share of the window. */
  readonly records: number;
  readonly share: number;
  /**
   * The feature's distance from the baseline within the segment, and without it: the simple one,
   * over the points of `shape.cdf` or the categories. The baseline is that of all its records.
   */
  readonly distance_within: number;
  readonly distance_without: number;
}
