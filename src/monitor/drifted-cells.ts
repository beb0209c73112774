/**
 * Which sampled cells a drift is made of: of numbers, those in the baseline's decile (or beyond its
 * ends) whose share grew most, or of the one value in it that makes up at least half of that
 * growth; of categories, those of the category whose share grew most.
 */
import { CELL_BYTES_MAX } from "../accumulate/cell-text.ts";
import type { SampledCell } from "../accumulate/sampled-rows.ts";
import type { FeatureCheckInput } from "../checks/check.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { type RankMap, rankMapOf, weightOf } from "../sketch/rank-map.ts";
import { decileShares } from "./decile-shares.ts";
import type { DriftRegion } from "./insights-evidence.ts";

export interface DriftedCells {
  /** In the order given. */
  readonly cells: readonly SampledCell[];
  readonly region: DriftRegion;
  /** Whether the region says nothing beyond what the statistics of either side list. */
  readonly isNameable: boolean;
}

/** Undefined where the sides can not be compared or no share grew. */
export function findDrifted(
  { baseline, current }: FeatureCheckInput,
  cells: readonly SampledCell[],
): DriftedCells | undefined {
  if (baseline?.numeric !== undefined) return findNumbers(baseline, current, cells);
  const category = categoryThatGrew(baseline?.categories, current);
  if (category === undefined) return undefined;
  const isListed = ({ categories = [] }: FeatureProfile): boolean =>
    categories.some(({ value }) => value === category);
  const text = Buffer.from(category).subarray(0, CELL_BYTES_MAX);
  return {
    cells: cells.filter(({ bytes }) => text.equals(bytes)),
    region: { value: category },
    isNameable: isListed(baseline!) || isListed(current),
  };
}

function findNumbers(
  baseline: FeatureProfile,
  current: FeatureProfile,
  cells: readonly SampledCell[],
): DriftedCells | undefined {
  const [before, now] = [baseline.numeric, current.measured?.numeric].map(
    (summary) => summary?.distribution && rankMapOf(summary.distribution.sketch, "correct"),
  );
  const shares = before && now && decileShares(before, now);
  const bucket = shares && largestGrowth(shares.baseline, shares.current);
  if (before === undefined || now === undefined) return undefined;
  if (shares === undefined || bucket === undefined) return undefined;
  const bounds = { above: shares.bounds[bucket - 1], up_to: shares.bounds[bucket] };
  const growth = shares.current[bucket]! - shares.baseline[bucket]!;
  const spike = valueThatGrew(before, now, bounds);
  const isSpike = spike !== undefined && spike.growth * 2 >= growth;
  return {
    cells: cells.filter(
      ({ value }) =>
        value !== undefined && (isSpike ? value === spike.value : isWithin(value, bounds)),
    ),
    region: isSpike ? { value: spike.value } : bounds,
    isNameable: true,
  };
}

/** Finds the value within bounds whose share grew most. */
function valueThatGrew(
  before: RankMap,
  now: RankMap,
  bounds: DriftRegion,
): { readonly value: number; readonly growth: number } | undefined {
  const items = [...now.items].filter((item) => isWithin(item, bounds));
  const shareOf = (map: RankMap) => (item: number) => weightOf(map, item) / map.n;
  const at = largestGrowth(items.map(shareOf(before)), items.map(shareOf(now)));
  if (at === undefined) return undefined;
  const value = items[at]!;
  return { value, growth: shareOf(now)(value) - shareOf(before)(value) };
}

function isWithin(value: number, { above = -Infinity, up_to = Infinity }: DriftRegion): boolean {
  // An infinity is counted by no distribution.
  return Number.isFinite(value) && value > above && value <= up_to;
}

/** The first place where a share grew most; undefined where none grew. */
function largestGrowth(
  baseline: readonly number[],
  current: readonly number[],
): number | undefined {
  let most = 0;
  let found: number | undefined;
  for (const [at, share] of current.entries()) {
    const growth = share - (baseline[at] ?? 0);
    if (growth <= most) continue;
    most = growth;
    found = at;
  }
  return found;
}

function categoryThatGrew(
  categories: FeatureProfile["categories"],
  { measured, present }: FeatureProfile,
): string | undefined {
  if (categories === undefined || present === 0) return undefined;
  const { counts } = measured!.frequencies;
  const before = new Map(categories.map(({ value, count }) => [value, count]));
  const total = categories.reduce((sum, { count }) => sum + count, 0);
  const values = [...new Set([...before.keys(), ...counts.keys()])];
  const at = largestGrowth(
    values.map((value) => (before.get(value) ?? 0) / Math.max(total, 1)),
    values.map((value) => (counts.get(value) ?? 0) / present),
  );
  return at === undefined ? undefined : values[at];
}
