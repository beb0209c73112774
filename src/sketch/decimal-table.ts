/**
 * Counts of decimals keyed by sign, scale (decimals behind the point) and digits: `-17.63` is
 * negative, of scale 2 and digits 1763. A key stands for one spelling, the shortest of its scale:
 * `1.5` and `1.50` are two.
 *
 * Digits below 65,536 at a scale of at most 3 index an array directly; others are hashed. An array
 * of more than 1,024 numbers is made once a cell for each 64 of them has come: until then these are
 * in a map, since of many columns with few cells each would take most of a megabyte.
 *
 * Invariant: what is counted in the budget depends on the keys alone, not on their order or number.
 * Memory: per sign and scale 8 bytes a number up to the greatest direct one; 32 to 64 bytes a
 * hashed key; counted in a budget that tables share, arrays as if they were made at once.
 */
import type { Kernel } from "../kernel/kernel.ts";
import { sumOf } from "./counters.ts";
import {
  type DecimalVisitor,
  directValues,
  hashOf,
  keyOf,
  type PlacedValues,
  SCALES,
  type SparseCounts,
  sparseValues,
} from "./decimal-values.ts";
import { BudgetShare, type MemoryBudget } from "./memory-budget.ts";

/** Digits of a key at most; its scale is below `SCALES`. */
export const DECIMAL_DIGITS_MAX = 14;

const [DIRECT_SIZE, DIRECT_SCALES, DIRECT_MIN] = [65_536, 4, 16];
const [HASHED_MAX, SLOTS_MIN] = [32_768, 16];
const COUNTER_BYTES = 8;
/** The length of arrays that are made at once, and that of longer ones for each cell. */
const [AT_ONCE_MAX, NUMBERS_A_CELL] = [1024, 64];
/** The `Counters` of the kernel: two fields by sign and scale, of those scales that it reads. */
const KERNEL_SCALES = 8;
const PLACES_BYTES: number = 2 * KERNEL_SCALES * 8;

const EMPTY = new Float64Array(0);
const NONE: readonly Float64Array[] = new Array<Float64Array>(2 * SCALES).fill(EMPTY);

/** Never refuses a decimal: past its bounds it only says so. */
export class DecimalTable {
  /**
   * Counts of digits, the index, for each scale, those of negative decimals behind the others. An
   * index beyond an array's length has no counter here: `count` makes it, or counts elsewhere.
   * Single digits have theirs.
   */
  readonly direct: Float64Array[] = NONE.slice();
  /** The lengths that the arrays count for. */
  readonly #lengths: Uint32Array = new Uint32Array(2 * SCALES);
  /** Counts of digits beyond the arrays, where those are not made yet. */
  readonly #sparse: Map<number, SparseCounts> = new Map();
  /** Where the kernel finds the counters; undefined where it does not. */
  readonly kernelPlace: number | undefined;
  /** Indexes in `direct` of what is there. */
  readonly #places: number[] = [];
  readonly #share: BudgetShare;
  readonly #kernel: Kernel | undefined;
  #hashed = 0;
  #hashedCells = 0;
  #hashedWhole = 0;
  #hashedNegatives = 0;
  /**
   * Digits times 16 plus the scale, negative with their sign. 0, which is no hashed key, marks a
   * free slot; at most half are taken.
   */
  #keys = EMPTY;
  #counts = EMPTY;

  /** Takes the kernel that may count the direct decimals too. */
  constructor(budget: MemoryBudget, kernel?: Kernel | undefined) {
    this.#share = new BudgetShare(budget);
    this.#kernel = kernel;
    this.kernelPlace = kernel?.allocate(PLACES_BYTES);
    // Nearly every column of numbers has single digits.
    this.#growDirect(0, DIRECT_MIN - 1);
  }

  /** Whether there are too many hashed keys, or too many bytes in all tables of the budget. */
  get isTooLarge(): boolean {
    return this.#hashed > HASHED_MAX || this.#share.isExceeded;
  }

  /** As `BudgetShare` does. */
  setAside(isAside: boolean): void {
    this.#share.setAside(isAside);
  }

