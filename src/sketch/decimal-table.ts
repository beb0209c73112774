/**
 * Counts of decimals keyed by sign, scale (decimals behind the point) and digits: `-17.63` is
 * negative, of scale 2 and digits 1763. A key stands for one spelling, the shortest of its scale:
 * `1.5` and `1.50` are two.
 *
 * Digits below 65,536 at a scale of at most 3 index an array directly; others are hashed.
 *
 * Invariant: the memory depends on the keys alone, not on their order.
 * Memory: per sign and scale 8 bytes a number up to the greatest direct one; 32 to 64 bytes a
 * hashed key; counted in a budget that tables share.
 */
import type { MemoryBudget } from "./memory-budget.ts";

export const DIRECT_SCALES = 4;
/** Digits of a key at most; its scale is at most this too. */
export const DECIMAL_DIGITS_MAX = 14;

const DIRECT_SIZE = 65_536;
const DIRECT_MIN = 16;
const HASHED_MAX = 65_536;
const SLOTS_MIN = 16;
/** More than any scale: a key is the digits times this plus the scale, negative with its sign. */
const SCALES = 16;
const COUNTER_BYTES = 8;

/** A decimal and the number of its cells. */
export interface CountedDecimal {
  readonly isNegative: boolean;
  readonly scale: number;
  readonly digits: number;
  readonly count: number;
}

/** Never refuses a decimal: past its bounds it only says so. */
export class DecimalTable {
  /**
   * Counts of digits, the index, per scale below 4, those of negative decimals behind the others.
   * An index beyond an array's length has no counter yet: `count` makes it.
   */
  readonly direct: Float64Array[] = new Array<Float64Array>(2 * DIRECT_SCALES).fill(
    new Float64Array(0),
  );
  readonly #budget: MemoryBudget;
  #bytes = 0;
  #hashed = 0;
  /** 0, which is no hashed key, marks a free slot; at most half are taken. */
  #keys = new Float64Array(0);
  #counts = new Float64Array(0);

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
  }

  /** Whether there are too many hashed keys, or too many bytes in all tables of the budget. */
  get isTooLarge(): boolean {
    return this.#hashed > HASHED_MAX || this.#budget.isExceeded;
  }

  count(isNegative: boolean, scale: number, digits: number, cells: number): void {
    if (digits < DIRECT_SIZE && scale < DIRECT_SCALES) {
      const place = isNegative ? DIRECT_SCALES + scale : scale;
      if (digits >= this.direct[place]!.length) this.#growDirect(place, digits);
      this.direct[place]![digits]! += cells;
      return;
    }
    if (2 * this.#hashed >= this.#keys.length) this.#growHashed();
    const key = digits * SCALES + scale;
    this.#countHashed(isNegative ? -key : key, cells);
  }

  /** All decimals met, in no stated order. */
  *entries(): Generator<CountedDecimal> {
    for (const [place, counts] of this.direct.entries()) {
      const isNegative = place >= DIRECT_SCALES;
      for (let digits = 0; digits < counts.length; digits++) {
        const count = counts[digits]!;
        if (count > 0) yield { isNegative, scale: place % DIRECT_SCALES, digits, count };
      }
    }
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const key = Math.abs(this.#keys[slot]!);
      if (key === 0) continue;
      const isNegative = this.#keys[slot]! < 0;
      const digits = Math.floor(key / SCALES);
      yield { isNegative, scale: key % SCALES, digits, count: this.#counts[slot]! };
    }
  }

  /** Gives the memory back; the table must not be used any more. */
  release(): void {
    this.#budget.use(-this.#bytes);
    this.#bytes = 0;
  }

  #countHashed(key: number, cells: number): void {
    const keys = this.#keys;
    const mask = keys.length - 1;
    let slot = hashOf(key) & mask;
    while (keys[slot] !== key) {
      if (keys[slot] === 0) {
        keys[slot] = key;
        this.#hashed++;
        break;
      }
      slot = (slot + 1) & mask;
    }
    this.#counts[slot]! += cells;
  }

  #growDirect(place: number, digits: number): void {
    const counts = this.direct[place]!;
    let size = Math.max(DIRECT_MIN, counts.length);
    while (size <= digits) size *= 2;
    const grown = new Float64Array(size);
    grown.set(counts);
    this.direct[place] = grown;
    this.#use(COUNTER_BYTES * (size - counts.length));
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
    this.#use(2 * COUNTER_BYTES * (size - keys.length));
  }

  #use(bytes: number): void {
    this.#bytes += bytes;
    this.#budget.use(bytes);
  }
}

function hashOf(key: number): number {
  const high = Math.floor(key / 2 ** 32) | 0;
  const hash = Math.imul((key | 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
