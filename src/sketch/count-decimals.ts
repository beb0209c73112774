/**
 * Ascending sort of doubles that are short decimals within a narrow range, by counting: a decimal
 * of three places or fewer times a power of ten is nearly a whole number, and where that number
 * over the power is the very double it came from, the order of the whole numbers is the order of
 * the doubles.
 *
 * Memory: 64 KiB of scratch shared by all callers, in module constants of fixed size.
 */

/** No more values than this can be counted at once. */
export const COUNTED_MAX = 4096;
/** Fewer whole numbers than this from the least to the greatest. */
const SLOTS = 8192;
/** The counters are gone through once, so there must be values to pay for it. */
const SLOTS_PER_VALUE = 4;
/** Below so many slots per value equal values come in long runs. */
const RUN_SLOTS_PER_VALUE = 0.125;
/** So many equal values are written by the array itself. */
const FILLED_MIN = 64;
const POWERS: readonly number[] = [1, 10, 100, 1000];
/** So many first values tell how many places the others may have. */
const SAMPLE = 16;
/** Adding and taking it away rounds a double below 2^51 to a whole number. */
const ROUNDER: number = 1.5 * 2 ** 52;

const wholes = new Int32Array(COUNTED_MAX);
const counters = new Uint16Array(SLOTS);
const scratch = new Float64Array(COUNTED_MAX);

/** Whole numbers below this, such as digits, codes and short counts, are the commonest. */
const SMALL = 2048;

/**
 * Sorts values[0, length) in place, at most 4,096 and none NaN or -0; false, leaving them as they
 * were, when one has more places or lies too far off.
 */
export function countDecimals(values: Float64Array, length: number): boolean {
  if (countSmall(values, length)) return true;
  const power = findPower(values, Math.min(length, SAMPLE));
  if (power === undefined) return false;
  let least = 0x7fffffff;
  let most = -0x80000000;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    const nearest = value * power + ROUNDER - ROUNDER;
    const whole = nearest | 0;
    if (nearest / power !== value || whole !== nearest) return false;
    wholes[i] = whole;
    if (whole < least) least = whole;
    if (whole > most) most = whole;
  }
  const slots = most - least + 1;
  if (slots > Math.min(SLOTS, SLOTS_PER_VALUE * length)) return false;
  countWholes(length, least, slots);
  if (slots < RUN_SLOTS_PER_VALUE * length) writeRuns(values, length, least, power);
  else toPlaces(values, length, least, slots);
  return true;
}

/** The same for small whole numbers, counted in two places in turn: equal ones often follow. */
function countSmall(values: Float64Array, length: number): boolean {
  counters.fill(0, 0, 2 * SMALL);
  const even = length & ~1;
  for (let i = 0; i < length; i += 2) {
    const first = values[i]!;
    const second = i < even ? values[i + 1]! : first;
    const a = first | 0;
    const b = second | 0;
    if (a !== first || b !== second || (a | b) >>> 0 >= SMALL) return false;
    counters[a]! += 1;
    if (i < even) counters[SMALL + b]! += 1;
  }
  for (let whole = 0, place = 0; place < length; whole++) {
    const count = counters[whole]! + counters[SMALL + whole]!;
    place = writeRun(values, whole, place, count);
  }
  return true;
}

/** Finds the least power of ten that makes the first values whole. */
function findPower(values: Float64Array, length: number): number | undefined {
  let place = 0;
  for (let i = 0; i < length && place < POWERS.length; ) {
    const power = POWERS[place]!;
    if ((values[i]! * power + ROUNDER - ROUNDER) / power === values[i]) i++;
    else place++;
  }
  return POWERS[place];
}

/** Writes each value as often as it was counted. */
function writeRuns(values: Float64Array, length: number, least: number, power: number): void {
  for (let slot = 0, place = 0; place < length; slot++) {
    const count = counters[slot]!;
    if (count === 0) continue;
    place = writeRun(values, (least + slot) / power, place, count);
  }
}

/** Writes a value `count` times and returns the place behind. */
function writeRun(values: Float64Array, value: number, from: number, count: number): number {
  const until = from + count;
  if (count >= FILLED_MIN) values.fill(value, from, until);
  else for (let place = from; place < until; place++) values[place] = value;
  return until;
}

/** Counts two at a time, since a turn of the loop costs more than a count. */
function countWholes(length: number, least: number, slots: number): void {
  counters.fill(0, 0, slots);
  const even = length & ~1;
  for (let i = 0; i < even; i += 2) {
    counters[wholes[i]! - least]! += 1;
    counters[wholes[i + 1]! - least]! += 1;
  }
  if (even < length) counters[wholes[even]! - least]! += 1;
}

/** Moves each value to its place. */
function toPlaces(values: Float64Array, length: number, least: number, slots: number): void {
  let place = 0;
  // Two at a time as well; behind an odd number of slots stands one that is not used.
  for (let slot = 0; slot < slots; slot += 2) {
    const count = counters[slot]!;
    const nextCount = counters[slot + 1]!;
    counters[slot] = place;
    counters[slot + 1] = place + count;
    place += count + nextCount;
  }
  for (let i = 0; i < length; i++) {
    const slot = wholes[i]! - least;
    const at = counters[slot]!;
    counters[slot] = at + 1;
    scratch[at] = values[i]!;
  }
  values.set(scratch.subarray(0, length));
}
