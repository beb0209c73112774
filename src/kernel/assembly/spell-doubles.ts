/**
 * Doubles and singles as the shortest decimals that read back as them, in JavaScript's spelling;
 * of two as short the one nearer to the number.
 *
 * A double m / 2^s times 10^p is m 5^p / 2^(s - p): the decimal of p places next to it and how far
 * off it is are exact in 128 bits. It reads back where that is less than half the distance of two
 * doubles, 5^p / 2 in units of 2^(p - s). Decimals of 15 digits are less dense than doubles, so one
 * of them that reads back is the shortest but for its last zeros; 17 digits always read back.
 */
import { multiplyHigh } from "./decimal";

const ZERO: u8 = 0x30;
const POINT: u8 = 0x2e;
const MINUS: u8 = 0x2d;
const MANTISSA_BITS: u64 = 52;
const SINGLE_MANTISSA_BITS: u32 = 23;
/** Exponents of a double and of a single whose mantissa is a whole number. */
const BIAS: i32 = 1075;
const SINGLE_BIAS: i32 = 150;

/** 10^e for e from -5 to 15; those below 1 are above the number that they stand for. */
const TENS: usize = memory.data<f64>(
  [
    1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
    1e13, 1e14, 1e15,
  ],
  8,
);
const TEN_MIN: i32 = -5;
const TEN_MAX: i32 = 15;

/** Laid out as `RUN_FIELDS` in `source/columnar/spell-kernel.ts` tells. */
@unmanaged
class SpellRun {
  values: usize;
  count: u32;
  /** Where the texts go, one behind another, 32 bytes for each. */
  text: usize;
  /** Where each ends, counted from `text`; one that was not spelled is empty. */
  ends: usize;
  /** Whether the values are of single precision. */
  areSingle: u32;
}

export function spellDoubles(run: SpellRun): void {
  const areSingle = run.areSingle !== 0;
  let at = run.text;
  for (let i: u32 = 0; i < run.count; i++) {
    const value = load<f64>(run.values + ((<usize>i) << 3));
    at = areSingle ? spellSingle(<f32>value, at) : spellDouble(value, at);
    store<u32>(run.ends + ((<usize>i) << 2), <u32>(at - run.text));
  }
}

/** Writes a double and returns where it ends; nothing for a whole one and those of rare kinds. */
function spellDouble(value: f64, at: usize): usize {
  const bits = reinterpret<u64>(value);
  const unit = (<u64>1) << MANTISSA_BITS;
  const shift = BIAS - (<i32>(bits >> MANTISSA_BITS) & 0x7ff);
  return spell(value, bits & (unit - 1), unit, shift, 15, 17, at);
}

/** As for a double: singles are told by 9 digits, and of 6 there are fewer than singles. */
function spellSingle(value: f32, at: usize): usize {
  const bits = reinterpret<u32>(value);
  const unit = (<u32>1) << SINGLE_MANTISSA_BITS;
  const shift = SINGLE_BIAS - (<i32>(bits >> SINGLE_MANTISSA_BITS) & 0xff);
  return spell(<f64>value, bits & (unit - 1), unit, shift, 6, 9, at);
}

/** Writes a value of (`fraction` + `unit`) / 2^`shift` in so many digits. */
function spell(
  value: f64,
  fraction: u64,
  unit: u64,
  shift: i32,
  digitsMin: i32,
  digitsMax: i32,
  at: usize,
): usize {
  const magnitude = abs(value);
  // Below a power of two there are twice as many of them.
  if (fraction === 0 || shift <= 0 || !(magnitude >= 1e-5 && magnitude < 1e15)) return at;
  const mantissa = fraction | unit;
  let ten = TEN_MIN + 1;
  while (ten < TEN_MAX && magnitude >= load<f64>(TENS + ((<usize>(ten - TEN_MIN)) << 3))) ten++;
  for (let digits = max(digitsMin, ten); digits <= digitsMax; digits++) {
    const places = digits - ten;
    const rest = shift - places;
    if (rest <= 0 || rest > 63) return at;
    const power = powerOfFive(places);
    const low = mantissa * power;
    const high = multiplyHigh(mantissa, power);
    let decimal = (high << (<u64>(64 - rest))) | (low >> <u64>rest);
    const one = (<u64>1) << (<u64>rest);
    let distance = low & (one - 1);
    if (distance === one >> 1) return at;
    if (distance > one >> 1) {
      decimal++;
      distance = one - distance;
    }
    const twice = distance << 1;
    // A single is read by way of a double, which hides on which side of its border a decimal lies.
    const isClose = twice > power ? twice - power : power - twice;
    if (digitsMax < 15 && isClose <= power >> 24) return at;
    if (twice < power) return write(value < 0, decimal, places, at);
  }
  return at;
}

function powerOfFive(exponent: i32): u64 {
  let power: u64 = 1;
  let base: u64 = 5;
  for (let left = exponent; left > 0; left >>= 1) {
    if ((left & 1) !== 0) power *= base;
    base *= base;
  }
  return power;
}

/** Writes `decimal` / 10^`places` without the zeros at its end; nothing where it is whole. */
function write(isNegative: bool, decimal: u64, places: i32, from: usize): usize {
  let at = from;
  let digits = decimal;
  let left = places;
  for (let tenth = digits / 10; tenth * 10 === digits; tenth = digits / 10) {
    digits = tenth;
    left--;
  }
  if (left <= 0) return from;
  if (isNegative) store<u8>(at++, MINUS);
  let length: i32 = 1;
  for (let power: u64 = 10; digits >= power && length < 18; power *= 10) length++;
  const whole = length > left ? length - left : 1;
  const end = at + <usize>(whole + 1 + left);
  const point = at + <usize>whole;
  for (let place = end - 1; place >= at; place--) {
    if (place === point) {
      store<u8>(place, POINT);
      continue;
    }
    const tenth = digits / 10;
    store<u8>(place, ZERO + <u8>(digits - tenth * 10));
    digits = tenth;
  }
  return end;
}
