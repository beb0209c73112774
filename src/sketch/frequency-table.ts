/**
 * Exact counts per distinct text of a column, up to a cap: the data of categorical buckets,
 * domains and categorical distances.
 *
 * Texts stay bytes; strings are made only when counts are asked for. Pinned texts (a baseline's
 * categories) are always counted and do not use up the cap.
 *
 * Invariants: 1. the count of every text in the table is exact; 2. the counts and `other` add up
 * to the cells folded in; 3. the table is overflown if and only if there were more unpinned texts
 * (or bytes of them) than the cap, whatever the order of cells and merges; 4. an overflown table
 * without pinned texts is closed: it holds no text at all.
 * Memory: nothing until used; then by doubling up to 40 bytes a text, plus the texts of more than
 * 8 bytes, at most 4 MiB of unpinned ones.
 */
import { type Cells, MISSING } from "../base/cells.ts";
import { invariant } from "../base/tidemark-error.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Mergeable } from "./mergeable.ts";
import { TextEntries } from "./text-entries.ts";

const TEXTS_MAX = 1024;
const TEXT_BYTES_MAX: number = 4 * 1024 * 1024;

const encoder = new TextEncoder();

export interface FrequencyOptions {
  /** Distinct unpinned texts counted at most; 1,024 by default. */
  readonly textsMax?: number | undefined;
  /** Texts counted exactly whatever else the column holds. */
  readonly pinned?: readonly string[] | undefined;
  /** The kernel that may count texts too. */
  readonly kernel?: Kernel | undefined;
}

/** What `load` needs beside the options of the saved table. */
export interface FrequencyTableState {
  readonly counts: readonly (readonly [text: string, count: number])[];
  readonly other: number;
  readonly isOverflown: boolean;
}

/** Counts the texts of a column. */
export class FrequencyTable implements Mergeable<FrequencyTable, Cells, FrequencyTableState> {
  readonly #textsMax: number;
  readonly #pinned: ReadonlySet<string>;
  /** The pinned texts first, then the others in order of appearance. */
  #entries: TextEntries;
  readonly #kernel: Kernel | undefined;
  #unpinnedBytes = 0;
  #other = 0;
  #isOverflown = false;

  constructor({ textsMax = TEXTS_MAX, pinned = [], kernel }: FrequencyOptions = {}) {
    this.#textsMax = textsMax;
    this.#kernel = kernel;
    this.#pinned = new Set(pinned);
    this.#entries = new TextEntries(kernel);
    this.#empty();
  }

  /** Rebuilds a table; the options must be those of the saved one. */
  static load(state: FrequencyTableState, options: FrequencyOptions = {}): FrequencyTable {
    const loaded = new FrequencyTable(options);
    for (const [text, count] of state.counts) loaded.#countText(text, count);
    loaded.#other += state.other;
    if (state.isOverflown) loaded.#overflow();
    loaded.checkInvariants();
    return loaded;
  }

  get isEmpty(): boolean {
    return this.#other === 0 && this.#entries.total() === 0;
  }

  /** Number of cells whose text is not in the table. */
  get other(): number {
    return this.#other;
  }

  /** True once there were more unpinned texts than the cap. */
  get isOverflown(): boolean {
    return this.#isOverflown;
  }

  /** Where the kernel counts texts; undefined where it knows none. */
  get kernelPlace(): number | undefined {
    return this.#entries.kernelPlace;
  }

  /** Whether a text that the kernel does not know would be counted among `other`. */
  get isClosedInKernel(): boolean {
    return this.#isOverflown && this.#entries.areInKernel;
  }

  /** Whether cells of a text will add to counts alone, wherever they stand among other cells. */
  isSettled(bytes: Uint8Array): boolean {
    return this.#isOverflown || this.#entries.find(bytes, 0, bytes.length) !== -1;
  }

  /** Takes cells whose texts are not in the table, once it is overflown. */
  countOther(cells: number): void {
    this.#other += cells;
  }

