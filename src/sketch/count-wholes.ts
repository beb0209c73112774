/**
 * Ascending sort of doubles that are small whole numbers, such as flags, digits and codes, by
 * counting.
 *
 * Memory: 8 KiB of scratch shared by all callers.
 */

/** Whole numbers from 0 to below this are counted. */
const WHOLES = 2048;
/** No more values than a counter can tell. */
const VALUES_MAX = 65_535;
/** So many equal values are written by the array itself. */
const FILLED_MIN = 64;

const counters = new Uint16Array(2 * WHOLES);

/**
 * Sorts values[0, length), none NaN or -0, in place; false, leaving them as they were, when one is
 * not whole or not small, or when they are more than 65,535.
 */
export function countWholes(values: Float64Array, length: number): boolean {
  if (length > VALUES_MAX) return false;
  if (countFlags(values, length)) return true;
  counters.fill(0);
  const even = length & ~1;
  // Counted in two places in turn, since equal values often follow each other.
  for (let i = 0; i < even; i += 2) {
    const first = values[i]!;
    const second = values[i + 1]!;
    const a = first | 0;
    const b = second | 0;
    if (a !== first || b !== second || (a | b) >>> 0 >= WHOLES) return false;
    counters[a]! += 1;
    counters[WHOLES + b]! += 1;
  }
  if (even < length) {
    const last = values[even]!;
    if ((last | 0) !== last || last >>> 0 >= WHOLES) return false;
    counters[last]! += 1;
  }
  for (let whole = 0, place = 0; place < length; whole++) {
    place = writeRun(values, whole, place, counters[whole]! + counters[WHOLES + whole]!);
  }
  return true;
}

/** As `countWholes` for zeros and ones alone: no other number but Infinity is its own square. */
function countFlags(values: Float64Array, length: number): boolean {
  let ones = 0;
  let i = 0;
  for (; i < length - 3; i += 4) {
    const a = values[i]!;
    const b = values[i + 1]!;
    const c = values[i + 2]!;
    const d = values[i + 3]!;
    if (a * a !== a || b * b !== b || c * c !== c || d * d !== d) return false;
    ones += a + b + (c + d);
  }
  for (; i < length; i++) {
    const a = values[i]!;
    if (a * a !== a) return false;
    ones += a;
  }
  if (ones > length) return false;
  values.fill(0, 0, length - ones);
  values.fill(1, length - ones, length);
  return true;
}

/** Writes a value `count` times and returns the place behind. */
function writeRun(values: Float64Array, value: number, from: number, count: number): number {
  const until = from + count;
  if (count >= FILLED_MIN) values.fill(value, from, until);
  else for (let place = from; place < until; place++) values[place] = value;
  return until;
}
