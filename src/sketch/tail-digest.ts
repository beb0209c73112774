/**
 * The outer quantiles of numbers, which a sketch of ranks knows too coarsely: a t-digest of each
 * tail (T. Dunning and O. Ertl, "Computing Extremely Accurate Quantiles Using t-Digests", 2019; the
 * `tdigest` package), fed weighted batches.
 *
 * Of each sorted batch the outer 1/32 on either side is kept, 1,024 values at a time, and enters
 * the digest as about 65 values whose weights grow away from the extreme. The package shuffles with
 * chance when it compresses, so it never does: the digest is fed in an order that is always the
 * same, and built again from its own centroids where they are too many. It answers only where no
 * value of any batch was left out; where data drift within the run that may be nowhere.
 *
 * Invariants: 1. each tail has at most 384 centroids after every feed; 2. every value beyond a
 * tail's bound is in it. Memory: nothing before the first batch, then about 100 KiB.
 */
import { createRequire } from "node:module";
import { invariant } from "../base/tidemark-error.ts";
import type { Mergeable, Numbers } from "./mergeable.ts";
import { sortDoubles } from "./sort-doubles.ts";

/** Loaded with the first batch: most columns never come to it. */
const loadPackage = (): typeof import("tdigest") => createRequire(import.meta.url)("tdigest");

/** One in so many values of a batch is kept on either side. */
const TAIL_PART = 32;
const BUFFER_SIZE = 1024;
/** Weights grow to one in so many of the values further out. */
const WEIGHT_PART = 12;
const COMPRESSION = 0.03;
const COMPRESSION_STEP = 1.5;
const CENTROIDS_MAX = 384;
/** After a rebuild there must be room for a few feeds. */
const CENTROIDS_REBUILT_MAX = 256;

export interface TailState {
  /** null before the first batch. */
  readonly bound: number | null;
  readonly compression: number;
  readonly centroids: readonly (readonly [mean: number, weight: number])[];
  readonly buffer: readonly number[];
}

export interface TailDigestState {
  readonly lower: TailState;
  readonly upper: TailState;
}

/** Takes batches of ascending numbers. */
export class TailDigest implements Mergeable<TailDigest, Numbers, TailDigestState> {
  /** Holds negated values, so that both tails are upper ones. */
  #lower = new Tail();
  #upper = new Tail();

  static load(state: TailDigestState): TailDigest {
    const loaded = new TailDigest();
    loaded.#lower = Tail.load(state.lower);
    loaded.#upper = Tail.load(state.upper);
    return loaded;
  }

  get isEmpty(): boolean {
    return this.#upper.isEmpty;
  }

  /** Folds the outer values of a batch in, which must ascend. */
  add({ values, count }: Numbers): void {
    if (count === 0) return;
    const kept = Math.min(count, Math.ceil(count / TAIL_PART));
    for (let i = count - kept; i < count; i++) this.#upper.take(values[i]!);
    // 0 - x, since -x would make a -0 of 0.
    for (let i = kept - 1; i >= 0; i--) this.#lower.take(0 - values[i]!);
    if (kept === count) return;
    this.#upper.leaveOut(values[count - kept - 1]!);
    this.#lower.leaveOut(0 - values[kept]!);
  }

  /**
   * Folds a last batch in, of any order and without leaving a value out, and feeds what is still
   * kept apart: afterwards quantiles are cheap to ask for.
   */
  complete(values: Float64Array): void {
    for (const value of values) {
      this.#upper.take(value);
      this.#lower.take(0 - value);
    }
    this.#upper.feed();
    this.#lower.feed();
  }

  merge(other: TailDigest): void {
    invariant(other !== this, "TailDigest merged with itself");
    this.#lower.merge(other.#lower);
    this.#upper.merge(other.#upper);
  }

  /**
   * Finds the value that a share in 0..1 of all `n` values do not exceed; undefined where the
   * digest can not tell.
   */
  quantile(share: number, n: number): number | undefined {
    if (share >= 0.5) return this.#upper.valueAt((1 - share) * n);
    const negated = this.#lower.valueAt(share * n);
    return negated === undefined ? undefined : 0 - negated;
  }

  checkInvariants(): void {
    this.#lower.checkInvariants();
    this.#upper.checkInvariants();
  }

  save(): TailDigestState {
    return { lower: this.#lower.save(), upper: this.#upper.save() };
  }
}

type TDigest = InstanceType<typeof import("tdigest")["TDigest"]>;

/** The greatest values met. */
class Tail {
  /** No value beyond this one was left out. */
  #bound = Number.NEGATIVE_INFINITY;
  #compression = COMPRESSION;
  #digest: TDigest | undefined;
  /** Number of values in the digest. */
  #fed = 0;
  #buffer = new Float64Array(0);
  #buffered = 0;

