/**
 * The numbers of one column as the `tidemark` semantics states them, without reference to order:
 * sum, mean and deviation are the exact ones, correctly rounded. While all distinct values with
 * their counts are known, so are buckets and quantiles, and the sketch holds those values in
 * ascending order; values beyond go into the sketch as they come.
 *
 * Values known by count alone (`addCounted` on an empty accumulator) give the same bytes in any
 * order. Beyond, states are folded unit by unit in the order of the records: only the arrays of the
 * sketch, and the bucket counts taken from it, depend on where units are cut.
 *
 * Memory: the sketch, about 6,000 doubles, and 16 bytes a distinct value while they are known.
 */
import type { NumericSummary } from "../profile/profile.ts";
import { bucketsOf, type Ranks } from "../sketch/buckets.ts";
import { ExactMoments, type ExactMomentsState } from "../sketch/exact-moments.ts";
import { KllSketch, type KllState } from "../sketch/kll-sketch.ts";
import type { Numbers } from "../sketch/mergeable.ts";
import { type RankMap, rankBelow, rankUpTo } from "../sketch/rank-map.ts";
import type { NumericAccumulator } from "./ordered-numeric.ts";

export interface ExactNumericState {
  readonly moments: ExactMomentsState;
  readonly sketch: KllState;
  /** Distinct values, ascending, and the number of values up to each; null when not all are known. */
  readonly values: { readonly items: number[]; readonly ranks: number[] } | null;
}

export class ExactNumeric implements NumericAccumulator<ExactNumeric, ExactNumericState> {
  #moments = new ExactMoments();
  #sketch = new KllSketch();
  #values: RankMap | undefined;

  get isEmpty(): boolean {
    return this.#moments.isEmpty;
  }

  get negatives(): number {
    return this.#moments.negatives;
  }

  get zeros(): number {
    return this.#moments.zeros;
  }

  /** All values with their counts, while they are known. */
  get values(): RankMap | undefined {
    return this.#values;
  }

  add(column: Numbers): void {
    if (column.count === 0) return;
    this.#values = undefined;
    this.#moments.add(column);
    this.#sketch.add(column);
  }

  /** Folds distinct values with their counts in. */
  addCounted(values: RankMap): void {
    if (values.n === 0) return;
    this.#values = this.isEmpty ? values : undefined;
    let below = 0;
    values.items.forEach((item, i) => {
      this.#moments.addWeighted(item, values.ranks[i]! - below);
      below = values.ranks[i]!;
    });
    this.#sketch.addCounted(values);
  }

  merge(other: ExactNumeric): void {
    if (!other.isEmpty) this.#values = this.isEmpty ? other.#values : undefined;
    this.#moments.merge(other.#moments);
    this.#sketch.merge(other.#sketch);
  }

  checkInvariants(): void {
    this.#moments.checkInvariants();
    this.#sketch.checkInvariants();
  }

  finish(): NumericSummary | undefined {
    if (this.isEmpty) return undefined;
    const { sum, mean, stdDev, min, max } = this.#moments;
    const sketch = this.#sketch.clone();
    const values = this.#values;
    const ranks: Ranks = values === undefined ? sketch : ranksOf(values);
    const buckets = bucketsOf(ranks, min, max, "exhaustive");
    // A file can not say Infinity for a statistic, so an overflowing sum is left out.
    const sums = sum === undefined ? {} : { mean, sum, stdDev };
    return { ...sums, min, max, distribution: { buckets, sketch } };
  }

  save(): ExactNumericState {
    const values = this.#values;
    return {
      moments: this.#moments.save(),
      sketch: this.#sketch.save(),
      values: values === undefined ? null : { items: [...values.items], ranks: [...values.ranks] },
    };
  }

  static load(state: ExactNumericState): ExactNumeric {
    const loaded = new ExactNumeric();
    loaded.#moments = ExactMoments.load(state.moments);
    loaded.#sketch = KllSketch.load(state.sketch);
    if (state.values !== null) {
      const items = Float64Array.from(state.values.items);
      const ranks = Float64Array.from(state.values.ranks);
      loaded.#values = { items, ranks, n: loaded.#moments.n };
    }
    return loaded;
  }
}

function ranksOf(values: RankMap): Ranks {
  return {
    n: values.n,
    rank: (x) => rankUpTo(values, x),
    rankExclusive: (x) => rankBelow(values, x),
  };
}
