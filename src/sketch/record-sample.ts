/**
 * A bounded sample of records that no order of records or merges can change: those of the lowest
 * priorities (bottom-k: E. Cohen and H. Kaplan, "Summarizing data using bottom-k sketches", 2007).
 * Priorities that are hashes of the records' places make it a uniform sample without replacement.
 *
 * The sample is cut at a ceiling: the lowest priority at which all records up to it are too many,
 * or cost too much. A record that costs more than is allowed takes those of higher priorities with
 * it, as does a tie at the ceiling.
 *
 * Invariants: 1. the sample holds every wanted record seen of a priority below the ceiling and no
 * other; 2. it keeps to its limits; 3. priorities ascend. Memory: what is kept.
 */
import { invariant } from "../base/tidemark-error.ts";
import type { Mergeable } from "./mergeable.ts";

export interface RecordSampleOptions {
  readonly recordsMax: number;
  /** Sum of the kept records' costs; unlimited by default. */
  readonly costMax?: number | undefined;
}

/** What is kept of a record. */
export interface Sampled<Kept> {
  readonly priority: number;
  /** 0 or more. */
  readonly cost: number;
  readonly kept: Kept;
}

export interface RecordSampleState<Kept> {
  /** Null while nothing was left out. */
  readonly ceiling: number | null;
  readonly sampled: readonly Sampled<Kept>[];
}

/** Samples records; `Kept` must be plain JSON for a state to be saved as such. */
export class RecordSample<Kept>
  implements Mergeable<RecordSample<Kept>, readonly Sampled<Kept>[], RecordSampleState<Kept>>
{
  readonly #recordsMax: number;
  readonly #costMax: number;
  readonly #sampled: Sampled<Kept>[] = [];
  #cost = 0;
  #ceiling = Number.POSITIVE_INFINITY;

  constructor({ recordsMax, costMax = Number.POSITIVE_INFINITY }: RecordSampleOptions) {
    this.#recordsMax = recordsMax;
    this.#costMax = costMax;
  }

  /** Rebuilds a sample; the options must be those of the saved one. */
  static load<Kept>(
    state: RecordSampleState<Kept>,
    options: RecordSampleOptions,
  ): RecordSample<Kept> {
    const loaded = new RecordSample<Kept>(options);
    loaded.#lowerTo(state.ceiling ?? Number.POSITIVE_INFINITY);
    loaded.add(state.sampled);
    loaded.checkInvariants();
    return loaded;
  }

  get isEmpty(): boolean {
    return this.#sampled.length === 0 && this.#ceiling === Number.POSITIVE_INFINITY;
  }

  /** What was kept, lowest priority first. */
  get kept(): readonly Kept[] {
    return this.#sampled.map(({ kept }) => kept);
  }

  /** The priority from which on no record is taken any more. */
  get ceiling(): number {
    return this.#ceiling;
  }

  /** Takes wanted records, in any order. */
  add(records: readonly Sampled<Kept>[]): void {
    for (const sampled of records) this.addOne(sampled);
  }

  /** Takes a wanted record; whoever asks for the ceiling first need not make what is kept. */
  addOne(sampled: Sampled<Kept>): void {
    if (sampled.priority >= this.#ceiling) return;
    const all = this.#sampled;
    let [place, end] = [0, all.length];
    while (place < end) {
      const middle = (place + end) >>> 1;
      if (all[middle]!.priority <= sampled.priority) place = middle + 1;
      else end = middle;
    }
    all.splice(place, 0, sampled);
    this.#cost += sampled.cost;
    while (all.length > this.#recordsMax || this.#cost > this.#costMax) {
      this.#lowerTo(all[all.length - 1]!.priority);
    }
  }

  merge(other: RecordSample<Kept>): void {
    invariant(other !== this, "RecordSample merged with itself");
    const isAlike = this.#recordsMax === other.#recordsMax && this.#costMax === other.#costMax;
    invariant(isAlike, "RecordSample merged with one of other options");
    this.#lowerTo(other.#ceiling);
    this.add(other.#sampled);
  }

  checkInvariants(): void {
    const sampled = this.#sampled;
    const cost = sampled.reduce((sum, each) => sum + each.cost, 0);
    invariant(cost === this.#cost, "RecordSample lost count of its cost");
    const isWithin = sampled.length <= this.#recordsMax && cost <= this.#costMax;
    invariant(isWithin, "RecordSample exceeds its limits");
    const last = sampled.at(-1)?.priority ?? Number.NEGATIVE_INFINITY;
    invariant(last < this.#ceiling, "RecordSample holds records at its ceiling");
    const isSorted = sampled.every(
      (each, i) => i === 0 || sampled[i - 1]!.priority <= each.priority,
    );
    invariant(isSorted, "RecordSample out of order");
  }

  save(): RecordSampleState<Kept> {
    const ceiling = Number.isFinite(this.#ceiling) ? this.#ceiling : null;
    return { ceiling, sampled: [...this.#sampled] };
  }

  /** Leaves out what is not below a priority. */
  #lowerTo(ceiling: number): void {
    if (ceiling < this.#ceiling) this.#ceiling = ceiling;
    const all = this.#sampled;
    while (all.length > 0 && all[all.length - 1]!.priority >= ceiling)
      this.#cost -= all.pop()!.cost;
  }
}
