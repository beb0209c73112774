/**
 * Doubles as the shortest decimals that read back as them, in JavaScript's spelling; of two as
 * short the one nearer to the double.
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
/** Exponent of a double whose mantissa is a whole number. */
const BIAS: i32 = 1075;
const DIGITS_MIN: i32 = 15;
const DIGITS_MAX: i32 = 17;

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
}

export function spellDoubles(run: SpellRun): void {
  let at = run.text;
  for (let i: u32 = 0; i < run.count; i++) {
    at = spell(load<f64>(run.values + ((<usize>i) << 3)), at);
    store<u32>(run.ends + ((<usize>i) << 2), <u32>(at - run.text));
  }
}

/** Writes a double and returns where it ends; nothing for a whole one and those of rare kinds. */
function spell(value: f64, at: usize): usize {
  const bits = reinterpret<u64>(value);
  const magnitude = abs(value);
  const fraction = bits & (((<u64>1) << MANTISSA_BITS) - 1);
  // Below a power of two doubles are twice as dense.
  if (fraction === 0 || !(magnitude >= 1e-5 && magnitude < 1e15)) return at;
  const mantissa = fraction | ((<u64>1) << MANTISSA_BITS);
  const shift = BIAS - (<i32>(bits >> MANTISSA_BITS) & 0x7ff);
  if (shift <= 0) return at;
  let ten = TEN_MIN + 1;
  while (ten < TEN_MAX && magnitude >= load<f64>(TENS + ((<usize>(ten - TEN_MIN)) << 3))) ten++;
  for (let digits = DIGITS_MIN; digits <= DIGITS_MAX; digits++) {
    const places = digits - ten;
    const rest = shift - places;
    if (rest <= 0 || rest > 63) return at;
    const power = powerOfFive(places);
    const low = mantissa * power;
    const high = multiplyHigh(mantissa, power);
    let decimal = (high << (<u64>(64 - rest))) | (low >> <u64>rest);
    const unit = (<u64>1) << (<u64>rest);
    let distance = low & (unit - 1);
    const half = unit >> 1;
    if (distance === half) return at;
    if (distance > half) {
      decimal++;
      distance = unit - distance;
    }
    if (distance << 1 < power) return write(bits >> 63 !== 0, decimal, places, at);
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
