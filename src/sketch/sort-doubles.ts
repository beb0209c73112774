/**
 * Ascending sort of doubles by least-significant-digit radix on the high 32 bits (three digits of
 * 11, 11 and 10 bits), then a repair of neighbours that differ in their low 32 bits alone.
 *
 * Memory: two scratch buffers as long as the longest array sorted so far, shared by all callers.
 */

/** Below this many values the passes over the counters cost more than they save. */
const RADIX_MIN = 400;
const INSERTION_MAX = 16;
const DIGIT_BITS = 11;
const DIGIT_SIZE = 2048;
const DIGIT_MASK = 2047;
/** Typed arrays have the byte order of the machine: where the high half of a double stands. */
const HIGH: number = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

class Scratch {
  readonly doubles: Float64Array;
  readonly words: Int32Array;

  constructor(length: number) {
    this.doubles = new Float64Array(length);
    this.words = new Int32Array(this.doubles.buffer);
  }
}

const digits: readonly Int32Array[] = [0, 1, 2].map(() => new Int32Array(DIGIT_SIZE));
let front = new Scratch(0);
let back = new Scratch(0);

/** Sorts values[0, length) in place; they must not be NaN or -0. */
export function sortDoubles(values: Float64Array, length: number): void {
  const sorted = values.subarray(0, length);
  if (length < RADIX_MIN) {
    sorted.sort();
    return;
  }
  if (front.doubles.length < length) {
    front = new Scratch(length);
    back = new Scratch(length);
  }
  front.doubles.set(sorted);
  countDigits(front.words, length);
  for (let digit = 0; digit < digits.length; digit++) {
    const places = digits[digit]!;
    const shift = digit * DIGIT_BITS;
    // One digit for all: the pass would change nothing.
    if (places[(keyOf(front.words[HIGH]!) >>> shift) & DIGIT_MASK] === length) continue;
    toPlaces(places);
    scatter(front, back.doubles, length, places, shift);
    [front, back] = [back, front];
  }
  repair(front, length);
  sorted.set(front.doubles.subarray(0, length));
}

/** Maps the high word of a double to an unsigned number of the same order. */
function keyOf(high: number): number {
  return high ^ ((high >> 31) | 0x80000000);
}

function countDigits(words: Int32Array, length: number): void {
  const [low, middle, top] = digits as [Int32Array, Int32Array, Int32Array];
  low.fill(0);
  middle.fill(0);
  top.fill(0);
  for (let i = HIGH; i < 2 * length; i += 2) {
    const key = keyOf(words[i]!);
    low[key & DIGIT_MASK]! += 1;
    middle[(key >>> DIGIT_BITS) & DIGIT_MASK]! += 1;
    top[key >>> (2 * DIGIT_BITS)]! += 1;
  }
}

/** Turns counts per digit into the place of the first value of each digit. */
function toPlaces(counts: Int32Array): void {
  let place = 0;
  for (let i = 0; i < DIGIT_SIZE; i++) {
    const count = counts[i]!;
    counts[i] = place;
    place += count;
  }
}

function scatter(
  from: Scratch,
  to: Float64Array,
  length: number,
  places: Int32Array,
  shift: number,
): void {
  const { doubles, words } = from;
  for (let i = 0; i < length; i++) {
    const digit = (keyOf(words[2 * i + HIGH]!) >>> shift) & DIGIT_MASK;
    const place = places[digit]!;
    places[digit] = place + 1;
    to[place] = doubles[i]!;
  }
}

/** Sorts each run of equal high words that is out of order. */
function repair({ doubles, words }: Scratch, length: number): void {
  for (let i = 1; i < length; i++) {
    if (doubles[i]! >= doubles[i - 1]!) continue;
    const high = words[2 * i + HIGH];
    let start = i - 1;
    while (start > 0 && words[2 * (start - 1) + HIGH] === high) start -= 1;
    let end = i + 1;
    while (end < length && words[2 * end + HIGH] === high) end += 1;
    if (end - start > INSERTION_MAX) doubles.subarray(start, end).sort();
    else insertionSort(doubles, start, end);
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
