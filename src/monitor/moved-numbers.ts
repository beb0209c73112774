/** What differs between both sides of a numeric feature, in a sentence and in numbers. */
import {
  formatApart,
  formatNumber,
  formatShare,
  formatSharesApart,
} from "../base/format-number.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { indexAtRank, type RankMap, rankMapOf, weightOf } from "../sketch/rank-map.ts";
import type { Moved, NumericShape, SideSummary } from "./insights-evidence.ts";

/** The interquartile range of a normal distribution in deviations. */
const NORMAL_RANGE = 1.349;
/** A value of so many records whose share grew by over this, and by most of the gap, is a spike. */
const SPIKE_RECORDS_MIN = 10;
const SPIKE_GROWTH_MIN = 0.05;
const SPIKE_PART_MIN = 0.6;
/** Shifts below this many spreads are not worth a word, nor ratios of spreads below 1.2. */
const SHIFT_MIN = 0.1;
const RATIO_MIN = 1.2;

export interface NumbersMovedInput {
  readonly baseline: FeatureProfile;
  readonly current: FeatureProfile;
  readonly before: SideSummary;
  readonly now: SideSummary;
  readonly shape: NumericShape;
  /** Tell no number that may be the value of a single record, save the extremes. */
  readonly isRedacted: boolean;
}

/** Says what moved most: one value, else where the values lie, else how wide they spread. */
export function movedNumbers(input: NumbersMovedInput): Moved {
  const before = mapOf(input.baseline);
  const now = mapOf(input.current);
  const isKnown = before !== undefined && now !== undefined;
  const gap = largestGap(input.shape, input.isRedacted || !isKnown);
  const numbers = {
    at: gap?.at,
    gap: gap?.gap,
    median_shift: isKnown ? medianShift(before, now, input.before.std_dev) : undefined,
    spread_ratio: spreadRatio(input, before, now),
    spike: isKnown ? findSpike(before, now, Math.abs(gap?.gap ?? 0)) : undefined,
  };
  return { sentence: describe(input, numbers, gap, before, now), ...numbers };
}

function mapOf({ measured, numeric }: FeatureProfile): RankMap | undefined {
  const sketch = (measured?.numeric ?? numeric)?.distribution?.sketch;
  if (measured?.values !== undefined) return measured.values;
  return sketch === undefined || sketch.isEmpty ? undefined : rankMapOf(sketch, "correct");
}

interface SharedGap {
  readonly at: number;
  /** Whether the shares are of values <= `at`, not < `at`. */
  readonly isClosed: boolean;
  readonly baseline: number;
  readonly current: number;
  readonly gap: number;
}

/** Looks at every point of the cumulative distributions, or at the bounds of the buckets alone. */
function largestGap({ cdf, buckets }: NumericShape, isBucketed: boolean): SharedGap | undefined {
  const isClosed = cdf !== undefined && !isBucketed;
  const { at, baseline, current } = isClosed
    ? cdf
    : {
        at: buckets.bounds,
        baseline: runningSum(buckets.baseline),
        current: runningSum(buckets.current),
      };
  return at
    .map((point, i) => {
      const [a, b] = [baseline[i]!, current[i]!];
      return { at: point, isClosed, baseline: a, current: b, gap: b - a };
    })
    .reduce<SharedGap | undefined>(
      (most, each) => (Math.abs(each.gap) > Math.abs(most?.gap ?? 0) ? each : most),
      undefined,
    );
}

function runningSum(shares: readonly number[]): number[] {
  let sum = 0;
  return shares.map((share) => {
    sum += share;
    return Math.min(1, sum);
  });
}

function quantile(map: RankMap, share: number): number {
  return map.items[indexAtRank(map, share * map.n)]!;
}

function innerRange(map: RankMap | undefined): number {
  return map === undefined ? 0 : quantile(map, 0.75) - quantile(map, 0.25);
}

function medianShift(before: RankMap, now: RankMap, deviation = 0): number | undefined {
  const unit = innerRange(before) / NORMAL_RANGE || deviation;
  return unit > 0 ? finite((quantile(now, 0.5) - quantile(before, 0.5)) / unit) : undefined;
}

function spreadRatio(
  input: NumbersMovedInput,
  before: RankMap | undefined,
  now: RankMap | undefined,
): number | undefined {
  const ranges = [innerRange(before), innerRange(now)] as const;
  const deviations = [input.before.std_dev ?? 0, input.now.std_dev ?? 0] as const;
  const [a, b] = ranges[0] > 0 && now !== undefined ? ranges : deviations;
  return a > 0 ? finite(b / a) : undefined;
}

