/**
 * Decimals of up to 19 digits and 27 of them behind the point, correctly rounded without a string:
 * by one exact division where both operands are exact (Clinger, "How to read floating point numbers
 * accurately", 1990), else from the product with a power of five of 128 bits (D. Lemire, "Number
 * parsing at a gigabyte per second", 2021; these scales need no further check, section 8 there).
 */

import { digitsOf, isMarked, SCALES, SHORT_DECIMAL_MAX, shapeOf } from "./short-decimal";

const ZERO: u8 = 0x30;
const MINUS: u8 = 0x2d;
const POINT: u8 = 0x2e;
const ZEROS: u64 = 0x3030303030303030;
const HIGH_BITS: u64 = 0x8080808080808080;

const DIGITS_MAX: u32 = 19;
const EXACT_SCALE_MAX: u32 = 22;
const SCALE_MAX: u32 = 27;
const EXACT_MAX: u64 = 1 << 53;
const MANTISSA_BITS: i32 = 52;

/** The results of `readDecimal`. */
export const NO_DECIMAL: u32 = 2;
export const INTEGRAL: u32 = 0;
export const FRACTIONAL: u32 = 1;

/** The decimal read last; never -0. */
export let value: f64 = 0;

/**
 * Reads [from, end) as `-?\d+(\.\d+)?` into `value` and tells whether it has a point, or that it is
 * another text or too long. `powers` holds 10^0 to 10^22 as doubles and then, 16 bytes each, the
 * upper 128 bits of 5^0 to 5^-27, the low half first. 16 bytes before the text must be readable.
 */
export function readDecimal(from: usize, end: usize, powers: usize): u32 {
  if (end - from - 1 < SHORT_DECIMAL_MAX) {
    const shape = shapeOf(end, end - from);
    if (isMarked(shape, end)) {
      const kind = shape.kind;
      const scale = kind % SCALES;
      const size = <f64>digitsOf(shape, end) / load<f64>(powers + ((<usize>scale) << 3));
      value = kind !== scale && size !== 0 ? -size : size;
      return scale === 0 ? INTEGRAL : FRACTIONAL;
    }
  }
  const isNegative = from < end && load<u8>(from) === MINUS;
  const start = from + <usize>isNegative;
  let at = start;
  let digits: u64 = 0;
  for (; at < end; at++) {
    const digit = load<u8>(at) - ZERO;
    if (digit > 9) break;
    digits = digits * 10 + <u64>digit;
  }
  let count = <u32>(at - start);
  if (count === 0) return NO_DECIMAL;
  let scale: u32 = 0;
  if (at < end) {
    if (load<u8>(at) !== POINT) return NO_DECIMAL;
    const behind = ++at;
    for (; end - at >= 8; at += 8) {
      const word = load<u64>(at) - ZEROS;
      // Every byte must be below 10: adding 118 leaves the high bit clear.
      if (((word | (word + 0x7676767676767676)) & HIGH_BITS) !== 0) break;
      digits = digits * 100_000_000 + eightDigits(word);
    }
    for (; at < end; at++) {
      const digit = load<u8>(at) - ZERO;
      if (digit > 9) return NO_DECIMAL;
      digits = digits * 10 + <u64>digit;
    }
    scale = <u32>(end - behind);
    if (scale === 0) return NO_DECIMAL;
    count += scale;
  }
  if (scale > SCALE_MAX || (count > DIGITS_MAX && count - zerosAt(start) > DIGITS_MAX)) {
    return NO_DECIMAL;
  }
  const isExact = digits <= EXACT_MAX && scale <= EXACT_SCALE_MAX;
  const size = isExact
    ? <f64>digits / load<f64>(powers + ((<usize>scale) << 3))
    : rounded(digits, scale, powers + ((EXACT_SCALE_MAX + 1) << 3) + ((<usize>scale) << 4));
  value = isNegative && size !== 0 ? -size : size;
  return scale === 0 ? INTEGRAL : FRACTIONAL;
}

/** Counts the zeros before the first other digit, or at least those of the text. */
function zerosAt(start: usize): u32 {
  let zeros: u32 = 0;
  let at = start;
  while (load<u8>(at) === ZERO || load<u8>(at) === POINT) {
    zeros += <u32>(load<u8>(at) === ZERO);
    at++;
  }
  return zeros;
}

/** Eight digits, a byte each, the first in the lowest. */
function eightDigits(digits: u64): u64 {
  const pairs = digits * 10 + (digits >> 8);
  return (
    ((pairs & 0x000000ff000000ff) * 0x000f424000000064 +
      ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >>
    32
  );
}

/** `digits` / 10^`scale`, with the upper 128 bits of 5^-`scale` at `power`; digits are not 0. */
function rounded(digits: u64, scale: u32, power: usize): f64 {
  if (digits === 0) return 0;
  const shift = clz(digits);
  const word = digits << shift;
  let low = word * load<u64>(power, 8);
  let high = multiplyHigh(word, load<u64>(power, 8));
  // The bits of the power left out can matter.
  if ((high & 0x1ff) === 0x1ff) {
    const rest = multiplyHigh(word, load<u64>(power));
    low += rest;
    if (low < rest) high++;
  }
  const upper = <i32>(high >> 63);
  const cut = <u64>(upper + 64 - MANTISSA_BITS - 3);
  let mantissa = high >> cut;
  // 217,706 / 2^16 is the logarithm of 10 to the base 2; 63 the place of the word's first bit.
  let exponent = ((-217_706 * <i32>scale) >> 16) + 63 + upper - <i32>shift + 1023;
  // Halfway between two doubles: only small powers can be there.
  if (low <= 1 && scale <= 4 && (mantissa & 3) === 1 && mantissa << cut === high) mantissa &= ~1;
  mantissa = (mantissa + (mantissa & 1)) >> 1;
  if (mantissa >= (<u64>2) << MANTISSA_BITS) {
    mantissa = (<u64>1) << MANTISSA_BITS;
    exponent++;
  }
  const bits = (mantissa & ~((<u64>1) << MANTISSA_BITS)) | ((<u64>exponent) << MANTISSA_BITS);
  return reinterpret<f64>(bits);
}

/** The upper half of a product of 128 bits. */
export function multiplyHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xffff_ffff;
  const a1 = a >> 32;
  const b0 = b & 0xffff_ffff;
  const b1 = b >> 32;
  const middle = a1 * b0 + ((a0 * b0) >> 32);
  const other = a0 * b1 + (middle & 0xffff_ffff);
  return a1 * b1 + (middle >> 32) + (other >> 32);
}
