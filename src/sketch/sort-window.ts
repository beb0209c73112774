/**
 * Ascending sort of doubles by least-significant-digit radix, two digits of 11 bits, on a window of
 * their bits: the 22 bits from the first one on in which the least and the greatest differ. What
 * differs below that window alone is then out of order, by a few places as a rule, and is repaired
 * by insertion. The kernel has the same (`kernel/assembly/sort-window.ts`), which is faster.
 *
 * Memory: 80 KiB of scratch shared by all callers, in module constants of fixed size: V8 compiles
 * their addresses and lengths in, which makes a sort twice as fast.
 */

/** No more values than this can be sorted at once. */
export const WINDOW_VALUES_MAX = 4096;
const DIGIT_BITS = 11;
const DIGIT_SIZE = 2048;
const DIGIT_MASK = 2047;
const WINDOW_BITS: number = 2 * DIGIT_BITS;
/** With more moves per value than this, repair is left to another sort. */
const MOVES_MAX = 8;
/** Typed arrays have the byte order of the machine: where the halves of a double stand. */
const HIGH: number = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
const LOW: number = 1 - HIGH;

/** Two halves, between which the passes go to and fro. */
const scratch = new Float64Array(2 * WINDOW_VALUES_MAX);
const words = new Int32Array(scratch.buffer);
/** Values per digit, then the place of the next value of that digit; one part for each pass. */
const counters = new Int32Array(2 * DIGIT_SIZE);

/** Sorts values[0, length), none NaN or -0; false when they are out of order still. */
export function sortWindow(values: Float64Array, length: number): boolean {
  const sorted = values.subarray(0, length);
  scratch.set(sorted);
  sortDigits(length);
  const isSorted = repair(length);
  sorted.set(scratch.subarray(0, length));
  return isSorted;
}

/** Maps the high word of a double to a signed number of the same order. */
function keyOf(high: number): number {
  return high ^ ((high >> 31) >>> 1);
}

/** Sorts the first values of scratch by the window of their bits. */
function sortDigits(length: number): void {
  let least = 0x7fffffff;
  let most = -0x80000000;
  for (let i = 0; i < length; i++) {
    const key = keyOf(words[2 * i + HIGH]!);
    if (key < least) least = key;
    if (key > most) most = key;
  }
  const bits = 32 - Math.clz32(most - least);
  const right = Math.max(0, bits - WINDOW_BITS);
  const left = Math.max(0, WINDOW_BITS - bits);
  counters.fill(0);
  for (let i = 0; i < length; i++) {
    const slot = slotAt(i, least, right, left);
    counters[slot & DIGIT_MASK]! += 1;
    counters[DIGIT_SIZE + (slot >>> DIGIT_BITS)]! += 1;
  }
  toPlaces();
  for (let i = 0; i < length; i++) {
    const digit = slotAt(i, least, right, left) & DIGIT_MASK;
    const place = counters[digit]!;
    counters[digit] = place + 1;
    scratch[WINDOW_VALUES_MAX + place] = scratch[i]!;
  }
  for (let i = WINDOW_VALUES_MAX; i < WINDOW_VALUES_MAX + length; i++) {
    const digit = DIGIT_SIZE + (slotAt(i, least, right, left) >>> DIGIT_BITS);
    const place = counters[digit]!;
    counters[digit] = place + 1;
    scratch[place] = scratch[i]!;
  }
}

/** The window of a value's bits, as an unsigned number. */
function slotAt(i: number, least: number, right: number, left: number): number {
  const high = words[2 * i + HIGH]!;
  const above = (keyOf(high) - least) >>> right;
  if (left === 0) return above;
  return (above << left) | ((words[2 * i + LOW]! ^ (high >> 31)) >>> (32 - left));
}

/** Turns counts per digit into the place of the first value of each digit. */
function toPlaces(): void {
  let low = 0;
  let high = 0;
  // Two digits at a time, since a turn of the loop costs more than an addition.
  for (let i = 0; i < DIGIT_SIZE; i += 2) {
    const lowCount = counters[i]!;
    const nextLowCount = counters[i + 1]!;
    const highCount = counters[DIGIT_SIZE + i]!;
    const nextHighCount = counters[DIGIT_SIZE + i + 1]!;
    counters[i] = low;
    counters[i + 1] = low + lowCount;
    counters[DIGIT_SIZE + i] = high;
    counters[DIGIT_SIZE + i + 1] = high + highCount;
    low += lowCount + nextLowCount;
    high += highCount + nextHighCount;
  }
}

/** Moves values of scratch that are out of order back; false if they are too many. */
function repair(length: number): boolean {
  let moves = MOVES_MAX * length;
  let greatest = scratch[0]!;
  for (let i = 1; i < length; i++) {
    const value = scratch[i]!;
    if (value >= greatest) {
      greatest = value;
      continue;
    }
    let j = i;
    for (; j > 0 && scratch[j - 1]! > value; j--) scratch[j] = scratch[j - 1]!;
    scratch[j] = value;
    moves -= i - j;
    if (moves < 0) return false;
  }
  return true;
}
