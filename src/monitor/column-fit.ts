/**
 * How well a captured column could be a given feature of the baseline.
 *
 * A gap is in 0..1: the share of cells of another kind, or how much the distributions differ beyond
 * what samples of their size differ by chance (`sampleMargin`), whichever is larger. Gaps are
 * computed when asked for; memory is two rank maps per feature that was.
 */
import { categoricalDistance } from "../checks/categorical-distance.ts";
import { numericDistance } from "../checks/numeric-distance.ts";
import { sampleMargin } from "../checks/sample-margin.ts";
import type { Category, FeatureProfile, NumericSummary } from "../profile/profile.ts";
import { type RankMap, rankMapOf } from "../sketch/rank-map.ts";

/** Above it a column can not be the feature. */
const MISFIT_GAP = 0.1;
/** Up to it a column may well be the feature. */
const FIT_GAP = 0.05;

export type Fit = "fits" | "misfits" | "unclear";

/** Tells of pairs of a feature and a column, each by its position, whether they fit. */
export class ColumnFit {
  readonly #features: readonly (FeatureProfile | undefined)[];
  readonly #columns: readonly FeatureProfile[];
  readonly #ranks = new Map<FeatureProfile, RankMap | undefined>();

  /** Takes the baseline's statistics per feature, and columns that were made from records. */
  constructor(
    features: readonly (FeatureProfile | undefined)[],
    columns: readonly FeatureProfile[],
  ) {
    this.#features = features;
    this.#columns = columns;
  }

  /** Judges a pair; `unclear` also where one of the two is absent or has nothing to compare. */
  of(feature: number, column: number): Fit {
    const gap = this.#gapOf(this.#features[feature], this.#columns[column]);
    if (gap === undefined) return "unclear";
    return gap > MISFIT_GAP ? "misfits" : gap <= FIT_GAP ? "fits" : "unclear";
  }

  #gapOf(
    feature: FeatureProfile | undefined,
    column: FeatureProfile | undefined,
  ): number | undefined {
    if (!feature?.present || !column?.present) return undefined;
    const { integral, fractional } = column.measured!.cells;
    const numbers = (integral + fractional) / column.present;
    if (feature.numeric !== undefined) {
      return Math.max(1 - numbers, this.#numericGap(feature, feature.numeric, column));
    }
    if (feature.inferredType !== "String") return undefined;
    // Texts too many to be listed tell only that they are texts.
    return feature.categories === undefined ? numbers : categoricalGap(feature.categories, column);
  }

  #numericGap(
    feature: FeatureProfile,
    { min, max }: NumericSummary,
    column: FeatureProfile,
  ): number {
    const [baseline, current] = [this.#ranksOf(feature), this.#ranksOf(column)];
    if (current === undefined) return 0;
    // A baseline without sketches, as a redacted one, still has its range.
    if (baseline === undefined) return isWithin(column.measured?.numeric?.mean, min, max) ? 0 : 1;
    const gap = numericDistance(current, baseline);
    return gap === undefined ? 0 : gap.simple - sampleMargin(gap.n, gap.m);
  }

  #ranksOf(profile: FeatureProfile): RankMap | undefined {
    if (!this.#ranks.has(profile)) {
      const { distribution } = (profile.measured ?? profile).numeric ?? {};
      this.#ranks.set(profile, distribution && rankMapOf(distribution.sketch, "correct"));
    }
    return this.#ranks.get(profile);
  }
}

function isWithin(mean = Number.NaN, min = -Infinity, max = Infinity): boolean {
  return !(mean < min || mean > max);
}

function categoricalGap(categories: readonly Category[], column: FeatureProfile): number {
  const { counts } = column.measured!.frequencies;
  const baseline = new Map(categories.map(({ value, count }) => [value, count]));
  const total = categories.reduce((sum, { count }) => sum + count, 0);
  const known = categories.reduce((sum, { value }) => sum + (counts.get(value) ?? 0), 0);
  const unknownShare = 1 - known / column.present;
  const gap = categoricalDistance({ counts, total: column.present }, { counts: baseline, total });
  return gap === undefined
    ? unknownShare
    : Math.max(unknownShare, gap.simple - sampleMargin(gap.n, gap.m));
}
