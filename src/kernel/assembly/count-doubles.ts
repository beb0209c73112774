/**
 * Doubles of one column into counters that exist: what is done to cells of their texts. Any other
 * one is listed for TypeScript.
 *
 * A double is counted by the fewest decimals that tell it, at most three: of so many places its
 * digits are the whole number next to it, and divided they are the double again. With more places
 * there are zeros behind the digits that are needed.
 *
 * Invariant: each double is counted once or listed, and all that is written lies in the counters
 * and the list, which must have room for every double.
 */
import { Counters } from "./count-text";

const PLACES_MAX: u32 = 3;
/** Kinds of counters before those of negative decimals. */
const SCALES: u32 = 8;
const POWERS: usize = memory.data<f64>([1, 10, 100, 1000], 8);
/** Doubles that are looked at together. */
const GROUP: u32 = 4;

/**
 * Counts `count` doubles, each with `placesMin` decimals at least, 0 or 1; `decimals` are counters
 * as `countDecimal` takes them. Writes to `rest` how many are left, and behind that their numbers,
 * ascending; returns the bytes of the texts of all others.
 */
export function countDoubles(
  values: usize,
  count: u32,
  decimals: usize,
  placesMin: u32,
  rest: usize,
): u32 {
  let bytes: u32 = 0;
  let places = placesMin;
  let last = rest;
  let i: u32 = 0;
  while (i < count) {
    // Groups of decimals that need no more places than those before, and are not negative.
    const counters = countersOf(decimals, places);
    const length = i32x4.splat(counters.length);
    const power = f64x2.splat(powerOf(places));
    let more = i32x4.splat(0);
    for (; i + GROUP <= count; i += GROUP) {
      const at = values + ((<usize>i) << 3);
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const digitsOfA = digitsOf(a, power);
      const digitsOfB = digitsOf(b, power);
      if (!v128.all_true<i64>(v128.and(areSame(a, digitsOfA, power), areSame(b, digitsOfB, power))))
        break;
      const digits = v128.shuffle<i64>(digitsOfA, digitsOfB, 0, 2);
      if (!v128.all_true<i32>(i32x4.lt_u(digits, length))) break;
      const first = i32x4.extract_lane(digits, 0);
      const second = i32x4.extract_lane(digits, 1);
      const third = i32x4.extract_lane(digits, 2);
      const fourth = i32x4.extract_lane(digits, 3);
      if (places === placesMin || !v128.any_true(endInZero(digits))) {
        more = i32x4.add(more, moreBytes(digits, places));
        bytes += GROUP * bytesMin(places);
        increment(counters, first);
        increment(counters, second);
        increment(counters, third);
        increment(counters, fourth);
        continue;
      }
      const ofFirst = countDecimal(decimals, 0, places, placesMin, first);
      if (ofFirst === 0) store<u32>((last += 4), i);
      const ofSecond = countDecimal(decimals, 0, places, placesMin, second);
      if (ofSecond === 0) store<u32>((last += 4), i + 1);
      const ofThird = countDecimal(decimals, 0, places, placesMin, third);
      if (ofThird === 0) store<u32>((last += 4), i + 2);
      const ofFourth = countDecimal(decimals, 0, places, placesMin, fourth);
      if (ofFourth === 0) store<u32>((last += 4), i + 3);
      bytes += ofFirst + ofSecond + ofThird + ofFourth;
    }
    bytes += sumOf(more);
    for (const until = min(i + GROUP, count); i < until; i++) {
      const value = load<f64>(values + ((<usize>i) << 3));
      const size = abs(value);
      let needed = places;
      let digits = digitOf(size, needed);
      while (<f64>digits / powerOf(needed) !== size && ++needed <= PLACES_MAX) {
        digits = digitOf(size, needed);
      }
      let counted: u32 = 0;
      if (needed <= PLACES_MAX) {
        places = needed;
        counted = countDecimal(decimals, u32(value < 0), places, placesMin, digits);
      }
      if (counted === 0) store<u32>((last += 4), i);
      bytes += counted;
    }
  }
  store<u32>(rest, <u32>((last - rest) >> 2));
  return bytes;
}

/**
 * Counts a decimal of so many places, without the zeros at its end; returns the bytes of its text,
 * 0 where it has no counter.
 */
function countDecimal(
  decimals: usize,
  negative: u32,
  places: u32,
  placesMin: u32,
  digits: u32,
): u32 {
  while (places > placesMin && digits % 10 === 0) {
    digits /= 10;
    places--;
  }
  const counters = countersOf(decimals, negative * SCALES + places);
  if (digits >= counters.length) return 0;
  increment(counters, digits);
  return negative + bytesOf(digits, places);
}

function countersOf(decimals: usize, kind: u32): Counters {
  return changetype<Counters>(decimals + <usize>kind * offsetof<Counters>());
}

function powerOf(places: u32): f64 {
  return load<f64>(POWERS + ((<usize>places) << 3));
}

/** The whole numbers next to two doubles times a power; of negative ones anything. */
function digitsOf(pair: v128, power: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.add(f64x2.mul(pair, power), f64x2.splat(0.5)));
}

function digitOf(size: f64, places: u32): u32 {
  return i32x4.extract_lane(digitsOf(f64x2.splat(size), f64x2.splat(powerOf(places))), 0);
}

function areSame(pair: v128, digits: v128, power: v128): v128 {
  return f64x2.eq(f64x2.div(f64x2.convert_low_i32x4_s(digits), power), pair);
}

/** Which of four whole numbers of at most five digits are multiples of ten. */
function endInZero(digits: v128): v128 {
  const tenth = i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.convert_i32x4_s(digits), f32x4.splat(0.1)));
  return i32x4.eq(i32x4.mul(tenth, i32x4.splat(10)), digits);
}

function increment(counters: Counters, digits: u32): void {
  const counter = counters.at + ((<usize>digits) << 3);
  store<f64>(counter, load<f64>(counter) + 1);
}

/** Bytes of a decimal of few digits. */
function bytesOf(digits: u32, places: u32): u32 {
  return bytesMin(places) + sumOf(moreBytes(i32x4.replace_lane(i32x4.splat(0), 0, digits), places));
}

/** Bytes of the shortest decimals of so many places. */
function bytesMin(places: u32): u32 {
  return places === 0 ? 1 : places + 2;
}

/** How many bytes longer than that decimals of at most five digits are. */
function moreBytes(digits: v128, places: u32): v128 {
  let more = i32x4.splat(0);
  if (places < 1) more = i32x4.sub(more, i32x4.gt_s(digits, i32x4.splat(9)));
  if (places < 2) more = i32x4.sub(more, i32x4.gt_s(digits, i32x4.splat(99)));
  if (places < 3) more = i32x4.sub(more, i32x4.gt_s(digits, i32x4.splat(999)));
  return i32x4.sub(more, i32x4.gt_s(digits, i32x4.splat(9999)));
}

function sumOf(lanes: v128): u32 {
  const pairs = i64x2.add(lanes, i64x2.shr_u(lanes, 32));
  return i32x4.extract_lane(i64x2.add(pairs, v128.shuffle<i64>(pairs, pairs, 1, 0)), 0);
}
