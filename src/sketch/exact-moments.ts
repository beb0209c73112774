/**
 * Count, sum, mean, deviation and extremes defined without reference to order: exact sums of the
 * numbers and of their squares, rounded once at the end. Sum, mean and population deviation are the
 * doubles nearest to the true ones of the doubles folded in.
 *
 * Invariants: 1. min <= max unless empty; 2. negatives + zeros <= n; 3. n · Σx² >= (Σx)².
 * Memory: about 150 numbers.
 */
import { invariant } from "../base/tidemark-error.ts";
import { ExactSum, type ExactSumState, UNIT_EXPONENT } from "./exact-sum.ts";
import type { Mergeable, Numbers } from "./mergeable.ts";
import { roundRatio, roundRootOfRatio } from "./round-exact.ts";

/** null stands for an extreme of no value. */
export interface ExactMomentsState {
  readonly n: number;
  readonly sum: ExactSumState;
  readonly squares: ExactSumState;
  /** Hexadecimal digits; in units of 2^-2148. */
  readonly farSquares: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly negatives: number;
  readonly zeros: number;
}

/** Between these a square and its rounding error are doubles without underflow or overflow. */
const NEAR_MIN: number = 2 ** -480;
const NEAR_MAX: number = 2 ** 500;
/** Splits a double in two halves of 26 bits (T. J. Dekker, 1971). */
const SPLITTER: number = 2 ** 27 + 1;
const CHUNK = 1024;
const ROOT_UNIT = BigInt(-UNIT_EXPONENT);

const squares = new Float64Array(CHUNK);
const errors = new Float64Array(CHUNK);

/** Sums numbers up, whatever order they come in. */
export class ExactMoments implements Mergeable<ExactMoments, Numbers, ExactMomentsState> {
  #n = 0;
  #sum = new ExactSum();
  #squares = new ExactSum();
  /** Squares of numbers outside the near range, in units of 2^-2148. */
  #farSquares = 0n;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #negatives = 0;
  #zeros = 0;

  static load(state: ExactMomentsState): ExactMoments {
    const loaded = new ExactMoments();
    loaded.#n = state.n;
    loaded.#sum = ExactSum.load(state.sum);
    loaded.#squares = ExactSum.load(state.squares);
    loaded.#farSquares = BigInt(`0x${state.farSquares}`);
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
    const sum = roundRatio(this.#sum.toBigInt(), 1n, UNIT_EXPONENT);
    return this.isEmpty || !Number.isFinite(sum) ? undefined : sum;
  }

  /** The exact sum over n, correctly rounded; undefined when the sum is. */
  get mean(): number | undefined {
    if (this.sum === undefined) return undefined;
    return roundRatio(this.#sum.toBigInt(), BigInt(this.#n), UNIT_EXPONENT);
  }

  /** The population standard deviation, correctly rounded; undefined when the sum is. */
  get stdDev(): number | undefined {
    if (this.sum === undefined) return undefined;
    const n = BigInt(this.#n);
    return roundRootOfRatio(this.#scaledVariance(), n * n, UNIT_EXPONENT);
  }

  add({ values, count }: Numbers): void {
    this.#sum.add({ values, count });
    this.#addExtremes(values, count);
    for (let from = 0; from < count; from += CHUNK) {
      this.#addSquares(values, from, Math.min(count, from + CHUNK));
    }
  }

  /** Folds a number in that came `weight` times. */
  addWeighted(value: number, weight: number): void {
    this.#sum.addWeighted(value, weight);
    this.#n += weight;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (value < 0) this.#negatives += weight;
    if (value === 0) this.#zeros += weight;
    const size = Math.abs(value);
    if (size > NEAR_MAX || (size < NEAR_MIN && size > 0)) {
      this.#farSquares += farSquare(value) * BigInt(weight);
      return;
    }
    const square = value * value;
    this.#squares.addWeighted(square, weight);
    const error = squareError(value, square);
    if (error !== 0) this.#squares.addWeighted(error, weight);
  }

  merge(other: ExactMoments): void {
    invariant(other !== this, "ExactMoments merged with itself");
    this.#n += other.#n;
    this.#sum.merge(other.#sum);
    this.#squares.merge(other.#squares);
    this.#farSquares += other.#farSquares;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#negatives += other.#negatives;
    this.#zeros += other.#zeros;
  }

  checkInvariants(): void {
    this.#sum.checkInvariants();
    this.#squares.checkInvariants();
    invariant(this.isEmpty || this.#min <= this.#max, "ExactMoments of min above max");
    invariant(this.#negatives + this.#zeros <= this.#n, "ExactMoments of more signs than values");
    invariant(this.#scaledVariance() >= 0n, "ExactMoments of negative variance");
  }

  save(): ExactMomentsState {
    return {
      n: this.#n,
      sum: this.#sum.save(),
      squares: this.#squares.save(),
      farSquares: this.#farSquares.toString(16),
      min: this.isEmpty ? null : this.#min,
      max: this.isEmpty ? null : this.#max,
      negatives: this.#negatives,
      zeros: this.#zeros,
    };
  }

  /** n · Σx² - (Σx)² in units of 2^-2148. */
  #scaledVariance(): bigint {
    const sum = this.#sum.toBigInt();
    const allSquares = (this.#squares.toBigInt() << ROOT_UNIT) + this.#farSquares;
    return BigInt(this.#n) * allSquares - sum * sum;
  }

  #addExtremes(values: Float64Array, count: number): void {
    let min = this.#min;
    let max = this.#max;
    let negatives = 0;
    let zeros = 0;
    for (let i = 0; i < count; i++) {
      const x = values[i]!;
      if (x < min) min = x;
      if (x > max) max = x;
      if (x < 0) negatives += 1;
      else if (x === 0) zeros += 1;
    }
    this.#n += count;
    this.#min = min;
    this.#max = max;
    this.#negatives += negatives;
    this.#zeros += zeros;
  }

  /** Adds the squares of values[from, until), a chunk at most, each with its rounding error. */
  #addSquares(values: Float64Array, from: number, until: number): void {
    let near = 0;
    for (let i = from; i < until; i++) {
      const x = values[i]!;
      const size = x < 0 ? -x : x;
      if (size > NEAR_MAX || (size < NEAR_MIN && size > 0)) {
        this.#farSquares += farSquare(x);
        continue;
      }
      const square = x * x;
      squares[near] = square;
      errors[near] = squareError(x, square);
      near += 1;
    }
    this.#squares.add({ values: squares, count: near });
    this.#squares.add({ values: errors, count: near });
  }
}

/** What rounding took from the square of x, exactly. */
function squareError(x: number, square: number): number {
  const scaled = SPLITTER * x;
  const high = scaled - (scaled - x);
  const low = x - high;
  return high * high - square + 2 * high * low + low * low;
}

/** The square of x in units of 2^-2148. */
function farSquare(x: number): bigint {
  const sum = new ExactSum();
  sum.addWeighted(x, 1);
  const units = sum.toBigInt();
  return units * units;
}
