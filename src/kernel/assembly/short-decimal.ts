/**
 * Decimals of up to 8 bytes without a loop over them. Which of the bytes are no digits is a text's
 * shape; a table tells for each shape where the digits are, and what the other bytes must be. One
 * shuffle brings the digits to their places, where they are weighted and added.
 *
 * The parts are inlined one by one: a function that gave digits and shape would have to pack them.
 */

const DIGITS_MAX: u32 = 8;
const ZERO: u8 = 0x30;
const POINT: u64 = 0x2e;
const MINUS: u64 = 0x2d;
const BYTE: u64 = 0xff;

/** Texts are at most so long. */
export const SHORT_DECIMAL_MAX: usize = 8;
/** Scales, of either sign. */
export const SCALES: u32 = 8;

/** What the texts of a shape have in common: `-?\d+(\.\d+)?`. */
@unmanaged
export class Shape {
  /** For the low byte of each pair, its place in the 16 before the end; the high byte is 0. */
  places: u64;
  lastPlaces: u64;
  /** The sign and the point in the 8 bytes before the end, and which bits of these they are. */
  marks: u64;
  markBits: u64;
  /** Digits that are less begin with a zero too many. */
  least: u32;
  /** The number of decimals, plus 8 where there is a sign. */
  kind: u32;
}

/**
 * By shapes: a bit for each byte that is no digit, the first one's lowest, below a bit for the
 * length. Those of no decimal have marks that no bytes have.
 */
const SHAPES_BYTES: i32 = 32768;
const SHAPES: usize = memory.data(SHAPES_BYTES, 64);
const SHAPE_BITS: usize = 6;

/** What the digits count within their four, and then each of the four pairs. */
const WEIGHTS: usize = memory.data<i16>([1000, 100, 10, 1, 1000, 100, 10, 1], 16);
const PAIR_WEIGHTS: usize = memory.data<i16>([10_000, 10_000, 1, 1, 0, 0, 0, 0], 16);

/** The shape of the `length` bytes before `end`, 1 to 8. 16 bytes before it must be readable. */
@inline
export function shapeOf(end: usize, length: usize): Shape {
  // Digits are below 10: adding 118 to others gives at least 128, the bits of the mask.
  const others = i8x16.bitmask(i8x16.add_sat_u(bytesBefore(end), i8x16.splat(118)));
  const index = <usize>(<u32>(others | 0x10000) >> (16 - <u32>length));
  return changetype<Shape>(SHAPES + (index << SHAPE_BITS));
}

/** Whether the bytes before `end` that are no digits are those of the shape. */
@inline
export function isMarked(shape: Shape, end: usize): bool {
  return (load<u64>(end - 8) & shape.markBits) === shape.marks;
}

/** The digits of a text of that shape, as one number. */
@inline
export function digitsOf(shape: Shape, end: usize): u32 {
  const placed = i8x16.swizzle(bytesBefore(end), v128.load(changetype<usize>(shape)));
  const pairs = i32x4.dot_i16x8_s(placed, v128.load(WEIGHTS));
  const narrowed = i16x8.narrow_i32x4_s(pairs, pairs);
  const fours = i32x4.dot_i16x8_s(narrowed, v128.load(PAIR_WEIGHTS));
  return <u32>(i32x4.extract_lane(i32x4.add(fours, i32x4.shuffle(fours, fours, 1, 0, 3, 2)), 0));
}

@inline
function bytesBefore(end: usize): v128 {
  return i8x16.sub(v128.load(end - 16), i8x16.splat(ZERO));
}

memory.fill(SHAPES, <u8>BYTE, SHAPES_BYTES);
for (let index: usize = 0; index < 2 << SHORT_DECIMAL_MAX; index++) {
  changetype<Shape>(SHAPES + (index << SHAPE_BITS)).markBits = 0;
}
for (let sign: u32 = 0; sign < 2; sign++) {
  for (let length: u32 = 1; length + sign <= DIGITS_MAX; length++) {
    writeShape(sign, length, 0);
    for (let scale: u32 = 1; scale + 2 <= length; scale++) writeShape(sign, length, scale);
  }
}

/** Writes the shape of `length` bytes behind a sign, if any. */
function writeShape(sign: u32, length: u32, scale: u32): void {
  const point = <u32>(scale > 0);
  const whole = length - scale - point;
  const index = (1 << (sign + length)) | sign | (point << (sign + whole));
  const shape = changetype<Shape>(SHAPES + ((<usize>index) << SHAPE_BITS));
  for (let before = whole + scale; before > 0; before--) {
    const place = 16 - before - (before > scale ? point : 0);
    store<u8>(changetype<usize>(shape) + 2 * (DIGITS_MAX - before), <u8>place);
  }
  const pointShift = <u64>(8 * (7 - scale));
  const signShift = <u64>(8 * (7 - length));
  shape.markBits = (point !== 0 ? BYTE << pointShift : 0) | (sign !== 0 ? BYTE << signShift : 0);
  shape.marks = (point !== 0 ? POINT << pointShift : 0) | (sign !== 0 ? MINUS << signShift : 0);
  shape.least = 0;
  if (whole > 1) {
    shape.least = 1;
    for (let digit: u32 = 1; digit < whole + scale; digit++) shape.least *= 10;
  }
  shape.kind = sign * SCALES + scale;
}
