/**
 * Short decimals from bytes to whole numbers, without a loop, a branch on their length or a double:
 * the up to 8 bytes that end with the cell are two words whose bytes are digits.
 */

/** XOR makes bytes of digits from ASCII; `.` becomes 0x1e. */
const ZEROS = 0x30303030;
const POINT = 0x1e;
const ZERO = 48;
/** Which bytes of the last and of the first word belong to a cell, by its length. */
const LAST_MASKS: Int32Array = Int32Array.from({ length: 9 }, (_, length) => maskOf(length));
const FIRST_MASKS: Int32Array = Int32Array.from({ length: 9 }, (_, length) => maskOf(length - 4));

/** Cells are at most so long, and end at least so far into the buffer. */
export const SHORT_DECIMAL_MAX = 8;
/** The result is the digits times this, plus the scale. */
export const SCALE_BITS = 3;

/**
 * Reads `[from, end)`, 1 to 8 bytes, as `0|[1-9]\d*` with at most three decimals behind a point:
 * the digits times 8, plus the number of decimals. -1 for any other text. 8 bytes before `end` must
 * be in the buffer.
 */
export function readShortDecimal(view: DataView, from: number, end: number): number {
  const length = end - from;
  const last = (view.getInt32(end - 4, true) ^ ZEROS) & LAST_MASKS[length]!;
  const first = (view.getInt32(end - 8, true) ^ ZEROS) & FIRST_MASKS[length]!;
  const others = nonDigits(last);
  if (others === 0) {
    if (nonDigits(first) !== 0 || (length > 1 && view.getUint8(from) === ZERO)) return -1;
    return digitsOf(first, last) << SCALE_BITS;
  }
  const scale = Math.clz32(others) >>> 3;
  const whole = length - scale - 1;
  if (scale === 0 || whole < 1 || ((last >>> (24 - 8 * scale)) & 0xff) !== POINT) return -1;
  if (whole > 1 && view.getUint8(from) === ZERO) return -1;
  // What stands before the point moves up into its place.
  const decimals = -1 << (32 - 8 * scale);
  const squeezed = (last & decimals) | ((last << 8) & ~decimals) | (first >>> 24);
  const rest = first << 8;
  if ((nonDigits(squeezed) | nonDigits(rest)) !== 0) return -1;
  return (digitsOf(rest, squeezed) << SCALE_BITS) | scale;
}

function maskOf(bytes: number): number {
  if (bytes <= 0) return 0;
  return bytes >= 4 ? -1 : -1 << (32 - 8 * bytes);
}

/** Sets the high bit of each byte that is not 0 to 9. */
function nonDigits(word: number): number {
  return (((word & 0x7f7f7f7f) + 0x76767676) | word) & 0x80808080;
}

function digitsOf(first: number, last: number): number {
  return fourDigits(first) * 10_000 + fourDigits(last);
}

/** Reads four bytes of digits, the first in the lowest byte. */
function fourDigits(word: number): number {
  const pairs = Math.imul(word, 10) + (word >>> 8);
  return (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff);
}
