/**
 * Which sampled cells a drift is made of: of numbers, those in the baseline's decile (or beyond an
 * end of it) whose share grew most; of categories, those of the category whose share grew most.
 */
import { CELL_BYTES_MAX } from "../accumulate/cell-text.ts";
import type { SampledCell } from "../accumulate/sampled-rows.ts";
import type { FeatureCheckInput } from "../checks/check.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { rankMapOf } from "../sketch/rank-map.ts";
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
  if (shares === undefined || bucket === undefined) return undefined;
  const above = shares.bounds[bucket - 1];
  const upTo = shares.bounds[bucket];
  return {
    cells: cells.filter(
      ({ value }) =>
        value !== undefined &&
        Number.isFinite(value) &&
        !(above !== undefined && value <= above) &&
        !(upTo !== undefined && value > upTo),
    ),
    region: { above, up_to: upTo },
    isNameable: true,
  };
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
