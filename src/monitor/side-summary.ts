/** One side's values of a feature in a few numbers. */
import type { FeatureProfile, NumericSummary } from "../profile/profile.ts";
import { indexAtRank, type RankMap, rankMapOf, weightOf } from "../sketch/rank-map.ts";
import type { SideSummary } from "./insights-evidence.ts";

/** How far a sketch may be off, as a share of all values; tails do not bear that. */
const SKETCH_ERROR = 0.003;

/** Names and places per mille. */
const INNER_QUANTILES = { p5: 50, p25: 250, p50: 500, p75: 750, p95: 950 } as const;
const QUANTILES = {
  "p0.1": 1,
  p1: 10,
  ...INNER_QUANTILES,
  p99: 990,
  "p99.9": 999,
} as const;

/** A value is told as the most frequent one from this share on, never that of one record. */
const TOP_SHARE_MIN = 0.01;

export interface SummaryOptions {
  /** Leave out what may be the value of a single record, save the extremes. */
  readonly isRedacted?: boolean | undefined;
}

/**
 * Summarises a side, measured or read from a file, and leaves out what it does not tell. Of a
 * column that turned String its numbers are summarised all the same, beside its most frequent text.
 */
export function sideSummary(feature: FeatureProfile, options: SummaryOptions = {}): SideSummary {
  const { present, missing, measured } = feature;
  const rows = present + missing;
  const missing_rate = rows === 0 ? 0 : missing / rows;
  const numeric = measured?.numeric ?? feature.numeric;
  const top = feature.categories && topCategory(feature);
  if (numeric === undefined) return { n: present, missing_rate, top };
  const values = summariseValues(numeric, feature, options);
  // Member by member, so that all summaries are objects alike: who reads many is faster then.
  return {
    missing_rate,
    n: values?.n ?? present,
    mean: numeric.mean,
    std_dev: numeric.stdDev,
    min: numeric.min,
    max: numeric.max,
    zero_rate: values?.zero_rate,
    quantiles: values?.quantiles,
    quantiles_from: values?.quantiles_from,
    top: top ?? values?.top,
  };
}

function topCategory({ categories = [], present }: FeatureProfile): SideSummary["top"] {
  const most = categories.reduce((a, b) => (b.count > a.count ? b : a), { value: "", count: 0 });
  return most.count === 0 ? undefined : { value: most.value, share: most.count / present };
}

/** What the values themselves tell, where they are known. */
function summariseValues(
  { distribution, tails }: NumericSummary,
  { measured }: FeatureProfile,
  { isRedacted = false }: SummaryOptions,
): Omit<SideSummary, "missing_rate" | "mean" | "std_dev" | "min" | "max"> | undefined {
  const sketch = distribution?.sketch;
  if (sketch === undefined || sketch.isEmpty) return undefined;
  const counted = measured?.values ?? (sketch.isExact ? rankMapOf(sketch, "correct") : undefined);
  const map = counted ?? rankMapOf(sketch, "correct");
  const { n } = map;
  const zero_rate = (measured?.cells.zero ?? weightOf(map, 0)) / n;
  if (isRedacted) return { n, zero_rate };
  const { quantiles, quantiles_from } =
    counted === undefined
      ? sketchedQuantiles(map, tails)
      : { quantiles: quantilesOf(map, QUANTILES), quantiles_from: "exact" as const };
  return { n, zero_rate, quantiles, quantiles_from, top: topValue(map) };
}

/** Takes places that ascend. */
function quantilesOf(
  map: RankMap,
  places: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const { items, ranks, n } = map;
  const quantiles: Record<string, number> = {};
  let reached = 0;
  let value = 0;
  for (const name in places) {
    const rank = (places[name]! * n) / 1000;
    // An item of many records is several of them.
    if (rank > reached) {
      const at = indexAtRank(map, rank);
      reached = ranks[at]!;
      value = items[at]!;
    }
    quantiles[name] = value;
  }
  return quantiles;
}

/**
 * Puts what the digest knows of the tails around the sketch's quantiles; a value of so many records
 * that the sketch can not miss it needs no digest.
 */
function sketchedQuantiles(
  map: RankMap,
  tails: NumericSummary["tails"],
): { readonly quantiles: Record<string, number>; readonly quantiles_from: "sketch" | "t-digest" } {
  const found = Object.entries(QUANTILES).flatMap(([name, place]) => {
    const at = indexAtRank(map, (place * map.n) / 1000);
    const error = SKETCH_ERROR * map.n;
    const isSure =
      (map.ranks[at - 1] ?? 0) + error < (place * map.n) / 1000 &&
      map.ranks[at]! - error > (place * map.n) / 1000;
    const value = name in INNER_QUANTILES || isSure ? map.items[at]! : tails?.get(place);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    quantiles: Object.fromEntries(found),
    quantiles_from: tails === undefined || tails.size === 0 ? "sketch" : "t-digest",
  };
}

function topValue({ items, ranks, n }: RankMap): SideSummary["top"] {
  let place = 0;
  let most = 0;
  for (let i = 0, below = 0; i < ranks.length; i++) {
    const rank = ranks[i]!;
    if (rank - below > most) {
      most = rank - below;
      place = i;
    }
    below = rank;
  }
  if (most < 2 || most / n < TOP_SHARE_MIN) return undefined;
  return { value: items[place]!, share: most / n };
}
