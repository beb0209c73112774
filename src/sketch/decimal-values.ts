/**
 * What a table of decimals is made of: keys, and counts of digits as counts of doubles. Digits of
 * one sign and scale have a place: the scale, behind those of the others where they are negative.
 */
import type { CountedValues } from "./counted-values.ts";
import { sumOf } from "./counters.ts";

export const SCALES = 16;

/** Decimals of one sign and scale as doubles, in ascending order. */
export interface PlacedValues extends CountedValues {
  readonly place: number;
}

export type DecimalVisitor = (
  isNegative: boolean,
  scale: number,
  digits: number,
  count: number,
) => void;

/** Counts of digits of one sign and scale, none of them 0. */
export interface SparseCounts {
  cells: number;
  readonly counts: Map<number, number>;
}

/** Lists counts in ascending order of their numbers. */
export function sparseValues(counts: ReadonlyMap<number, number>, place: number): PlacedValues {
  const sign = place >= SCALES ? -1 : 1;
  const divisor = sign * 10 ** (place % SCALES);
  const digits = [...counts.keys()].sort((a, b) => sign * (a - b));
  return {
    items: Float64Array.from(digits, (each) => each / divisor),
    counts: Float64Array.from(digits, (each) => counts.get(each)!),
    place,
  };
}

/**
 * Lists an array's counts in ascending order of their numbers, which are correctly rounded, as both
 * operands are exact (see `CellReader`), and never -0.
 */
export function directValues(counts: Float64Array, place: number): PlacedValues {
  const items = new Float64Array(counts.length);
  const taken = new Float64Array(counts.length);
  const isNegative = place >= SCALES;
  const divisor = (isNegative ? -1 : 1) * 10 ** (place % SCALES);
  let size = 0;
  for (let digits = 0; digits < counts.length; digits++) {
    const count = counts[digits]!;
    if (count === 0) continue;
    items[size] = digits / divisor + 0;
    taken[size] = count;
    size += 1;
  }
  const listed = { items: items.slice(0, size), counts: taken.slice(0, size), place };
  if (isNegative) for (const each of [listed.items, listed.counts]) each.reverse();
  return listed;
}

/** Counts the cells of decimals with a point. */
export function countPointed(lists: readonly PlacedValues[]): number {
  let cells = 0;
  for (const { place, counts } of lists) if (place % SCALES !== 0) cells += sumOf(counts);
  return cells;
}

/** The key of a hashed decimal. */
export function keyOf(isNegative: boolean, scale: number, digits: number): number {
  const key = digits * SCALES + scale;
  return isNegative ? -key : key;
}

export function hashOf(key: number): number {
  const high = Math.floor(key / 2 ** 32) | 0;
  const hash = Math.imul((key | 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}
