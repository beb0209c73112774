/**
 * The immutable result of profiling a dataset.
 *
 * What `statistics.json` holds stands directly on `FeatureProfile`; what only a profile made from
 * records can know stands under `measured`, which is absent on a profile read from a file.
 */
import type { KllSketch } from "../sketch/kll-sketch.ts";
import type { RankMap } from "../sketch/rank-map.ts";

export type InferredType = "Integral" | "Fractional" | "String" | "Unknown";

/** A histogram interval [lowerBound, upperBound); the last one is closed on both sides. */
export interface Bucket {
  readonly lowerBound: number;
  readonly upperBound: number;
  /** A weight in records, a whole number. */
  readonly count: number;
}

/**
 * Statistics of the finite values of a column. `mean`, `sum` and `stdDev` (population) are absent
 * when the sum overflows; everything is absent when no cell could be cast.
 */
export interface NumericSummary {
  readonly mean?: number | undefined;
  readonly sum?: number | undefined;
  readonly stdDev?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Outer quantiles by their place per mille, finer than the sketch has them, where known. */
  readonly tails?: ReadonlyMap<number, number> | undefined;
  readonly distribution?:
    | { readonly buckets: readonly Bucket[]; readonly sketch: KllSketch }
    | undefined;
}

/** A distinct text of a column and the number of its cells. */
export interface Category {
  readonly value: string;
  readonly count: number;
}

/** Present cells by class, and those whose number could not be used. */
export interface CellCounts {
  readonly integral: number;
  readonly fractional: number;
  readonly boolean: number;
  readonly string: number;
  /** Numeric class, but the cast fails (`- 5`). */
  readonly uncastable: number;
  /** Casts to an infinity (`1e999`). */
  readonly nonFinite: number;
  /** Finite values below zero, and those that are 0. */
  readonly negative: number;
  readonly zero: number;
}

/** Counts per text: exact for every text in `counts`; `other` cells held texts beyond the table. */
export interface Frequencies {
  readonly counts: ReadonlyMap<string, number>;
  readonly other: number;
}

/** Where a cell stands; `column` is the byte column when known. */
export interface CellPlace {
  readonly file: string;
  readonly line: number;
}

/** What the records themselves tell beyond `statistics.json`. */
export interface Measured {
  readonly cells: CellCounts;
  /** Summary of the castable cells, whatever the inferred type; undefined when there is none. */
  readonly numeric: NumericSummary | undefined;
  readonly frequencies: Frequencies;
  /** All castable values with their exact counts, while the column has few enough texts. */
  readonly values: RankMap | undefined;
  /** The first cell that made the column String, if any. */
  readonly firstString: CellPlace | undefined;
}

export interface FeatureProfile {
  readonly name: string;
  readonly inferredType: InferredType;
  readonly present: number;
  readonly missing: number;
  /** Estimate of the number of distinct texts; the 2021 and 2023 files lack it for numbers. */
  readonly distinct: number | undefined;
  /** Integral and Fractional features only. */
  readonly numeric: NumericSummary | undefined;
  /** String features of at most 120 (estimated) distinct texts, in the service's order. */
  readonly categories: readonly Category[] | undefined;
  readonly measured: Measured | undefined;
}

export interface Profile {
  readonly itemCount: number;
  /** In column order. */
  readonly features: readonly FeatureProfile[];
}

declare const role: unique symbol;

/** The profile of the training data. Not assignable to a current profile, nor the reverse. */
export type BaselineProfile = Profile & { readonly [role]: "baseline" };

/** The profile under test. */
export type CurrentProfile = Profile & { readonly [role]: "current" };

/** Share of present cells in 0..1; 0 for no rows. */
export function completenessOf(feature: Pick<FeatureProfile, "present" | "missing">): number {
  const rows = feature.present + feature.missing;
  return rows === 0 ? 0 : feature.present / rows;
}

/** Declares a profile to be of the training data. */
export function asBaseline(profile: Profile): BaselineProfile {
  return profile as BaselineProfile;
}

/** Declares a profile to be the one under test. */
export function asCurrent(profile: Profile): CurrentProfile {
  return profile as CurrentProfile;
}
