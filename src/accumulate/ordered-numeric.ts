/**
 * The numbers of one column, folded in record order with the service's own arithmetic: plain
 * left-to-right sum, Welford moments and the deterministic KLL sketch. Bit-equal to the service on
 * one ordered input. Memory: the sketch, about 6,000 doubles at most.
 */
import type { NumericSummary } from "../profile/profile.ts";
import { bucketsOf } from "../sketch/buckets.ts";
import { KllSketch, type KllState } from "../sketch/kll-sketch.ts";
import type { Mergeable, Numbers } from "../sketch/mergeable.ts";
import { Moments, type MomentsState } from "../sketch/moments.ts";

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
   * last bound by a rounding error.
   */
  finish(lastBucket: "service" | "exhaustive"): NumericSummary | undefined;
}

export interface OrderedNumericState {
  readonly moments: MomentsState;
  readonly sketch: KllState;
}

export class OrderedNumeric implements NumericAccumulator<OrderedNumeric, OrderedNumericState> {
  #moments = new Moments();
  #sketch = new KllSketch();

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

  merge(other: OrderedNumeric): void {
    this.#moments.merge(other.#moments);
    this.#sketch.merge(other.#sketch);
  }

  checkInvariants(): void {
    this.#moments.checkInvariants();
    this.#sketch.checkInvariants();
  }

  finish(lastBucket: "service" | "exhaustive"): NumericSummary | undefined {
    if (this.isEmpty) return undefined;
    const { sum, mean, stdDev, min, max } = this.#moments;
    // A file can not say NaN or Infinity for a statistic, so an overflowing sum is left out.
    const sums = Number.isFinite(sum) && Number.isFinite(stdDev) ? { mean, sum, stdDev } : {};
    const sketch = KllSketch.load(this.#sketch.save());
    return {
      ...sums,
      min,
      max,
      distribution: { buckets: bucketsOf(sketch, min, max, lastBucket), sketch },
    };
  }

  save(): OrderedNumericState {
    return { moments: this.#moments.save(), sketch: this.#sketch.save() };
  }

  static load(state: OrderedNumericState): OrderedNumeric {
    const loaded = new OrderedNumeric();
    loaded.#moments = Moments.load(state.moments);
    loaded.#sketch = KllSketch.load(state.sketch);
    return loaded;
  }
}
