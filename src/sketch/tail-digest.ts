/**
 * The outer quantiles of numbers, which a sketch of ranks knows too coarsely: a t-digest of each
 * tail (T. Dunning and O. Ertl, "Computing Extremely Accurate Quantiles Using t-Digests", 2019; the
 * `tdigest` package), fed weighted batches. `digest-tail.ts` tells how one of them is kept.
 *
 * Errors, as a share of all values: up to 1/20,000 at 0.001 and 0.999, up to 1/2,500 at 0.01 and
 * 0.99 (measured on eight distributions). Memory: nothing before the first batch, at most about
 * 160 KiB.
 */
import { invariant } from "../base/tidemark-error.ts";
import { DigestTail, type TailState } from "./digest-tail.ts";
import type { Mergeable, Numbers } from "./mergeable.ts";
import type { RankMap } from "./rank-map.ts";

export interface TailDigestState {
  readonly lower: TailState;
  readonly upper: TailState;
}

/** Takes batches of ascending numbers. */
export class TailDigest implements Mergeable<TailDigest, Numbers, TailDigestState> {
  #lower = new DigestTail(-1);
  #upper = new DigestTail(1);

  static load(state: TailDigestState): TailDigest {
    const loaded = new TailDigest();
    loaded.#lower = DigestTail.load(-1, state.lower);
    loaded.#upper = DigestTail.load(1, state.upper);
    return loaded;
  }

  get isEmpty(): boolean {
    return this.#upper.isEmpty;
  }

  /** Folds the outer values of a batch in, which must ascend. */
  add({ values, count }: Numbers): void {
    const sorted = values.subarray(0, count);
    this.#lower.addOuter(sorted);
    this.#upper.addOuter(sorted);
  }

  /** Folds distinct numbers with their counts in. */
  addCounted(values: RankMap): void {
    this.#lower.addCounted(values);
    this.#upper.addCounted(values);
  }

  merge(other: TailDigest): void {
    invariant(other !== this, "TailDigest merged with itself");
    this.#lower.merge(other.#lower);
    this.#upper.merge(other.#upper);
  }

  /**
   * Finds for each of some shares in 0..1 the value that as many of all `n` values do not exceed;
   * undefined where the digest can not tell. `rest` are those that were not added, in any order.
   */
  quantiles(
    shares: readonly number[],
    n: number,
    rest: Float64Array = new Float64Array(0),
  ): (number | undefined)[] {
    const upper = this.#upper.outward(n, rest);
    const lower = this.#lower.outward(n, rest);
    return shares.map((share) => (share < 0.5 ? lower(share) : upper(1 - share)));
  }

  checkInvariants(): void {
    this.#lower.checkInvariants();
    this.#upper.checkInvariants();
  }

  save(): TailDigestState {
    return { lower: this.#lower.save(), upper: this.#upper.save() };
  }
}
