/**
 * The histogram of `statistics.json`: equal-width buckets between the exact extremes of a column,
 * counted by the ranks of its sketch or of its values (awslabs/deequ KLLSketch.computeMetricFrom).
 */
const BUCKETS = 10;

/** An interval [lowerBound, upperBound); the last one is closed on both sides. */
export interface Bucket {
  readonly lowerBound: number;
  readonly upperBound: number;
  /** A weight in records, a whole number. */
  readonly count: number;
}

/** How many of `n` values are <= x, and how many are < x. */
export interface Ranks {
  readonly n: number;
  rank(x: number): number;
  rankExclusive(x: number): number;
}

/**
 * Where the last bucket ends when rounding puts its upper bound below the maximum: at that bound,
 * so that the maximum is counted nowhere (`service`), or never (`exhaustive`).
 */
export type LastBucket = "service" | "exhaustive";

/**
 * Cuts [min, max] in equal buckets. A constant column has equal bounds throughout and all its
 * values in the last bucket. `min` and `max` are the column's own, which the sketch may have lost.
 */
export function bucketsOf(
  ranks: Ranks,
  min: number,
  max: number,
  lastBucket: LastBucket,
  count: number = BUCKETS,
): Bucket[] {
  const buckets: Bucket[] = [];
  let lowerBound = boundOf(min, max, 0, count);
  let below = ranks.rankExclusive(lowerBound);
  for (let i = 1; i <= count; i++) {
    const upperBound = boundOf(min, max, i, count);
    const until =
      i < count
        ? ranks.rankExclusive(upperBound)
        : lastBucket === "service"
          ? ranks.rank(upperBound)
          : ranks.n;
    buckets.push({ lowerBound, upperBound, count: until - below });
    lowerBound = upperBound;
    below = until;
  }
  return buckets;
}

/** The grouping of the operations decides the last digit. */
function boundOf(min: number, max: number, i: number, count: number): number {
  const range = max - min;
  if (Number.isFinite(range)) return min + (range * i) / count;
  return min * (1 - i / count) + max * (i / count);
}
