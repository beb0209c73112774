/**
 * Short decimals from bytes to whole numbers. Loops over the digits beat tricks on words of them
 * here: the branch on a length mispredicted costs less than the ways around it.
 */

const ZERO = 48;
const POINT = 46;

/** Cells are at most so long: nine digits, less one for the scale beside them. */
export const SHORT_DECIMAL_MAX = 8;
/** The result is the digits times 8, plus the scale. */
export const SCALE_BITS = 3;

/**
 * Reads `[from, end)`, 1 to 8 bytes, as `0|[1-9]\d*` with or without decimals behind a point: the
 * digits times 8, plus the number of decimals. -1 for any other text.
 */
export function readShortDecimal(bytes: Uint8Array, from: number, end: number): number {
  let digits = (bytes[from]! - ZERO) | 0;
  if (digits < 0 || digits > 9) return -1;
  const isZero = digits === 0;
  let at = from + 1;
  for (; at < end; at++) {
    const digit = (bytes[at]! - ZERO) | 0;
    if (digit < 0 || digit > 9) break;
    digits = (Math.imul(digits, 10) + digit) | 0;
  }
  // A zero in front of other digits is another spelling.
  if (isZero && at !== from + 1) return -1;
  if (at === end) return digits << SCALE_BITS;
  if (bytes[at] !== POINT) return -1;
  const decimals = ++at;
  for (; at < end; at++) {
    const digit = (bytes[at]! - ZERO) | 0;
    if (digit < 0 || digit > 9) return -1;
    digits = (Math.imul(digits, 10) + digit) | 0;
  }
  return at === decimals ? -1 : (digits << SCALE_BITS) | (at - decimals);
}
