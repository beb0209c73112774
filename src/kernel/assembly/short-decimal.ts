/**
 * Decimals of up to 8 bytes without a loop over their digits: the 8 bytes that end where the text
 * ends are one word, the point is squeezed out of it, and three multiplications make the number
 * (D. Lemire, "Quickly parsing eight digits", 2018; the point as in simdjson).
 */

const ZEROS: u64 = 0x3030303030303030;
const POINTS: u64 = 0x2e2e2e2e2e2e2e2e;
const LOW_BITS: u64 = 0x0101010101010101;
const HIGH_BITS: u64 = 0x8080808080808080;
const ZERO: u64 = 0x30;

/** The result for any other text. */
export const NO_DECIMAL: u64 = -1;
export const SCALE_BITS: u64 = 3;

/**
 * Reads [from, end), 1 to 8 bytes, as `0|[1-9]\d*` with or without decimals behind a point: the
 * digits times 8, plus the number of decimals. Reads 8 bytes before `end`, whatever they hold.
 */
@inline
export function readShortDecimal(from: usize, end: usize): u64 {
  const length = <u64>(end - from);
  const padding = (8 - length) << 3;
  const text = load<u64>(end - 8) >> padding;
  // Zeros take the place of the bytes before the text.
  const word = (text << padding) | (ZEROS & ((<u64>1 << padding) - 1));
  const unlike = word ^ POINTS;
  const points = (unlike - LOW_BITS) & ~unlike & HIGH_BITS;
  // No branches on what differs from cell to cell: most of them would be mispredicted.
  const hasPoint = points !== 0;
  const shift = ctz(points) & 56;
  const scale = select<u64>(7 - (shift >> 3), 0, hasPoint);
  const whole = length - scale - <u64>hasPoint;
  const below = (<u64>1 << shift) - 1;
  const squeezed = (word & ~(below | ((<u64>0xff) << shift))) | ((word & below) << 8) | ZERO;
  const digits = select<u64>(squeezed, word, hasPoint) - ZEROS;
  // Every byte must be below 10: adding 118 leaves the high bit clear, and nothing is borrowed.
  const faults =
    ((digits | (digits + 0x7676767676767676)) & HIGH_BITS) |
    <u64>(whole === 0) |
    (<u64>(whole !== 1) & <u64>((text & 0xff) === ZERO)) |
    (<u64>(scale === 0) & <u64>hasPoint);
  if (faults !== 0) return NO_DECIMAL;
  const pairs = digits * 10 + (digits >> 8);
  const number =
    ((pairs & 0x000000ff000000ff) * 0x000f424000000064 +
      ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >>
    32;
  return (number << SCALE_BITS) | scale;
}
