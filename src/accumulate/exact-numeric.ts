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
import { TailDigest, type TailDigestState } from "../sketch/tail-digest.ts";
import { type NumericAccumulator, tailsOf } from "./ordered-numeric.ts";
import type { FeatureCells } from "./profile-feature.ts";

export interface ExactNumericState {
  readonly moments: ExactMomentsState;
  readonly counted: KllState;
  readonly streamed: KllState;
  /** null where no tails are kept. */
  readonly tails: TailDigestState | null;
  /** Distinct values, ascending, and how many are up to each; null when not all are known. */
  readonly values: { readonly items: number[]; readonly ranks: number[] } | null;
}

export class ExactNumeric implements NumericAccumulator<ExactNumeric, ExactNumericState> {
  #moments = new ExactMoments();
  /** Of values known by count, and of those that came one by one. */
  #counted = new KllSketch();
  #streamed!: KllSketch;
  #tails: TailDigest | undefined;
  #values: RankMap | undefined;

  /** Without tails the summary is the same but for them. */
  constructor(hasTails: boolean = true) {
    if (hasTails) this.#tails = new TailDigest();
    this.#follow(new KllSketch());
  }

  /** The tails need values in order, as the sketch puts them anyhow. */
  #follow(sketch: KllSketch): void {
    this.#streamed = sketch;
    const tails = this.#tails;
    if (tails !== undefined) {
      sketch.onSorted = (values) => tails.add({ values, count: values.length });
    }
  }

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
    this.#forgetValues();
    this.#moments.add(column);
    this.#streamed.add(column);
  }

  /** Folds distinct values with their counts in. */
  addCounted(values: RankMap): void {
    if (values.n === 0) return;
    if (this.isEmpty) {
      this.#values = values;
    } else {
      this.#forgetValues();
      this.#tails?.addCounted(values);
    }
    this.#moments.addCounted(values);
    this.#counted.addCounted(values);
  }

  merge(other: ExactNumeric): void {
    if (other.isEmpty) return;
    if (this.isEmpty) {
      this.#values = other.#values;
    } else {
      this.#forgetValues();
      if (other.#values !== undefined) this.#tails?.addCounted(other.#values);
    }
    this.#moments.merge(other.#moments);
    this.#counted.merge(other.#counted);
    this.#streamed.merge(other.#streamed);
    if (other.#tails !== undefined) this.#tails?.merge(other.#tails);
  }

  /** The tails take the values that are known no more. */
  #forgetValues(): void {
    if (this.#values !== undefined) this.#tails?.addCounted(this.#values);
    this.#values = undefined;
  }

  checkInvariants(): void {
    this.#moments.checkInvariants();
    this.#counted.checkInvariants();
    this.#streamed.checkInvariants();
    this.#tails?.checkInvariants();
  }

  finish(_lastBucket?: "service" | "exhaustive", hasTails = true): NumericSummary | undefined {
    if (this.isEmpty) return undefined;
    const sketch = this.#sketch();
    const ranks = this.#values === undefined ? sketch : ranksOf(this.#values);
    const summary = summaryOf(this.#moments, sketch, ranks);
    if (this.#tails === undefined || this.#tails.isEmpty || !hasTails) return summary;
    const rest = this.#streamed.levels()[0]!;
    return { ...summary, tails: tailsOf(this.#tails, sketch.n, rest) };
  }

  #sketch(): KllSketch {
    if (this.#counted.isEmpty) return this.#streamed.clone();
    const sketch = this.#counted.clone();
    if (!this.#streamed.isEmpty) sketch.merge(this.#streamed);
    return sketch;
  }

  save(): ExactNumericState {
    const values = this.#values;
    return {
      moments: this.#moments.save(),
      counted: this.#counted.save(),
      streamed: this.#streamed.save(),
      tails: this.#tails?.save() ?? null,
      values: values === undefined ? null : { items: [...values.items], ranks: [...values.ranks] },
    };
  }

  static load(state: ExactNumericState): ExactNumeric {
    const loaded = new ExactNumeric(false);
    loaded.#moments = ExactMoments.load(state.moments);
    loaded.#counted = KllSketch.load(state.counted);
    if (state.tails !== null) loaded.#tails = TailDigest.load(state.tails);
    loaded.#follow(KllSketch.load(state.streamed));
    if (state.values !== null) {
      const items = Float64Array.from(state.values.items);
      const ranks = Float64Array.from(state.values.ranks);
      loaded.#values = { items, ranks, n: loaded.#moments.n };
    }
    return loaded;
  }
}

/** Summarises numbers that are all known by count, as an accumulator of them would. */
export function summariseCounted(
  values: RankMap,
): Pick<FeatureCells, "negative" | "zero" | "numeric"> {
  const moments = new ExactMoments();
  const sketch = new KllSketch();
  moments.addCounted(values);
  sketch.addCounted(values);
  const numeric = moments.isEmpty ? undefined : summaryOf(moments, sketch, ranksOf(values));
  return { negative: moments.negatives, zero: moments.zeros, numeric };
}

function summaryOf(moments: ExactMoments, sketch: KllSketch, ranks: Ranks): NumericSummary {
  const { min, max } = moments;
  const buckets = bucketsOf(ranks, min, max, "exhaustive");
  // A file can not say Infinity for a statistic, so an overflowing sum is left out.
  return { ...moments.rounded(), min, max, distribution: { buckets, sketch } };
}

function ranksOf(values: RankMap): Ranks {
  return {
    n: values.n,
    rank: (x) => rankUpTo(values, x),
    rankExclusive: (x) => rankBelow(values, x),
  };
}