  static load(state: TailState): Tail {
    const loaded = new Tail();
    loaded.#bound = state.bound ?? Number.NEGATIVE_INFINITY;
    loaded.#compression = state.compression;
    loaded.#pushAll(state.centroids);
    for (const value of state.buffer) loaded.take(value);
    return loaded;
  }

  get isEmpty(): boolean {
    return this.#fed + this.#buffered === 0;
  }

  take(value: number): void {
    if (this.#buffer.length === 0) this.#buffer = new Float64Array(BUFFER_SIZE);
    this.#buffer[this.#buffered++] = value;
    if (this.#buffered === BUFFER_SIZE) this.feed();
  }

  leaveOut(greatest: number): void {
    if (greatest > this.#bound) this.#bound = greatest;
  }

  merge(other: Tail): void {
    this.leaveOut(other.#bound);
    this.#pushAll(inFixedOrder(other.#centroids()));
    for (let i = 0; i < other.#buffered; i++) this.take(other.#buffer[i]!);
    this.#shrink();
  }

  /** The value that `above` values exceed, where all of these are known. */
  valueAt(above: number): number | undefined {
    if (this.#buffered > 0) {
      const settled = Tail.load(this.save());
      settled.feed();
      return settled.valueAt(above);
    }
    if (this.#digest === undefined || above > this.#fed) return undefined;
    const value = this.#digest.percentile(1 - above / this.#fed);
    return value > this.#bound && Number.isFinite(value) ? value : undefined;
  }

  checkInvariants(): void {
    const centroids = this.#centroids();
    const weight = centroids.reduce((sum, [, each]) => sum + each, 0);
    invariant(weight === this.#fed, `TailDigest of ${this.#fed} values weighs ${weight}`);
    invariant(centroids.length <= CENTROIDS_MAX, "TailDigest has too many centroids");
  }

  save(): TailState {
    return {
      bound: Number.isFinite(this.#bound) ? this.#bound : null,
      compression: this.#compression,
      centroids: this.#centroids(),
      buffer: [...this.#buffer.subarray(0, this.#buffered)],
    };
  }

  #centroids(): (readonly [mean: number, weight: number])[] {
    return this.#digest?.toArray().map(({ mean, n }) => [mean, n] as const) ?? [];
  }

  #pushAll(points: Iterable<readonly [mean: number, weight: number]>): void {
    for (const [mean, weight] of points) {
      // Without its size threshold the package never compresses, so it never asks for chance.
      this.#digest ??= new (loadPackage().TDigest)(this.#compression, 0);
      this.#digest.push(mean, weight);
      this.#fed += weight;
    }
    // Brings its running sums up to date, so that a digest made of its own centroids is its equal.
    this.#digest?.toArray(true);
  }

  /** Moves what is kept apart into the digest. */
  feed(): void {
    if (this.#buffered === 0) return;
    const sorted = this.#buffer.subarray(0, this.#buffered);
    sortDoubles(sorted, sorted.length);
    const batch: (readonly [value: number, weight: number])[] = [];
    for (let end = sorted.length; end > 0; ) {
      const weight = Math.min(end, Math.max(1, Math.floor((sorted.length - end) / WEIGHT_PART)));
      batch.push([sorted[end - 1 - (weight >> 1)]!, weight]);
      end -= weight;
    }
    this.#pushAll(inFixedOrder(batch));
    this.#buffered = 0;
    this.#shrink();
  }

  /** Builds the digest again where it has too many centroids, coarser if need be. */
  #shrink(): void {
    let most = CENTROIDS_MAX;
    while ((this.#digest?.size() ?? 0) > most) {
      const centroids = this.#centroids();
      this.#digest = undefined;
      this.#fed = 0;
      this.#pushAll(inFixedOrder(centroids));
      this.#compression *= COMPRESSION_STEP;
      most = CENTROIDS_REBUILT_MAX;
    }
  }
}

/**
 * Lists elements by their place written backwards in binary: far apart from each other, since a
 * t-digest fed in ascending order merges nothing.
 */
function* inFixedOrder<T>(elements: readonly T[]): Generator<T> {
  const bits = Math.ceil(Math.log2(Math.max(2, elements.length)));
  for (let i = 0; i < 2 ** bits; i++) {
    let place = 0;
    for (let bit = 0; bit < bits; bit++) place |= ((i >> bit) & 1) << (bits - 1 - bit);
    if (place < elements.length) yield elements[place]!;
  }
}
