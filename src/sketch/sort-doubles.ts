/**
 * Ascending sort of doubles by least-significant-digit radix on the high 32 bits (three digits of
 * 11, 11 and 10 bits), then a repair of neighbours that differ in their low 32 bits alone.
 *
 * Memory: 88 KiB of scratch shared by all callers. It is in module constants of fixed size because
 * V8 then knows addresses and lengths while compiling, which halves the time of a sort.
 */

/** Below this many values the passes over the counters cost more than they save. */
const RADIX_MIN = 400;
const RADIX_MAX = 4096;
const INSERTION_MAX = 16;
const DIGIT_MASK = 2047;
const MIDDLE_SHIFT = 11;
const TOP_SHIFT = 22;
/** Typed arrays have the byte order of the machine: where the high half of a double stands. */
const HIGH: number = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

const front = new Float64Array(RADIX_MAX);
const frontWords = new Int32Array(front.buffer);
const back = new Float64Array(RADIX_MAX);
const backWords = new Int32Array(back.buffer);
const low = new Int32Array(2048);
const middle = new Int32Array(2048);
const top = new Int32Array(1024);

/** Sorts values[0, length) in place; they must not be NaN or -0. */
export function sortDoubles(values: Float64Array, length: number): void {
  const sorted = values.subarray(0, length);
  if (length < RADIX_MIN || length > RADIX_MAX) {
    sorted.sort();
    return;
  }
  front.set(sorted);
  countDigits(length);
  const key = keyOf(frontWords[HIGH]!);
  let isInFront = true;
  // A digit that all values have in common needs no pass.
  if (low[key & DIGIT_MASK] !== length) {
    toPlaces(low);
    scatter(front, frontWords, back, length, low, 0);
    isInFront = false;
  }
  if (middle[(key >>> MIDDLE_SHIFT) & DIGIT_MASK] !== length) {
    toPlaces(middle);
    if (isInFront) scatter(front, frontWords, back, length, middle, MIDDLE_SHIFT);
    else scatter(back, backWords, front, length, middle, MIDDLE_SHIFT);
    isInFront = !isInFront;
  }
  if (top[key >>> TOP_SHIFT] !== length) {
    toPlaces(top);
    if (isInFront) scatter(front, frontWords, back, length, top, TOP_SHIFT);
    else scatter(back, backWords, front, length, top, TOP_SHIFT);
    isInFront = !isInFront;
  }
  const result = isInFront ? front : back;
  repair(result, isInFront ? frontWords : backWords, length);
  sorted.set(result.subarray(0, length));
}

/** Maps the high word of a double to an unsigned number of the same order. */
function keyOf(high: number): number {
  return high ^ ((high >> 31) | 0x80000000);
}

function countDigits(length: number): void {
  low.fill(0);
  middle.fill(0);
  top.fill(0);
  for (let i = 0; i < length; i++) {
    const key = keyOf(frontWords[2 * i + HIGH]!);
    low[key & DIGIT_MASK]! += 1;
    middle[(key >>> MIDDLE_SHIFT) & DIGIT_MASK]! += 1;
    top[key >>> TOP_SHIFT]! += 1;
  }
}

/** Turns counts per digit into the place of the first value of each digit. */
function toPlaces(counts: Int32Array): void {
  let place = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    counts[i] = place;
    place += count;
  }
}

function scatter(
  from: Float64Array,
  words: Int32Array,
  to: Float64Array,
  length: number,
  places: Int32Array,
  shift: number,
): void {
  for (let i = 0; i < length; i++) {
    const digit = (keyOf(words[2 * i + HIGH]!) >>> shift) & DIGIT_MASK;
    const place = places[digit]!;
    places[digit] = place + 1;
    to[place] = from[i]!;
  }
}

/** Sorts each run of equal high words that is out of order. */
function repair(values: Float64Array, words: Int32Array, length: number): void {
  for (let i = 1; i < length; i++) {
    if (values[i]! >= values[i - 1]!) continue;
    const high = words[2 * i + HIGH];
    let start = i - 1;
    while (start > 0 && words[2 * (start - 1) + HIGH] === high) start -= 1;
    let end = i + 1;
    while (end < length && words[2 * end + HIGH] === high) end += 1;
    if (end - start > INSERTION_MAX) values.subarray(start, end).sort();
    else insertionSort(values, start, end);
    i = end - 1;
  }
}

function insertionSort(values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const value = values[i]!;
    let j = i;
    for (; j > start && values[j - 1]! > value; j--) values[j] = values[j - 1]!;
    values[j] = value;
  }
}
