/**
 * Count, sum, mean, deviation and extremes defined without reference to order: exact sums of the
 * numbers and of their squares, rounded once at the end. Sum, mean and population deviation are the
 * doubles nearest to the true ones of the doubles folded in.
 *
 * Invariants: 1. min <= max unless empty; 2. negatives + zeros <= n; 3. n · Σx² >= (Σx)².
 * Memory: about 210 numbers.
 */
import { invariant } from "../base/tidemark-error.ts";
import { addCountedPowers, addPowers, type PowerSums, SQUARE_LIMBS } from "./exact-powers.ts";
import { ExactSum, type ExactSumState, UNIT_EXPONENT } from "./exact-sum.ts";
import type { Mergeable, Numbers } from "./mergeable.ts";
import { type RankMap, rankBelow, rankUpTo } from "./rank-map.ts";
import { roundRatio, roundRootOfRatio } from "./round-exact.ts";

/** null stands for an extreme of no value. */
export interface ExactMomentsState {
  readonly n: number;
  readonly sum: ExactSumState;
  readonly squares: ExactSumState;
  readonly min: number | null;
  readonly max: number | null;
  readonly negatives: number;
  readonly zeros: number;
}

export interface RoundedMoments {
  readonly mean?: number;
  readonly sum?: number;
  readonly stdDev?: number;
}

const NONE: RoundedMoments = {};

/** Sums numbers up, whatever order they come in. */
export class ExactMoments implements Mergeable<ExactMoments, Numbers, ExactMomentsState> {
  #n = 0;
  /** Of all but the small whole numbers; undefined while there is no other. */
  #sums: PowerSums | undefined;
  /** Of small whole numbers, such as flags and counts: none is above 2^53. */
  #wholeSum = 0;
  #wholeSquares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #negatives = 0;
  #zeros = 0;