function finite(x: number): number | undefined {
  return Number.isFinite(x) ? x : undefined;
}

function findSpike(before: RankMap, now: RankMap, gap: number): Moved["spike"] {
  let spike: Moved["spike"];
  now.items.forEach((value, i) => {
    const weight = now.ranks[i]! - (now.ranks[i - 1] ?? 0);
    const current = weight / now.n;
    const least = spike === undefined ? SPIKE_GROWTH_MIN : spike.current - spike.baseline;
    if (weight < SPIKE_RECORDS_MIN || current <= least) return;
    const baseline = weightOf(before, value) / before.n;
    if (current - baseline > least) spike = { value, baseline, current };
  });
  if (spike === undefined) return undefined;
  return spike.current - spike.baseline >= SPIKE_PART_MIN * gap ? spike : undefined;
}

function describe(
  input: NumbersMovedInput,
  { median_shift: shift, spread_ratio: ratio = 1, spike }: Omit<Moved, "sentence">,
  gap: SharedGap | undefined,
  before: RankMap | undefined,
  now: RankMap | undefined,
): string {
  if (gap === undefined) return "Both sides have the same values";
  if (spike !== undefined) return describeSpike(spike);
  const tail = describeGap(gap);
  const medians = input.isRedacted || shift === undefined ? undefined : { before, now, shift };
  const centre = centreOf(input, medians);
  if (centre !== undefined && Math.abs(centre.shift) >= SHIFT_MIN) {
    const { name, shift: spreads, from, to } = centre;
    const [old, fresh] = formatApart(from, to);
    const sign = spreads > 0 ? "+" : "-";
    const size = formatNumber(Number(Math.abs(spreads).toPrecision(2)));
    return (
      `Values moved ${spreads > 0 ? "up" : "down"}: the ${name} went from ${old} to ${fresh} ` +
      `(${sign}${size} spreads), and ${tail}`
    );
  }
  const times = ratio >= 1 ? ratio : 1 / ratio;
  if (times >= RATIO_MIN && Number.isFinite(times)) {
    const verb = ratio > 1 ? "spread out" : "drew together";
    const width = `${formatNumber(Number(ratio.toPrecision(2)))} times as wide`;
    return `Values ${verb}: they lie ${width} as before, and ${tail}`;
  }
  return `${tail.charAt(0).toUpperCase()}${tail.slice(1)}`;
}

interface Centre {
  readonly name: "median" | "mean";
  readonly from: number;
  readonly to: number;
  readonly shift: number;
}

function centreOf(
  { before: a, now: b }: NumbersMovedInput,
  medians:
    | { readonly before: RankMap | undefined; readonly now: RankMap | undefined; shift: number }
    | undefined,
): Centre | undefined {
  if (medians?.before !== undefined && medians.now !== undefined) {
    const [from, to] = [quantile(medians.before, 0.5), quantile(medians.now, 0.5)];
    return { name: "median", from, to, shift: medians.shift };
  }
  if (a.mean === undefined || b.mean === undefined || !a.std_dev) return undefined;
  const shift = finite((b.mean - a.mean) / a.std_dev);
  return shift === undefined ? undefined : { name: "mean", from: a.mean, to: b.mean, shift };
}

function describeSpike({ value, baseline, current }: NonNullable<Moved["spike"]>): string {
  const [from, to] = formatSharesApart(baseline, current);
  return value === 0
    ? `Zeros went from ${from} to ${to}`
    : `The value ${formatNumber(value)} went from ${from} to ${to}`;
}

function describeGap({ at, isClosed, baseline, current, gap }: SharedGap): string {
  const isMoreAbove = gap < 0;
  const [now, was] = isMoreAbove
    ? formatSharesApart(1 - current, 1 - baseline)
    : formatSharesApart(current, baseline);
  const number = formatNumber(at);
  const place = isMoreAbove
    ? isClosed
      ? `lie above ${number}`
      : `are ${number} or more`
    : isClosed
      ? `are ${number} or less`
      : `lie below ${number}`;
  return `${now} instead of ${was} ${place}`;
}

/** Says how the share of missing cells differs, for checks of completeness. */
export function describeMissing(missing: number, before: number, allowed: number): string {
  const share = formatShare(missing, 2);
  if (before === 0) return `${share} of the cells are missing where none were`;
  const [now, was] = formatSharesApart(missing, before);
  if (before < missing) return `${now} of the cells are missing instead of ${was}`;
  return `${share} of the cells are missing where at most ${formatShare(allowed, 2)} may be`;
}
