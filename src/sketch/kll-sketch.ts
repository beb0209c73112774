/**
 * Quantile sketch after Karnin, Lang and Liberty ("Optimal Quantile Approximation in Streams",
 * FOCS 2016) in the deterministic form of awslabs/deequ (QuantileNonSample, NonSampleCompactor).
 *
 * Level h holds items of weight 2^h; the raw level, 0, is the largest.
 *
 * Invariants: 1. Σ length(h) · 2^h = n; 2. there is at least one level; 3. an offset is 0 or 1.
 * Memory: at k = 2048 and c = 0.64 at most about 5,800 doubles after every add and merge, in
 * buffers of at most twice that.
 */
import { RepeatedDoubles } from "../base/service-json.ts";
import { invariant } from "../base/tidemark-error.ts";
import { KllLevel } from "./kll-level.ts";
import type { Mergeable, Numbers } from "./mergeable.ts";
import type { RankMap } from "./rank-map.ts";
import { shareOfLevel, timesAtLevel, topFor } from "./share-of-level.ts";
import { sortDoubles } from "./sort-doubles.ts";
import { mergeSorted, type WeightedItems } from "./weighted-items.ts";

/** Runs of fewer items take longer to write than their items. */
const RUN_MIN = 8;

export interface KllParameters {
  /** Size of the raw level. */
  readonly k: number;
  /** Shrink factor from a level to the next one up. */
  readonly c: number;
}

export interface KllState extends KllParameters {
  readonly levels: readonly (readonly number[])[];
  /** Compactions each level has had. */
  readonly compactions: readonly number[];
  readonly offsets: readonly number[];
}

/** Summarises the ranks of numbers; the service's parameters are the default ones. */
export class KllSketch implements Mergeable<KllSketch, Numbers, KllState> {
  readonly k: number;
  readonly c: number;
  #n = 0;
  readonly #made: KllLevel[] = [];
  /** Numbers with their counts that are not in the levels yet, where all else is. */
  #unlaid: RankMap | undefined;
  /**
   * Takes the values of the raw level in ascending order each time that it is compacted: every
   * value once, as it leaves that level. A view, valid until the listener returns.
   */
  onSorted: ((values: Float64Array) => void) | undefined;
  #ranks: RankMap | undefined;
  /** Number of items held, and how many the levels together may hold before one is compacted. */
  #actual = 0;
  #total = 0;

  constructor({ k = 2048, c = 0.64 }: Partial<KllParameters> = {}) {
    this.k = k;
    this.c = c;
    this.#addLevel();
  }

  /**
   * Rebuilds a sketch from its levels as a file holds them (none at all is an empty sketch). The
   * compaction counters are not in the file and start at 0, as the service's do.
   */
  static fromLevels(
    levels: readonly ArrayLike<number>[],
    parameters: Partial<KllParameters> = {},
  ): KllSketch {
    const sketch = new KllSketch(parameters);
    levels.forEach((items, h) => {
      if (h === sketch.#made.length) sketch.#addLevel();
      sketch.#made[h]!.append(items instanceof Float64Array ? items : Float64Array.from(items));
      sketch.#actual += items.length;
      sketch.#n += items.length * 2 ** h;
    });
    return sketch;
  }

  /** The levels as they are looked at: nobody does so at those of most columns of few numbers. */
  get #levels(): readonly KllLevel[] {
    const values = this.#unlaid;
    if (values !== undefined) {
      this.#unlaid = undefined;
      this.#lay(values);
    }
    return this.#made;
  }

