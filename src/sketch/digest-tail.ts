/**
 * One tail of a `TailDigest`.
 *
 * Of each sorted batch the outer 1/32 is kept at most, and nothing that lies within the bound of
 * what was left out before: soon 1 value in 50. 4,096 at a time enter the digest as about 60, whose
 * weights grow away from the extreme. The package shuffles with chance when it compresses, so it
 * never does: the digest is fed in an order that is always the same, and built again from its own
 * centroids where they are too many. It answers beyond the bound alone; where data drift within the
 * run there may be nothing.
 *
 * Invariants: 1. there are at most 384 centroids after every feed; 2. every value beyond the bound
 * is in it.
 */
import { createRequire } from "node:module";
import { invariant } from "../base/tidemark-error.ts";
import { inFixedOrder } from "./in-fixed-order.ts";
import { interpolate, mergeOutward, type Point } from "./interpolate.ts";
import type { RankMap } from "./rank-map.ts";
import { sortDoubles } from "./sort-doubles.ts";

/** Loaded with the first batch: most columns never come to it. */
const loadPackage = (): typeof import("tdigest") => createRequire(import.meta.url)("tdigest");

/** At most one in so many values of a batch is kept on either side. */
const BATCH_PART = 32;
const BUFFER_SIZE = 4096;
/** So many equal values of a batch are one value with a weight, of which so many are kept apart. */
const RUN_MIN = 8;
const RUNS_MAX = 64;
/** Weights grow to one in so many of the values further out. */
const WEIGHT_PART = 8;
const COMPRESSION = 0.03;
const COMPRESSION_STEP = 1.5;
const CENTROIDS_MAX = 384;
/** After a rebuild there must be room for a few feeds. */
const CENTROIDS_REBUILT_MAX = 256;

export interface TailState {
  /** null before a value was left out. */
  readonly bound: number | null;
  readonly compression: number;
  readonly centroids: readonly Point[];
  readonly runs: readonly Point[];
  readonly buffer: readonly number[];
}

type TDigest = InstanceType<typeof import("tdigest")["TDigest"]>;

/** The outermost values on one side; on the lower one values are held negated. */
export class DigestTail {
  readonly #sign: 1 | -1;
  /** No value beyond this one was left out, and none up to it is of use any more. */
  #bound = Number.NEGATIVE_INFINITY;
  #compression = COMPRESSION;
  #digest: TDigest | undefined;
  /** Number of values in the digest. */
  #fed = 0;
  /** Single values as they came, not negated. */
  #buffer = new Float64Array(0);
  #buffered = 0;
  /** Values that come in runs, with their weights. */
  #runs = new Map<number, number>();

  constructor(sign: 1 | -1) {
    this.#sign = sign;
  }

  static load(sign: 1 | -1, state: TailState): DigestTail {
    const loaded = new DigestTail(sign);
    loaded.#bound = state.bound ?? Number.NEGATIVE_INFINITY;
    loaded.#compression = state.compression;
    loaded.#push(state.centroids);
    loaded.#runs = new Map(state.runs);
    loaded.#take(Float64Array.from(state.buffer));
    return loaded;
  }

  get isEmpty(): boolean {
    return this.#fed + this.#buffered + this.#runs.size === 0;
  }