  count(isNegative: boolean, scale: number, digits: number, cells: number): void {
    if (digits < DIRECT_SIZE && scale < DIRECT_SCALES) {
      const place = isNegative ? SCALES + scale : scale;
      if (digits >= this.direct[place]!.length && this.#isSparse(place, digits, cells)) return;
      this.direct[place]![digits]! += cells;
      return;
    }
    if (2 * this.#hashed >= this.#keys.length) this.#growHashed();
    this.#countHashed(keyOf(isNegative, scale, digits), cells);
    this.#hashedCells += cells;
    if (scale === 0) this.#hashedWhole += cells;
    if (isNegative && digits > 0) this.#hashedNegatives += cells;
  }

  /** Adds the counts of another table, which does not change. */
  merge(other: DecimalTable): void {
    other.forEach((isNegative, scale, digits, cells) => {
      this.count(isNegative, scale, digits, cells);
    });
  }

  /** Number of cells of all decimals. */
  get cells(): number {
    let cells = this.#hashedCells;
    for (const place of this.#places) cells += sumOf(this.direct[place]!, this.#kernel);
    for (const sparse of this.#sparse.values()) cells += sparse.cells;
    return cells;
  }

  /** Number of cells of decimals with a point. */
  get pointed(): number {
    let cells = this.#hashedCells - this.#hashedWhole;
    for (const place of this.#places) {
      if (place % SCALES !== 0) cells += sumOf(this.direct[place]!, this.#kernel);
    }
    for (const [place, sparse] of this.#sparse) if (place % SCALES !== 0) cells += sparse.cells;
    return cells;
  }

  /** Number of cells of decimals below zero. */
  get negatives(): number {
    let cells = this.#hashedNegatives;
    for (const place of this.#places) {
      if (place >= SCALES)
        cells += sumOf(this.direct[place]!, this.#kernel) - this.direct[place]![0]!;
    }
    for (const [place, { cells: all, counts }] of this.#sparse) {
      if (place >= SCALES) cells += all - (counts.get(0) ?? 0);
    }
    return cells;
  }

  /** Number of cells of one decimal. */
  countOf(isNegative: boolean, scale: number, digits: number): number {
    if (digits < DIRECT_SIZE && scale < DIRECT_SCALES) {
      const place = isNegative ? SCALES + scale : scale;
      return this.direct[place]![digits] ?? this.#sparse.get(place)?.counts.get(digits) ?? 0;
    }
    if (this.#hashed === 0) return 0;
    const slot = this.#slotOf(keyOf(isNegative, scale, digits));
    return this.#keys[slot] === 0 ? 0 : this.#counts[slot]!;
  }

  /** Visits all decimals met, in no stated order. */
  forEach(visit: DecimalVisitor): void {
    for (const place of this.#places) {
      const counts = this.direct[place]!;
      for (let digits = 0; digits < counts.length; digits++) {
        if (counts[digits]! > 0) visit(place >= SCALES, place % SCALES, digits, counts[digits]!);
      }
    }
    for (const [place, { counts }] of this.#sparse) {
      for (const [digits, count] of counts) visit(place >= SCALES, place % SCALES, digits, count);
    }
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const key = this.#keys[slot]!;
      if (key === 0) continue;
      const size = Math.abs(key);
      visit(key < 0, size % SCALES, Math.floor(size / SCALES), this.#counts[slot]!);
    }
  }

  /** The decimals as doubles, in ascending lists that may share numbers. */
  values(): PlacedValues[] {
    const lists = this.#places.map((place) =>
      directValues(this.direct[place]!, place, this.#kernel),
    );
    for (const [place, { counts }] of this.#sparse) lists.push(sparseValues(counts, place));
    return this.#hashed === 0 ? lists : lists.concat(this.#hashedValues());
  }

  /** Gives the memory back; the table must not be used any more. */
  release(): void {
    this.#share.release();
    for (const place of this.#places) this.#giveBack(place);
    if (this.kernelPlace !== undefined) this.#kernel!.free(this.kernelPlace, PLACES_BYTES);
  }

  /** Of one sign and scale the keys are in the order of their numbers. */
  #hashedValues(): PlacedValues[] {
    const keys = this.#keys.filter((key) => key !== 0).sort();
    const keysAt = new Map<number, number[]>();
    for (const key of keys) {
      const scale = Math.abs(key) % SCALES;
      const place = key < 0 ? SCALES + scale : scale;
      const list = keysAt.get(place);
      if (list === undefined) keysAt.set(place, [key]);
      else list.push(key);
    }
    return [...keysAt].map(([place, list]) => {
      const divisor = 10 ** (place % SCALES);
      return {
        items: Float64Array.from(list, (key) => Math.trunc(key / SCALES) / divisor + 0),
        counts: Float64Array.from(list, (key) => this.#counts[this.#slotOf(key)]!),
        place,
      };
    });
  }

  #countHashed(key: number, cells: number): void {
    const slot = this.#slotOf(key);
    if (this.#keys[slot] === 0) {
      this.#keys[slot] = key;
      this.#hashed++;
    }
    this.#counts[slot]! += cells;
  }

  /** Finds the slot of a key, or the free one where it belongs. */
  #slotOf(key: number): number {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let slot = hashOf(key) & mask;
    while (keys[slot] !== key && keys[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  /** Counts digits beyond an array in a map, or else makes the array that they index. */
  #isSparse(place: number, digits: number, cells: number): boolean {
    const sparse = this.#sparse.get(place) ?? { cells: 0, counts: new Map<number, number>() };
    const length = this.#countLength(place, digits);
    sparse.cells += cells;
    if (length <= AT_ONCE_MAX || sparse.cells * NUMBERS_A_CELL > length) {
      this.#growDirect(place, length - 1);
      for (const [each, count] of sparse.counts) this.direct[place]![each]! += count;
      this.#sparse.delete(place);
      return false;
    }
    sparse.counts.set(digits, (sparse.counts.get(digits) ?? 0) + cells);
    this.#sparse.set(place, sparse);
    return true;
  }

  /** Counts an array of a power of two that digits index, and returns its length. */
  #countLength(place: number, digits: number): number {
    const counted = this.#lengths[place]!;
    let length = Math.max(DIRECT_MIN, counted);
    while (length <= digits) length *= 2;
    this.#lengths[place] = length;
    this.#share.use(COUNTER_BYTES * (length - counted));
    return length;
  }

  #growDirect(place: number, digits: number): void {
    const counts = this.direct[place]!;
    if (counts.length === 0) this.#places.push(place);
    const size = this.#countLength(place, digits);
    const inKernel = this.#kernel?.allocateDoubles(size);
    const grown = inKernel ?? new Float64Array(size);
    grown.set(counts);
    this.#giveBack(place);
    this.direct[place] = grown;
    if (inKernel !== undefined) this.#show(place, inKernel);
  }

  /** Lets the kernel count in an array. */
  #show(place: number, counts: Float64Array): void {
    if (this.kernelPlace === undefined) return;
    const fields = new Uint32Array(this.#kernel!.buffer, this.kernelPlace, PLACES_BYTES / 4);
    const at = place < SCALES ? place : place - SCALES + KERNEL_SCALES;
    fields.set([counts.byteOffset, counts.length], 2 * at);
  }

  /** Returns an array's memory to the kernel, if it is the kernel's. */
  #giveBack(place: number): void {
    const counts = this.direct[place]!;
    if (counts.length === 0 || !(counts.buffer instanceof SharedArrayBuffer)) return;
    this.#show(place, EMPTY);
    this.#kernel!.free(counts.byteOffset, counts.byteLength);
  }

  #growHashed(): void {
    const keys = this.#keys;
    const counts = this.#counts;
    const size = Math.max(SLOTS_MIN, 2 * keys.length);
    this.#keys = new Float64Array(size);
    this.#counts = new Float64Array(size);
    this.#hashed = 0;
    for (let slot = 0; slot < keys.length; slot++) {
      if (keys[slot] !== 0) this.#countHashed(keys[slot]!, counts[slot]!);
    }
    this.#share.use(2 * COUNTER_BYTES * (size - keys.length));
  }
}