  /** A sketch of its own that continues as this one would. */
  clone(): KllSketch {
    const { k, c } = this;
    const sketch = KllSketch.fromLevels(this.levels(), { k, c });
    this.#levels.forEach(({ compactions, offset }, h) => {
      Object.assign(sketch.#made[h]!, { compactions, offset });
    });
    sketch.#ranks = this.#ranks;
    return sketch;
  }

  static load(state: KllState): KllSketch {
    const sketch = KllSketch.fromLevels(state.levels, state);
    sketch.#levels.forEach((level, h) => {
      level.compactions = state.compactions[h] ?? 0;
      level.offset = state.offsets[h] ?? 0;
    });
    sketch.checkInvariants();
    return sketch;
  }

  /** Number of values folded in, which is the sum of all weights. */
  get n(): number {
    return this.#n;
  }

  get isEmpty(): boolean {
    return this.#n === 0;
  }

  /** True while every value is held: nothing was compacted yet. */
  get isExact(): boolean {
    return this.#levels[0]!.length === this.#n;
  }

  /**
   * The ranks of all values where they are known without a look at the items: those of distinct
   * numbers with their counts, if nothing else was folded in. Nobody may write to it.
   */
  get ranks(): RankMap | undefined {
    return this.#ranks;
  }

  /** The items of each level as stored, unsorted; views, valid until the next add or merge. */
  levels(): readonly Float64Array[] {
    return this.#levels.map((level) => level.view());
  }

  /** The levels as runs of equal items, where those are known and each is long on average. */
  runs(): readonly RepeatedDoubles[] | undefined {
    const ranks = this.#ranks;
    if (ranks === undefined) return undefined;
    const top = topFor(ranks.n, this.#made[0]!.capacity);
    if (RUN_MIN * ranks.items.length > ranks.n / 2 ** top) return undefined;
    return this.#made.map((_, h) => new RepeatedDoubles(ranks.items, timesAtLevel(h, top, ranks)));
  }

  /** Folds numbers in, with the same result as one by one. */
  add({ values, count }: Numbers): void {
    this.#ranks = undefined;
    const [raw] = this.#levels;
    let taken = 0;
    while (taken < count) {
      // One value past the capacity is what starts a compaction.
      const room = Math.max(this.#total - this.#actual + 1, 1);
      const until = Math.min(taken + room, count);
      raw!.append(values.subarray(taken, until));
      this.#actual += until - taken;
      taken = until;
      if (this.#actual > this.#total) this.#condense();
    }
    this.#n += count;
  }

  /**
   * Folds distinct numbers with their counts in, without loss while there is room: up to the level
   * that `topFor` tells.
   */
  addCounted(values: RankMap): void {
    const isFirst = this.isEmpty;
    this.#n += values.n;
    this.#ranks = isFirst ? values : undefined;
    if (isFirst && this.#hasRoomFor(values)) this.#unlaid = values;
    else this.#lay(values);
  }

  /** Whether first numbers are so few that none will be lost; some counts reach the top then. */
  #hasRoomFor(values: RankMap): boolean {
    const count = values.items.length;
    const { capacity } = this.#made[0]!;
    if (count === 0 || 2 * count > capacity) return false;
    const top = topFor(values.n, capacity);
    while (this.#made.length <= top) this.#addLevel();
    return count * top <= this.#total - capacity;
  }

  #lay(values: RankMap): void {
    const top = topFor(values.n, this.#made[0]!.capacity);
    for (let h = 0; h <= top; h++) {
      const items = shareOfLevel(h, top, values);
      if (items.length === 0) continue;
      while (this.#made.length <= h) this.#addLevel();
      this.#made[h]!.appendRun(items);
      this.#actual += items.length;
    }
    while (this.#actual > this.#total) this.#condense();
  }

  /**
   * Folds another sketch of the same k and c in. A full sketch is compacted even when the other
   * one is empty, as the service's is; no rank moves by more than the compaction's share.
   */
  merge(other: KllSketch): void {
    invariant(other !== this, "KllSketch merged with itself");
    invariant(
      other.k === this.k && other.c === this.c,
      `KllSketch of k ${this.k}, c ${this.c} merged with one of k ${other.k}, c ${other.c}`,
    );
    this.#ranks = undefined;
    const levels = this.#levels;
    other.#levels.forEach((level, h) => {
      if (h === levels.length) this.#addLevel();
      levels[h]!.append(level.view());
    });
    this.#actual += other.#actual;
    this.#n += other.#n;
    while (this.#actual >= this.#total) this.#condense();
  }

  /** Sums the weights of the items <= x; 0 when empty. */
  rank(x: number): number {
    return this.#levels.reduce((rank, level, h) => rank + level.countUpTo(x) * 2 ** h, 0);
  }

  /** Sums the weights of the items < x; 0 when empty. */
  rankExclusive(x: number): number {
    return this.#levels.reduce((rank, level, h) => rank + level.countBelow(x) * 2 ** h, 0);
  }

  /**
   * Returns the q - 1 values that cut the data in q parts; none when empty. As in Deequ each is
   * the item after the one that reached its threshold: q = 4 on 1..10 gives 3, 6, 8.
   */
  quantiles(q: number): number[] {
    const { items, weights } = this.sortedItems();
    const quantiles: number[] = [];
    let weight = 0;
    let i = 0;
    for (let part = 1; part < q && items.length > 0; part++) {
      const threshold = Math.floor((part * this.#n) / q);
      while (weight < threshold) weight += weights[i++]!;
      quantiles.push(items[Math.min(i, items.length - 1)]!);
    }
    return quantiles;
  }

  /** Lists all items with their weights in ascending order. */
  sortedItems(): WeightedItems {
    const levels = this.#levels;
    const sorted = {
      items: new Float64Array(this.#actual),
      weights: new Float64Array(this.#actual),
    };
    let size = 0;
    levels.forEach((level, h) => {
      const items = level.view().slice();
      sortDoubles(items, items.length);
      mergeSorted(sorted, size, items, 2 ** h);
      size += items.length;
    });
    return sorted;
  }

  checkInvariants(): void {
    const levels = this.#levels;
    const weight = levels.reduce((sum, level, h) => sum + level.length * 2 ** h, 0);
    invariant(weight === this.#n, `KllSketch of ${this.#n} values weighs ${weight}`);
    const items = levels.reduce((sum, level) => sum + level.length, 0);
    invariant(items === this.#actual, `KllSketch of ${items} items counts ${this.#actual}`);
    const offsets = levels.every(({ offset }) => offset === 0 || offset === 1);
    invariant(levels.length > 0 && offsets, "KllSketch has an offset that is not 0 or 1");
  }

  save(): KllState {
    return {
      k: this.k,
      c: this.c,
      levels: this.#levels.map((level) => [...level.view()]),
      compactions: this.#levels.map((level) => level.compactions),
      offsets: this.#levels.map((level) => level.offset),
    };
  }

  #addLevel(): void {
    const level = new KllLevel(2 * (Math.ceil((this.k * this.c ** this.#made.length) / 2) + 1));
    this.#made.push(level);
    this.#total += level.capacity;
  }

  /** Compacts the lowest full level into the one above it. */
  #condense(): void {
    this.#ranks = undefined;
    const h = this.#levels.findIndex((level) => level.length >= level.capacity);
    if (h === this.#levels.length - 1) this.#addLevel();
    const onSorted = h === 0 ? this.onSorted : undefined;
    this.#actual -= this.#levels[h]!.compactInto(this.#levels[h + 1]!, onSorted);
  }
}