  /** Takes the outer values of an ascending batch: few steps, whatever its size. */
  addOuter(sorted: Float64Array): void {
    const { length } = sorted;
    const most = Math.ceil(length / BATCH_PART);
    let kept = 0;
    while (kept < most && this.#outermost(sorted, kept) > this.#bound) kept++;
    let taken = 0;
    while (taken + RUN_MIN <= kept) {
      const value = this.#outermost(sorted, taken);
      if (this.#outermost(sorted, taken + RUN_MIN - 1) !== value) break;
      let end = taken + RUN_MIN;
      while (end < kept && this.#outermost(sorted, end) === value) end++;
      this.#takeRun(value, end - taken);
      taken = end;
    }
    this.#take(
      this.#sign === 1
        ? sorted.subarray(length - kept, length - taken)
        : sorted.subarray(taken, kept),
    );
    if (kept < length) this.#leaveOut(this.#outermost(sorted, kept));
  }

  #outermost(sorted: Float64Array, i: number): number {
    // 0 - x, since -x would make a -0 of 0.
    return this.#sign === 1 ? sorted[sorted.length - 1 - i]! : 0 - sorted[i]!;
  }

  /** Takes the outer values, each with its count. */
  addCounted({ items, ranks, n }: RankMap): void {
    let taken = 0;
    for (let step = 0; step < items.length; step++) {
      const i = this.#sign === 1 ? items.length - 1 - step : step;
      const value = this.#sign === 1 ? items[i]! : 0 - items[i]!;
      if (value <= this.#bound) return;
      if (taken >= n / BATCH_PART) {
        this.#leaveOut(value);
        return;
      }
      const count = ranks[i]! - (ranks[i - 1] ?? 0);
      this.#takeRun(value, count);
      taken += count;
    }
  }

  merge(other: DigestTail): void {
    this.#leaveOut(other.#bound);
    this.#push(inFixedOrder(other.#centroids()));
    for (const [value, weight] of other.#runs) this.#takeRun(value, weight);
    this.#take(other.#buffer.subarray(0, other.#buffered));
    this.#shrink();
  }

  /** Looks up which value a share of all `n` values lies beyond. */
  outward(n: number, rest: Float64Array): (share: number) => number | undefined {
    const isOuter = ([value]: Point): boolean => value > this.#bound;
    const heavy = [...this.#centroids(), ...this.#runs].filter(isOuter).sort(([a], [b]) => b - a);
    const points = mergeOutward(heavy, this.#singles(rest));
    return (share) => {
      const value = interpolate(points, share * n);
      if (value === undefined || !Number.isFinite(value)) return undefined;
      return this.#sign === 1 ? value : 0 - value;
    };
  }

  /** The buffer's and other values beyond the bound, descending; on the lower side negated. */
  #singles(rest: Float64Array): Float64Array {
    const singles = new Float64Array(this.#buffered + rest.length);
    let size = 0;
    for (const values of [this.#buffer.subarray(0, this.#buffered), rest]) {
      for (let i = 0; i < values.length; i++) {
        const value = this.#sign === 1 ? values[i]! : 0 - values[i]!;
        if (value > this.#bound) singles[size++] = value;
      }
    }
    return singles.subarray(0, size).sort().reverse();
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
      runs: [...this.#runs],
      buffer: [...this.#buffer.subarray(0, this.#buffered)],
    };
  }

  #centroids(): Point[] {
    return this.#digest?.toArray().map(({ mean, n }) => [mean, n] as const) ?? [];
  }

  #take(values: Float64Array): void {
    if (values.length > 0 && this.#buffer.length === 0) {
      this.#buffer = new Float64Array(BUFFER_SIZE);
    }
    for (let taken = 0; taken < values.length; ) {
      const part = values.subarray(taken, taken + BUFFER_SIZE - this.#buffered);
      this.#buffer.set(part, this.#buffered);
      this.#buffered += part.length;
      taken += part.length;
      if (this.#buffered === BUFFER_SIZE) this.#feed();
    }
  }

  #takeRun(value: number, weight: number): void {
    this.#runs.set(value, (this.#runs.get(value) ?? 0) + weight);
    if (this.#runs.size > RUNS_MAX) this.#feed();
  }

  #leaveOut(greatest: number): void {
    if (greatest > this.#bound) this.#bound = greatest;
  }

  #push(points: Iterable<Point>): void {
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
  #feed(): void {
    const sorted = this.#buffer.subarray(0, this.#buffered);
    // 0 - x, since -x would make a -0 of 0.
    if (this.#sign === -1) for (let i = 0; i < sorted.length; i++) sorted[i] = 0 - sorted[i]!;
    sortDoubles(sorted, sorted.length);
    const batch: Point[] = [...this.#runs];
    for (let end = sorted.length; end > 0; ) {
      const weight = Math.min(end, Math.max(1, Math.floor((sorted.length - end) / WEIGHT_PART)));
      batch.push([sorted[end - 1 - (weight >> 1)]!, weight]);
      end -= weight;
    }
    this.#buffered = 0;
    this.#runs.clear();
    this.#push(inFixedOrder(batch));
    this.#shrink();
  }

  /** Builds the digest again where it has too many centroids, coarser if need be. */
  #shrink(): void {
    let most = CENTROIDS_MAX;
    while ((this.#digest?.size() ?? 0) > most) {
      const centroids = this.#centroids();
      this.#digest = undefined;
      this.#fed = 0;
      this.#push(inFixedOrder(centroids));
      this.#compression *= COMPRESSION_STEP;
      most = CENTROIDS_REBUILT_MAX;
    }
  }
}
