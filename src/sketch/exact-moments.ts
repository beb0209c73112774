/**
 * Count, sum, mean, deviation and extremes defined without reference to order: exact sums of the
 * numbers and of their squares, rounded once at the end. Sum, mean and population deviation are the
 * doubles nearest to the true ones of the doubles folded in.
 *
 * Invariants: 1. min <= max unless empty; 2. negatives + zeros <= n; 3. n · Σx² >= (Σx)².
 * Memory: about 210 numbers.
 */
import { invariant } from "../base/tidemark-error.ts";
import { addPowers, addWeightedPowers, type PowerSums, SQUARE_LIMBS } from "./exact-powers.ts";
import { ExactSum, type ExactSumState, UNIT_EXPONENT } from "./exact-sum.ts";
import type { Mergeable, Numbers } from "./mergeable.ts";
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

/** Sums numbers up, whatever order they come in. */
export class ExactMoments implements Mergeable<ExactMoments, Numbers, ExactMomentsState> {
  #n = 0;
  #sums: PowerSums = { sum: new ExactSum(), squares: new ExactSum(SQUARE_LIMBS) };
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

  /** The sum, correctly rounded; undefined when empty or past the range of doubles. */
  get sum(): number | undefined {
    const sum = roundRatio(this.#sums.sum.toBigInt(), 1n, UNIT_EXPONENT);
    return this.isEmpty || !Number.isFinite(sum) ? undefined : sum;
  }

  /** The exact sum over n, correctly rounded; undefined when the sum is. */
  get mean(): number | undefined {
    if (this.sum === undefined) return undefined;
    return roundRatio(this.#sums.sum.toBigInt(), BigInt(this.#n), UNIT_EXPONENT);
  }

  /** The population standard deviation, correctly rounded; undefined when the sum is. */
  get stdDev(): number | undefined {
    if (this.sum === undefined) return undefined;
    const n = BigInt(this.#n);
    return roundRootOfRatio(this.#scaledVariance(), n * n, UNIT_EXPONENT);
  }

  add(column: Numbers): void {
    addPowers(this.#sums, column);
    this.#addExtremes(column);
  }

  /** Folds a number in that came `weight` times. */
  addWeighted(value: number, weight: number): void {
    addWeightedPowers(this.#sums, value, weight);
    this.#n += weight;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (value < 0) this.#negatives += weight;
    if (value === 0) this.#zeros += weight;
  }

  merge(other: ExactMoments): void {
    invariant(other !== this, "ExactMoments merged with itself");
    this.#n += other.#n;
    this.#sums.sum.merge(other.#sums.sum);
    this.#sums.squares.merge(other.#sums.squares);
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#negatives += other.#negatives;
    this.#zeros += other.#zeros;
  }

  checkInvariants(): void {
    this.#sums.sum.checkInvariants();
    this.#sums.squares.checkInvariants();
    invariant(this.isEmpty || this.#min <= this.#max, "ExactMoments of min above max");
    invariant(this.#negatives + this.#zeros <= this.#n, "ExactMoments of more signs than values");
    invariant(this.#scaledVariance() >= 0n, "ExactMoments of negative variance");
  }

  save(): ExactMomentsState {
    return {
      n: this.#n,
      sum: this.#sums.sum.save(),
      squares: this.#sums.squares.save(),
      min: this.isEmpty ? null : this.#min,
      max: this.isEmpty ? null : this.#max,
      negatives: this.#negatives,
      zeros: this.#zeros,
    };
  }

  /** n · Σx² - (Σx)² in units of 2^-2148. */
  #scaledVariance(): bigint {
    const sum = this.#sums.sum.toBigInt();
    return BigInt(this.#n) * this.#sums.squares.toBigInt() - sum * sum;
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
