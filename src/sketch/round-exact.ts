/**
 * Doubles nearest to exact rational numbers and to their square roots, ties to even (IEEE 754).
 */

/** Bits asked of a quotient before rounding: 53 and at least two more. */
const QUOTIENT_BITS = 64;
const DOUBLE_BITS = 53;
const LEAST_EXPONENT = -1074;
const ROOT_MARGIN: number = 1 + 2 ** -50;

/** Rounds numerator / denominator * 2^exponent; the denominator is positive. */
export function roundRatio(numerator: bigint, denominator: bigint, exponent: number): number {
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  const shift = QUOTIENT_BITS - bitLength(size) + bitLength(denominator);
  const [dividend, divisor] = scaled(size, denominator, shift);
  const quotient = dividend / divisor;
  const rounded = round(quotient, quotient * divisor !== dividend, exponent - shift);
  return numerator < 0n ? -rounded : rounded;
}

/** Rounds the square root of numerator / denominator * 4^exponent; neither is negative. */
export function roundRootOfRatio(numerator: bigint, denominator: bigint, exponent: number): number {
  if (numerator === 0n) return 0;
  const bits = bitLength(numerator) - bitLength(denominator);
  const shift = QUOTIENT_BITS - (bits >> 1);
  const [dividend, divisor] = scaled(numerator, denominator, 2 * shift);
  const square = dividend / divisor;
  const root = integerRoot(square);
  const isExact = root * root === square && square * divisor === dividend;
  return round(root, !isExact, exponent - shift);
}

function scaled(dividend: bigint, divisor: bigint, shift: number): [bigint, bigint] {
  return shift >= 0 ? [dividend << BigInt(shift), divisor] : [dividend, divisor << BigInt(-shift)];
}

/** Rounds a number of at least 55 bits times 2^exponent; `hasMore` says it was cut, not exact. */
function round(number: bigint, hasMore: boolean, exponent: number): number {
  const unit = Math.max(exponent + bitLength(number) - DOUBLE_BITS, LEAST_EXPONENT);
  const dropped = BigInt(unit - exponent);
  const kept = number >> dropped;
  const rest = number - (kept << dropped);
  const half = 1n << (dropped - 1n);
  const isUp = rest > half || (rest === half && (hasMore || (kept & 1n) === 1n));
  return Number(isUp ? kept + 1n : kept) * 2 ** unit;
}

/** The greatest whole number whose square is at most `square`, by Newton's method from above. */
function integerRoot(square: bigint): bigint {
  // The root of a double is off by less, and two steps are enough from there.
  let root = BigInt(Math.floor(Math.sqrt(Number(square)) * ROOT_MARGIN)) + 1n;
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Bits of a positive number. */
function bitLength(number: bigint): number {
  const digits = number.toString(16);
  return 4 * digits.length + 28 - Math.clz32(Number.parseInt(digits[0]!, 16));
}
