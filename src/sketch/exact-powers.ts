/**
 * Exact sums of many doubles and of their squares at once. The 53 bits of a number are cut in three
 * limbs; products of two limbs are whole numbers of 36 bits, whose sums over all numbers of one
 * exponent stay exact in doubles for a long while, as do the sums of the bits themselves. Those few
 * sums then go to the exact sums, at the place their exponent tells.
 *
 * Memory: 134 KiB of scratch shared by all callers, zero between calls.
 */
import { type ExactSum, mantissaTop, positionOf } from "./exact-sum.ts";
import type { Numbers } from "./mergeable.ts";
import { openNumberKernel } from "./number-kernel.ts";
import type { RankMap } from "./rank-map.ts";

/** 4,198 bits of the square of a double at its greatest, in units of 2^-2148, and 64 of count. */
export const SQUARE_LIMBS = 136;

const EXPONENTS = 2048;
/** A cache line for the sums of an exponent. */
const STRIDE = 8;
/** What a unit of each sum weighs, as a power of two: five sums are of squares, two of numbers. */
const SQUARE_POWERS: readonly number[] = [0, 18, 34, 53, 70];
const LOW_AT = 5;
const HIGH_AT = 6;
const HIGH_POWER = 32;
/** So many additions at most, each of which is below 2^38: the sums stay below 2^53. */
const CHUNK = 32_768;
/** Fewer numbers are not worth a copy into the kernel. */
const KERNEL_MIN = 100;

/** Typed arrays have the byte order of the machine: where the halves of a double stand. */
const HIGH: number = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
const LOW: number = 1 - HIGH;

const sums = new Float64Array(EXPONENTS * STRIDE);
/** Which exponents have sums, and those exponents in the order they came. */
const isUsed = new Uint8Array(EXPONENTS);
const used = new Uint16Array(EXPONENTS);
let exponents = 0;

/** Where numbers go (in units of 2^-1074) and their squares (in units of 2^-2148). */
export interface PowerSums {
  readonly sum: ExactSum;
  readonly squares: ExactSum;
}

/** Adds finite doubles and their squares, each `weight` times: a whole number of up to 2^53. */
export function addPowers(into: PowerSums, { values, count }: Numbers, weight: number = 1): void {
  for (let from = 0; from < count; from += CHUNK) {
    const size = Math.min(count - from, CHUNK);
    addChunk(into, new Int32Array(values.buffer, values.byteOffset + 8 * from, 2 * size), weight);
  }
}

/** Adds distinct numbers and their squares, each as often as it came. */
export function addCountedPowers(into: PowerSums, values: RankMap): void {
  const { items, ranks, n } = values;
  const kernel = n <= CHUNK && items.length >= KERNEL_MIN ? openNumberKernel() : undefined;
  if (kernel === undefined) addByDigits(into, values);
  else drain(into, kernel.addCounted(items, ranks), 1, kernel.sums);
}

/** Counts have digits in base `CHUNK`: those of a place are added with the weight of the place. */
function addByDigits(into: PowerSums, { items, ranks }: RankMap): void {
  const words = new Int32Array(items.buffer, items.byteOffset, 2 * items.length);
  let isMore = true;
  for (let weight = 1; isMore; weight *= CHUNK) {
    isMore = false;
    let additions = 0;
    for (let i = 0; i < items.length; i++) {
      const times = i === 0 ? ranks[i]! : ranks[i]! - ranks[i - 1]!;
      const places = Math.floor(times / weight);
      const digit = places % CHUNK;
      if (places >= CHUNK) isMore = true;
      if (additions + digit > CHUNK) {
        drainUsed(into, weight);
        additions = 0;
      }
      additions += digit;
      addWords(words[2 * i + HIGH]!, words[2 * i + LOW]!, digit);
    }
    drainUsed(into, weight);
  }
}

/** Adds the doubles that lie in `words`. */
function addChunk(into: PowerSums, words: Int32Array, weight: number): void {
  for (let i = 0; i < words.length; i += 2) addWords(words[i + HIGH]!, words[i + LOW]!, 1);
  drainUsed(into, weight);
}

/** Adds a double of these halves, so many times, to the sums of its exponent. */
function addWords(high: number, low: number, times: number): void {
  // Zeros often prevail where there are any, and their sums would wait for each other.
  if ((high | low) === 0) return;
  const exponent = (high >>> 20) & 0x7ff;
  if (isUsed[exponent] === 0) {
    isUsed[exponent] = 1;
    used[exponents++] = exponent;
  }
  const top = mantissaTop(high);
  // Limbs of 18, 18 and 17 bits: the number is a · 2^35 + b · 2^17 + c.
  const a = top >>> 3;
  const b = ((top & 7) << 15) | (low >>> 17);
  const c = low & 0x1ffff;
  const signed = ((high >> 31) | 1) * times;
  const at = exponent * STRIDE;
  sums[at]! += times * (c * c);
  sums[at + 1]! += times * (b * c);
  sums[at + 2]! += times * (b * b + 4 * (a * c));
  sums[at + 3]! += times * (a * b);
  sums[at + 4]! += times * (a * a);
  sums[at + LOW_AT]! += signed * (low >>> 0);
  sums[at + HIGH_AT]! += signed * top;
}

/** Moves the sums of the exponents that have some, `weight` times, to the exact ones. */
function drainUsed(into: PowerSums, weight: number): void {
  drain(into, used.subarray(0, exponents), weight, sums);
  for (let i = 0; i < exponents; i++) isUsed[used[i]!] = 0;
  exponents = 0;
}

/** Moves sums of some exponents, `weight` times, to the exact ones. */
function drain(
  { sum, squares }: PowerSums,
  exponents: Uint16Array,
  weight: number,
  sums: Float64Array,
): void {
  for (const exponent of exponents) {
    const at = exponent * STRIDE;
    const position = positionOf(exponent);
    for (let i = 0; i < SQUARE_POWERS.length; i++) {
      squares.addScaled(sums[at + i]!, 2 * position + SQUARE_POWERS[i]!, weight);
    }
    sum.addScaled(sums[at + LOW_AT]!, position, weight);
    sum.addScaled(sums[at + HIGH_AT]!, position + HIGH_POWER, weight);
    sums.fill(0, at, at + STRIDE);
  }
}
