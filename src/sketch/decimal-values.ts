/**
 * What a table of decimals is made of: keys, and counts of digits as counts of doubles. Digits of
 * one sign and scale have a place: the scale, behind those of the others where they are negative.
 */
import type { Kernel } from "../kernel/kernel.ts";
import type { CountedValues } from "./counted-values.ts";
import { listCounts } from "./counters.ts";

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

/** Lists counts in ascending order of their numbers, none of which is -0. */
export function sparseValues(counts: ReadonlyMap<number, number>, place: number): PlacedValues {
  const sign = place >= SCALES ? -1 : 1;
  const divisor = sign * 10 ** (place % SCALES);
  const digits = [...counts.keys()].sort((a, b) => sign * (a - b));
  return {
    items: Float64Array.from(digits, (each) => each / divisor + 0),
    counts: Float64Array.from(digits, (each) => counts.get(each)!),
    place,
  };
}

/**
 * Lists an array's counts in ascending order of their numbers, which are correctly rounded, as both
 * operands are exact (see `CellReader`), and never -0. The kernel is the one that the array is of.
 */
export function directValues(
  counts: Float64Array,
  place: number,
  kernel?: Kernel | undefined,
): PlacedValues {
  const isNegative = place >= SCALES;
  const listed = listCounts(counts, (isNegative ? -1 : 1) * 10 ** (place % SCALES), kernel);
  if (isNegative) for (const each of [listed.items, listed.counts]) each.reverse();
  return { ...listed, place };
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
