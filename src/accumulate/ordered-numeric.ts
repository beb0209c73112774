/**
 * The numbers of one column, folded in record order with the service's own arithmetic: plain
 * left-to-right sum, Welford moments and the deterministic KLL sketch. Bit-equal to the service on
 * one ordered input. Memory: the sketch, about 6,000 doubles at most, and the tails' 160 KiB.
 */
import type { NumericSummary } from "../profile/profile.ts";
import { bucketsOf } from "../sketch/buckets.ts";
import { KllSketch, type KllState } from "../sketch/kll-sketch.ts";
import type { Mergeable, Numbers } from "../sketch/mergeable.ts";
import { Moments, type MomentsState } from "../sketch/moments.ts";
import { TailDigest, type TailDigestState } from "../sketch/tail-digest.ts";

/**
 * What turns the castable finite values of a column into its summary. `OrderedNumeric` is the
 * service's arithmetic; another accumulator may stand behind the same interface.
 */
export interface NumericAccumulator<Self, State> extends Mergeable<Self, Numbers, State> {
  /** Number of values below zero. */
  readonly negatives: number;
  /** Number of values that are 0. */
  readonly zeros: number;
  /**
   * The summary of all values so far, or undefined when there was none. `exhaustive` counts in the
   * last bucket everything from its lower bound on; `service` loses a maximum that lies above the
   * last bound by a rounding error. Tails are left out where all values are counted elsewhere.
   */
  finish(lastBucket: "service" | "exhaustive", hasTails?: boolean): NumericSummary | undefined;
}

export interface OrderedNumericState {
  readonly moments: MomentsState;
  readonly sketch: KllState;
  /** null where no tails are kept. */
  readonly tails: TailDigestState | null;
}

/** Places per mille that are too far out for the sketch. */
const TAILS: readonly number[] = [1, 10, 990, 999];

export class OrderedNumeric implements NumericAccumulator<OrderedNumeric, OrderedNumericState> {
  #moments = new Moments();
  #sketch!: KllSketch;
  #tails: TailDigest | undefined;

  /** Without tails the summary is the same but for them. */
  constructor(hasTails: boolean = true) {
    if (hasTails) this.#tails = new TailDigest();
    this.#follow(new KllSketch());
  }

  /** The tails need values in order, as the sketch puts them anyhow. */
  #follow(sketch: KllSketch): void {
    this.#sketch = sketch;
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

  add(column: Numbers): void {
    this.#moments.add(column);
    this.#sketch.add(column);
  }

  /** Folds one column in for each of several numerics, no two of them the same; faster so. */
  static addAll(all: readonly OrderedNumeric[], columns: readonly Numbers[]): void {
    Moments.addAll(
      all.map((numeric) => numeric.#moments),
      columns,
    );
    all.forEach((numeric, i) => {
      numeric.#sketch.add(columns[i]!);
    });
  }

  merge(other: OrderedNumeric): void {
    this.#moments.merge(other.#moments);
    this.#sketch.merge(other.#sketch);
    if (other.#tails !== undefined) this.#tails?.merge(other.#tails);
  }

  checkInvariants(): void {
    this.#moments.checkInvariants();
    this.#sketch.checkInvariants();
    this.#tails?.checkInvariants();
  }

  finish(lastBucket: "service" | "exhaustive", hasTails = true): NumericSummary | undefined {
    if (this.isEmpty) return undefined;
    const { sum, mean, stdDev, min, max } = this.#moments;
    // A file can not say NaN or Infinity for a statistic, so an overflowing sum is left out.
    const sums = Number.isFinite(sum) && Number.isFinite(stdDev) ? { mean, sum, stdDev } : {};
    const sketch = KllSketch.load(this.#sketch.save());
    return {
      ...sums,
      min,
      max,
      ...(this.#tails === undefined || this.#tails.isEmpty || !hasTails
        ? {}
        : { tails: tailsOf(this.#tails, sketch.n, sketch.levels()[0]!) }),
      distribution: { buckets: bucketsOf(sketch, min, max, lastBucket), sketch },
    };
  }

  save(): OrderedNumericState {
    return {
      moments: this.#moments.save(),
      sketch: this.#sketch.save(),
      tails: this.#tails?.save() ?? null,
    };
  }

  static load(state: OrderedNumericState): OrderedNumeric {
    const loaded = new OrderedNumeric(false);
    loaded.#moments = Moments.load(state.moments);
    if (state.tails !== null) loaded.#tails = TailDigest.load(state.tails);
    loaded.#follow(KllSketch.load(state.sketch));
    return loaded;
  }
}

/** The outer quantiles of n values by place per mille; `rest` are those the digest has not got. */
export function tailsOf(
  tails: TailDigest,
  n: number,
  rest: Float64Array,
): ReadonlyMap<number, number> {
  const shares = TAILS.map((place) => place / 1000);
  const found = tails.quantiles(shares, n, rest);
  return new Map(TAILS.map((place, i) => [place, found[i]] as const).filter(isKnown));
}

function isKnown(entry: readonly [number, number | undefined]): entry is [number, number] {
  return entry[1] !== undefined;
}
