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
  let lengths = i32x4.splat(0);
  let places = placesMin;
  let last = rest;
  let i: u32 = 0;
  while (i < count) {
    // Groups of numbers that need no more places than those before, and are not negative.
    const power = f64x2.splat(powerOf(places));
    for (; i + GROUP <= count; i += GROUP) {
      const at = values + ((<usize>i) << 3);
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const digitsOfA = digitsOf(a, power);
      const digitsOfB = digitsOf(b, power);
      const areTold = v128.and(isTold(a, digitsOfA, power), isTold(b, digitsOfB, power));
      if (!v128.all_true<i64>(areTold)) break;
      let digits = v128.shuffle<i64>(digitsOfA, digitsOfB, 0, 2);
      let kinds = i32x4.splat(places);
      for (let more = places; more > placesMin; more--) {
        const tenth = tenthOf(digits);
        const areMultiples = i32x4.eq(i32x4.mul(tenth, i32x4.splat(10)), digits);
        digits = v128.bitselect(tenth, digits, areMultiples);
        kinds = i32x4.add(kinds, areMultiples);
      }
      const first = counterOf(
        decimals,
        i32x4.extract_lane(kinds, 0),
        i32x4.extract_lane(digits, 0),
      );
      const second = counterOf(
        decimals,
        i32x4.extract_lane(kinds, 1),
        i32x4.extract_lane(digits, 1),
      );
      const third = counterOf(
        decimals,
        i32x4.extract_lane(kinds, 2),
        i32x4.extract_lane(digits, 2),
      );
      const fourth = counterOf(
        decimals,
        i32x4.extract_lane(kinds, 3),
        i32x4.extract_lane(digits, 3),
      );
      if (first === 0 || second === 0 || third === 0 || fourth === 0) break;
      increment(first);
      increment(second);
      increment(third);
      increment(fourth);
      lengths = i32x4.add(lengths, lengthsOf(digits, kinds));
    }
    for (const until = min(i + GROUP, count); i < until; i++) {
      const value = load<f64>(values + ((<usize>i) << 3));
      let needed = placesOf(value, places);
      if (needed <= PLACES_MAX) {
        places = needed;
        let digits = digitOf(value, needed);
        while (needed > placesMin && digits % 10 === 0) {
          digits /= 10;
          needed--;
        }
        const negative = u32(value < 0);
        const counter = counterOf(decimals, negative * SCALES + needed, digits);
        if (counter !== 0) {
          increment(counter);
          bytes += negative + lengthOf(digits, needed);
          continue;
        }
      }
      last += 4;
      store<u32>(last, i);
    }
  }
  store<u32>(rest, <u32>((last - rest) >> 2));
  return bytes + sumOf(lengths);
}

/** Where the counter of a decimal of some kind is; 0 where there is none. */
function counterOf(decimals: usize, kind: u32, digits: u32): usize {
  const counters = changetype<Counters>(decimals + <usize>kind * offsetof<Counters>());
  return digits < counters.length ? counters.at + ((<usize>digits) << 3) : 0;
}

function increment(counter: usize): void {
  store<f64>(counter, load<f64>(counter) + 1);
}

function powerOf(places: u32): f64 {
  if (places === 0) return 1;
  if (places === 1) return 10;
  return places === 2 ? 100 : 1000;
}

/** The whole numbers next to two doubles times a power; of negative ones anything. */
function digitsOf(pair: v128, power: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.add(f64x2.mul(pair, power), f64x2.splat(0.5)));
}

/** The same for the size of one number. */
function digitOf(value: f64, places: u32): u32 {
  return i32x4.extract_lane(digitsOf(f64x2.splat(abs(value)), f64x2.splat(powerOf(places))), 0);
}

/** The places of which digits tell a number, from the least on; above `PLACES_MAX` for none. */
function placesOf(value: f64, placesMin: u32): u32 {
  if (F64.isNaN(value)) return PLACES_MAX + 1;
  let places = placesMin;
  while (places <= PLACES_MAX) {
    if (<f64>digitOf(value, places) / powerOf(places) === abs(value)) break;
    places++;
  }
  return places;
}

/** Whether digits tell two doubles. */
function isTold(pair: v128, digits: v128, power: v128): v128 {
  return f64x2.eq(f64x2.div(f64x2.convert_low_i32x4_s(digits), power), pair);
}

/** Tenths of whole numbers, without a rest; those of large ones are near. */
function tenthOf(digits: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.convert_i32x4_s(digits), f32x4.splat(0.1)));
}

/** Bytes of the texts of decimals of at most five digits. */
function lengthsOf(digits: v128, places: v128): v128 {
  let length = i32x4.sub(i32x4.splat(1), i32x4.gt_s(digits, i32x4.splat(9)));
  length = i32x4.sub(length, i32x4.gt_s(digits, i32x4.splat(99)));
  length = i32x4.sub(length, i32x4.gt_s(digits, i32x4.splat(999)));
  length = i32x4.sub(length, i32x4.gt_s(digits, i32x4.splat(9999)));
  length = i32x4.max_s(length, i32x4.add(places, i32x4.splat(1)));
  return i32x4.sub(length, i32x4.gt_s(places, i32x4.splat(0)));
}

function lengthOf(digits: u32, places: u32): u32 {
  return i32x4.extract_lane(lengthsOf(i32x4.splat(digits), i32x4.splat(places)), 0);
}

function sumOf(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