  static load(state: ExactMomentsState): ExactMoments {
    const loaded = new ExactMoments();
    loaded.#n = state.n;
    loaded.#sums = {
      sum: ExactSum.load(state.sum),
      squares: ExactSum.load(state.squares, SQUARE_LIMBS),
    };
    loaded.#min = state.min ?? Number.POSITIVE_INFINITY;
    loaded.#max = state.max ?? Number.NEGATIVE_INFINITY;
    loaded.#negatives = state.negatives;
    loaded.#zeros = state.zeros;
    loaded.checkInvariants();
    return loaded;
  }

  /** Number of values. */
  get n(): number {
    return this.#n;
  }

  get isEmpty(): boolean {
    return this.#n === 0;
  }

  /** Number of values below 0. */
  get negatives(): number {
    return this.#negatives;
  }

  /** Number of values that are 0. */
  get zeros(): number {
    return this.#zeros;
  }

  /** The least value; Infinity when empty. */
  get min(): number {
    return this.#min;
  }

  /** The greatest value; -Infinity when empty. */
  get max(): number {
    return this.#max;
  }

  /**
   * The sum, the sum over n and the population standard deviation, each correctly rounded; none
   * when empty or when the sum is past the range of doubles.
   */
  rounded(): RoundedMoments {
    if (this.isEmpty) return NONE;
    const n = BigInt(this.#n);
    const variance = this.#scaledVariance();
    const stdDev = roundRootOfRatio(variance.whole, n * n, variance.exponent);
    if (this.#sums === undefined) {
      return { mean: this.#wholeSum / this.#n, sum: this.#wholeSum, stdDev };
    }
    const { whole, position } = this.#all.sum.toWhole();
    const sum = roundRatio(whole, 1n, UNIT_EXPONENT + position);
    if (!Number.isFinite(sum)) return NONE;
    return { mean: roundRatio(whole, n, UNIT_EXPONENT + position), sum, stdDev };
  }

  add(column: Numbers): void {
    addPowers(this.#all, column);
    this.#addExtremes(column);
  }

  /** Folds distinct numbers with their counts in. */
  addCounted(values: RankMap): void {
    const { items, n } = values;
    if (n === 0) return;
    if (!this.#addWholes(values)) addCountedPowers(this.#all, values);
    const negatives = rankBelow(values, 0);
    this.#n += n;
    this.#min = Math.min(this.#min, items[0]!);
    this.#max = Math.max(this.#max, items.at(-1)!);
    this.#negatives += negatives;
    this.#zeros += rankUpTo(values, 0) - negatives;
  }

  merge(other: ExactMoments): void {
    invariant(other !== this, "ExactMoments merged with itself");
    this.#n += other.#n;
    this.#all.sum.merge(other.#all.sum);
    this.#all.squares.merge(other.#all.squares);
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#negatives += other.#negatives;
    this.#zeros += other.#zeros;
  }

  checkInvariants(): void {
    this.#sums?.sum.checkInvariants();
    this.#sums?.squares.checkInvariants();
    invariant(this.isEmpty || this.#min <= this.#max, "ExactMoments of min above max");
    invariant(this.#negatives + this.#zeros <= this.#n, "ExactMoments of more signs than values");
    invariant(this.#scaledVariance().whole >= 0n, "ExactMoments of negative variance");
  }

  save(): ExactMomentsState {
    return {
      n: this.#n,
      sum: this.#all.sum.save(),
      squares: this.#all.squares.save(),
      min: this.isEmpty ? null : this.#min,
      max: this.isEmpty ? null : this.#max,
      negatives: this.#negatives,
      zeros: this.#zeros,
    };
  }

  /** The sums of all numbers, small whole ones among them. */
  get #all(): PowerSums {
    this.#sums ??= { sum: new ExactSum(), squares: new ExactSum(SQUARE_LIMBS) };
    if (this.#wholeSquares > 0) {
      this.#sums.sum.addScaled(this.#wholeSum, -UNIT_EXPONENT, 1);
      this.#sums.squares.addScaled(this.#wholeSquares, -2 * UNIT_EXPONENT, 1);
      this.#wholeSum = 0;
      this.#wholeSquares = 0;
    }
    return this.#sums;
  }

  /** Folds numbers in that are all whole and small; false where one is not. */
  #addWholes({ items, ranks, n }: RankMap): boolean {
    const greatest = Math.max(-items[0]!, items.at(-1)!);
    // No square is less than its root, so that this bounds both sums.
    if (n * greatest * greatest + this.#wholeSquares > Number.MAX_SAFE_INTEGER) return false;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < items.length; i++) {
      const item = items[i]!;
      if (item !== Math.trunc(item)) return false;
      const size = item * (i === 0 ? ranks[i]! : ranks[i]! - ranks[i - 1]!);
      sum += size;
      squares += item * size;
    }
    this.#wholeSum += sum;
    this.#wholeSquares += squares;
    return true;
  }

  /** n · Σx² - (Σx)² as a whole number times 4^exponent. */
  #scaledVariance(): { readonly whole: bigint; readonly exponent: number } {
    const n = BigInt(this.#n);
    if (this.#sums === undefined) {
      const sum = BigInt(this.#wholeSum);
      return { whole: n * BigInt(this.#wholeSquares) - sum * sum, exponent: 0 };
    }
    const all = this.#all;
    const [sum, squares] = [all.sum.toWhole(), all.squares.toWhole()];
    const position = Math.min(2 * sum.position, squares.position);
    const squaredSum = (sum.whole * sum.whole) << BigInt(2 * sum.position - position);
    const summedSquares = squares.whole << BigInt(squares.position - position);
    return { whole: n * summedSquares - squaredSum, exponent: UNIT_EXPONENT + position / 2 };
  }

  #addExtremes({ values, count }: Numbers): void {
    let min = this.#min;
    let max = this.#max;
    let negatives = 0;
    let zeros = 0;
    for (let i = 0; i < count; i++) {
      const x = values[i]!;
      if (x < min) min = x;
      if (x > max) max = x;
      negatives += Number(x < 0);
      zeros += Number(x === 0);
    }
    this.#n += count;
    this.#min = min;
    this.#max = max;
    this.#negatives += negatives;
    this.#zeros += zeros;
  }
}
