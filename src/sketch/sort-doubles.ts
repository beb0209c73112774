/**
 * Ascending sort of doubles by least-significant-digit radix on the high 32 bits (three digits of
 * 11, 11 and 10 bits), then a repair of neighbours that differ in their low 32 bits alone.
 *
 * Memory: 88 KiB of scratch shared by all callers, in module constants of fixed size: V8 compiles
 * their addresses and lengths in, which makes a sort twice as fast.
 */

/** Below this many values the passes over the counters cost more than they save. */
const RADIX_MIN = 200;
const RADIX_MAX = 4096;
const INSERTION_MAX = 16;
const DIGITS = 3;
const DIGIT_BITS = 11;
const DIGIT_SIZE = 2048;
const DIGIT_MASK = 2047;
/** Whole numbers below this need no pass but a count: digits, codes, short counts. */
const WHOLE_SIZE: number = DIGIT_SIZE;
/** Typed arrays have the byte order of the machine: where the high half of a double stands. */
const HIGH: number = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Two halves, between which the passes go to and fro. */
const scratch = new Float64Array(2 * RADIX_MAX);
const words = new Int32Array(scratch.buffer);
/** Values per digit, then the place of the next value of that digit; one part for each pass. */
const counters = new Int32Array(DIGITS * DIGIT_SIZE);

/** Sorts values[0, length) in place; they must not be NaN or -0. */
export function sortDoubles(values: Float64Array, length: number): void {
  const sorted = values.subarray(0, length);
  if (length < RADIX_MIN || length > RADIX_MAX) {
    sorted.sort();
    return;
  }
  if (sortWhole(values, length)) return;
  scratch.set(sorted);
  countDigits(length);
  const key = keyOf(words[HIGH]!);
  let from = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const shift = digit * DIGIT_BITS;
    const part = digit * DIGIT_SIZE;
    // A digit that all values have in common needs no pass.
    if (counters[part + ((key >>> shift) & DIGIT_MASK)] === length) continue;
    const to = RADIX_MAX - from;
    toPlaces(part, to);
    scatter(from, from + length, part, shift);
    from = to;
  }
  repair(from, from + length);
  sorted.set(scratch.subarray(from, from + length));
}

/** Counts numbers that are all whole and small and writes them in order; false if one is not. */
function sortWhole(values: Float64Array, length: number): boolean {
  counters.fill(0, 0, WHOLE_SIZE);
  for (let i = 0; i < length; ) {
    const value = values[i]!;
    const whole = value | 0;
    if (whole !== value || whole < 0 || whole >= WHOLE_SIZE) return false;
    const run = i;
    do i++;
    while (i < length && values[i] === value);
    counters[whole]! += i - run;
  }
  for (let whole = 0, place = 0; place < length; whole++) {
    for (const until = place + counters[whole]!; place < until; place++) values[place] = whole;
  }
  return true;
}

/** Maps the high word of a double to an unsigned number of the same order. */
function keyOf(high: number): number {
  return high ^ ((high >> 31) | 0x80000000);
}

function countDigits(length: number): void {
  counters.fill(0);
  for (let i = 0; i < length; i++) {
    const key = keyOf(words[2 * i + HIGH]!);
    counters[key & DIGIT_MASK]! += 1;
    counters[DIGIT_SIZE + ((key >>> DIGIT_BITS) & DIGIT_MASK)]! += 1;
    counters[2 * DIGIT_SIZE + (key >>> (2 * DIGIT_BITS))]! += 1;
  }
}

/** Turns counts per digit into the place of the first value of each digit. */
function toPlaces(part: number, first: number): void {
  let place = first;
  for (let i = part; i < part + DIGIT_SIZE; i++) {
    const count = counters[i]!;
    counters[i] = place;
    place += count;
  }
}

/** Moves scratch[start, end) to the places of one digit. */
function scatter(start: number, end: number, part: number, shift: number): void {
  for (let i = start; i < end; i++) {
    const counter = part + ((keyOf(words[2 * i + HIGH]!) >>> shift) & DIGIT_MASK);
    const place = counters[counter]!;
    counters[counter] = place + 1;
    scratch[place] = scratch[i]!;
  }
}

/** Sorts each run of equal high words in scratch[start, end) that is out of order. */
function repair(start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    if (scratch[i]! >= scratch[i - 1]!) continue;
    const high = words[2 * i + HIGH];
    let first = i - 1;
    while (first > start && words[2 * (first - 1) + HIGH] === high) first -= 1;
    let last = i;
    while (last + 1 < end && words[2 * (last + 1) + HIGH] === high) last += 1;
    if (last - first >= INSERTION_MAX) scratch.subarray(first, last + 1).sort();
    else insertionSort(first, last);
    i = last;
  }
}

function insertionSort(first: number, last: number): void {
  for (let i = first + 1; i <= last; i++) {
    const value = scratch[i]!;
    let j = i;
    for (; j > first && scratch[j - 1]! > value; j--) scratch[j] = scratch[j - 1]!;
    scratch[j] = value;
  }
}