  /** Lists the texts that were met with the number of their cells. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    const entries = this.#entries;
    for (let i = 0; i < entries.size; i++) {
      const count = entries.counts[i]!;
      if (count > 0) counts.set(entries.textOf(i), count);
    }
    return counts;
  }

  /** Finds the places of pinned texts, for `countAt`; those of no other text stay the same. */
  placesOf(texts: readonly string[]): readonly number[] {
    return [...new Set(texts)]
      .filter((text) => this.#pinned.has(text))
      .map((text) => {
        const bytes = encoder.encode(text);
        return this.#entries.find(bytes, 0, bytes.length);
      });
  }

  /** Sums the counts of the texts at some places. */
  countAt(places: readonly number[]): number {
    const { counts } = this.#entries;
    let sum = 0;
    for (let i = 0; i < places.length; i++) sum += counts[places[i]!]!;
    return sum;
  }

  /** Folds every present cell in. */
  add({ bytes, starts, ends, count }: Cells): void {
    for (let i = 0; i < count; i++) {
      const start = starts[i]!;
      if (start !== MISSING) this.count(bytes, start, ends[i]!);
    }
  }

  /**
   * Counts one cell of text bytes[start, end), or so many. Returns true when the table had counted
   * that text before, false the first time and for every text beyond the cap.
   */
  count(bytes: Uint8Array, start: number, end: number, cells = 1): boolean {
    if (this.#isOverflown && this.#pinned.size === 0) {
      this.#other += cells;
      return false;
    }
    const { counts } = this.#entries;
    const i = this.#entries.find(bytes, start, end);
    if (i === -1) {
      this.#insert(bytes, start, end, cells);
      return false;
    }
    const before = counts[i]!;
    counts[i] = before + cells;
    return before > 0;
  }

  /**
   * Folds another table of equal options in. A text that one side may have counted among `other`
   * is no longer exact and goes there wholly.
   */
  merge(other: FrequencyTable): void {
    invariant(other !== this, "FrequencyTable merged with itself");
    const pinnedAlike =
      this.#pinned.size === other.#pinned.size &&
      [...this.#pinned].every((text) => other.#pinned.has(text));
    invariant(
      pinnedAlike && this.#textsMax === other.#textsMax,
      "FrequencyTable merged with one of other options",
    );
    const mine = this.counts();
    const theirs = other.counts();
    const wasOverflown = this.#isOverflown;
    this.#empty();
    this.#other += other.#other;
    const keep = (text: string, count: number, isExact: boolean): void => {
      if (isExact || this.#pinned.has(text)) this.#countText(text, count);
      else this.#other += count;
    };
    for (const [text, count] of mine) {
      keep(text, count + (theirs.get(text) ?? 0), !other.#isOverflown || theirs.has(text));
    }
    for (const [text, count] of theirs) if (!mine.has(text)) keep(text, count, !wasOverflown);
    if (wasOverflown || other.#isOverflown) this.#overflow();
  }

  checkInvariants(): void {
    const entries = this.#entries;
    const isClosed = this.#isOverflown && this.#pinned.size === 0;
    invariant(!isClosed || entries.size === 0, "FrequencyTable holds texts though closed");
    const unpinned = entries.size - this.#pinned.size;
    invariant(unpinned <= this.#textsMax, "FrequencyTable holds more texts than its cap");
    for (let i = 0; i < entries.size; i++) {
      const bytes = entries.bytesOf(i);
      const isFound = entries.find(bytes, 0, bytes.length) === i;
      invariant(isFound, "FrequencyTable can not find a text it holds");
    }
  }

  save(): FrequencyTableState {
    return { counts: [...this.counts()], other: this.#other, isOverflown: this.#isOverflown };
  }

  /** Back to the pinned texts, uncounted; `other` stays. */
  #empty(): void {
    this.#renew();
    this.#unpinnedBytes = 0;
    this.#isOverflown = false;
    for (const text of this.#pinned) {
      const bytes = encoder.encode(text);
      this.#entries.insert(bytes, 0, bytes.length, 0);
    }
  }

  #countText(text: string, count: number): void {
    const bytes = encoder.encode(text);
    const i = this.#entries.find(bytes, 0, bytes.length);
    if (i === -1) this.#insert(bytes, 0, bytes.length, count);
    else this.#entries.counts[i]! += count;
  }

  /** Takes a new text in, or closes the table to new texts when there is no room. */
  #insert(bytes: Uint8Array, start: number, end: number, count: number): void {
    const textBytes = this.#unpinnedBytes + end - start;
    const texts = this.#entries.size - this.#pinned.size;
    if (!this.#isOverflown && texts < this.#textsMax && textBytes <= TEXT_BYTES_MAX) {
      this.#unpinnedBytes = textBytes;
      this.#entries.insert(bytes, start, end, count);
    } else {
      this.#other += count;
      this.#overflow();
    }
  }

  /** No text is taken in any more: cells of it may have gone by uncounted. */
  #overflow(): void {
    this.#isOverflown = true;
    if (this.#pinned.size > 0 || this.#entries.size === 0) return;
    this.#other += this.#entries.total();
    this.#renew();
  }

  #renew(): void {
    this.#entries.release();
    this.#entries = new TextEntries(this.#kernel);
  }
}
