/**
 * Typed numbers as the text of a cell: the fewest digits that read back as the number.
 *
 * | number | text |
 * | --- | --- |
 * | integer | its digits: `42` |
 * | double, float, half | the shortest decimal of its own precision, with a point: `10.0`, `0.1` |
 * | a magnitude below 1e-6 or from 1e21 | with an exponent: `1e-7`, `1e+21` |
 * | decimal | all digits of its scale: `1.50` |
 * | infinity | `1e999`, `-1e999`: Fractional, beyond the doubles |
 * | not a number | `- 1e999`: Fractional, but no cast reads it |
 *
 * A float has a point though it is whole, so that its column stays Fractional as its type says.
 * Each function writes ASCII at a place, where so many bytes are free, and returns where it ends.
 */
import { writeAscii } from "./cell-writer.ts";

/** Bytes of an integer of 64 bits or of a float at most: `-1.2345678901234567e-308` has 24. */
export const NUMBER_BYTES_MAX = 32;
/** Bytes of a decimal at most: one of 77 digits and as many zeros. */
export const DECIMAL_BYTES_MAX = 160;

/** What is neither finite nor missing; both semantics count these apart. */
export const INFINITY_TEXT = "1e999";
export const NAN_TEXT = "- 1e999";

const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
/** Digits that every double of so many keeps. */
const WHOLE_MAX = 1e15;
const SHORT_DECIMALS = 6;
/** Whole numbers that single precision keeps. */
const SINGLE_WHOLE_MAX = 2 ** 24;
/** Digits that every single of so many keeps, and digits that tell all singles apart. */
const SINGLE_DIGITS_MIN = 6;
const SINGLE_DIGITS_MAX = 9;
const SINGLE_NORMAL_MIN = 2 ** -126;
/** From here on JavaScript writes numbers without an exponent. */
const PLAIN_MIN = 1e-6;
/** How far off a half a product of doubles may be that is one. */
const TIE_WIDTH = 1e-6;
const BILLION = 1e9;
const POWERS_OF_TEN: Float64Array = Float64Array.from({ length: 16 }, (_, power) => 10 ** power);

export function writeInteger(bytes: Uint8Array, at: number, value: number | bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) return writeAscii(bytes, at, value.toString());
  if (number >= 0) return writeWhole(bytes, at, number, 1);
  bytes[at] = MINUS;
  return writeWhole(bytes, at + 1, -number, 1);
}

export function writeDouble(bytes: Uint8Array, at: number, value: number): number {
  const magnitude = Math.abs(value);
  if (Number.isInteger(value)) {
    if (magnitude < WHOLE_MAX) return writePoint(bytes, at, value, magnitude, 0);
  } else {
    const end = writeShortDouble(bytes, at, value);
    if (end !== undefined) return end;
  }
  return writeFloat(bytes, at, value, String(value));
}

/** Writes a finite number as JavaScript does: a whole one has no point. */
export function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  if (Number.isInteger(value)) return writeInteger(bytes, at, value);
  return writeShortDouble(bytes, at, value) ?? writeAscii(bytes, at, String(value));
}

/** Writes a double of few decimals, as most have; undefined, and nothing is written, for others. */
export function writeShortDouble(bytes: Uint8Array, at: number, value: number): number | undefined {
  const magnitude = Math.abs(value);
  if (!(magnitude < WHOLE_MAX)) return undefined;
  for (let decimals = 1; decimals <= SHORT_DECIMALS; decimals++) {
    const power = POWERS_OF_TEN[decimals]!;
    const scaled = Math.floor(magnitude * power + 0.5);
    if (scaled >= WHOLE_MAX) return undefined;
    if (scaled / power === magnitude) return writePoint(bytes, at, value, scaled, decimals);
  }
  return undefined;
}

/** Writes a number of single precision. */
export function writeSingle(bytes: Uint8Array, at: number, value: number): number {
  const magnitude = Math.abs(value);
  // Digits that single precision does not have are none of a float's.
  if (magnitude < SINGLE_WHOLE_MAX) {
    if (Number.isInteger(value)) return writePoint(bytes, at, value, magnitude, 0);
    const end = writeShortSingle(bytes, at, value);
    if (end !== undefined) return end;
  }
  // Only subnormal numbers have fewer than 6 digits.
  const digitsMin = magnitude < SINGLE_NORMAL_MIN ? 1 : SINGLE_DIGITS_MIN;
  for (let digits = digitsMin; digits < SINGLE_DIGITS_MAX; digits++) {
    const near = Number(value.toPrecision(digits));
    if (Math.fround(near) === value) return writeFloat(bytes, at, value, String(near));
  }
  return writeFloat(bytes, at, value, String(Number(value.toPrecision(SINGLE_DIGITS_MAX))));
}

/** Writes `unscaled` / 10^`scale`, a scale of -76 to 76. */
export function writeDecimal(
  bytes: Uint8Array,
  at: number,
  unscaled: bigint,
  scale: number,
): number {
  if (scale <= 0) {
    const zeros = unscaled === 0n ? "" : "0".repeat(-scale);
    return writeAscii(bytes, at, `${unscaled}${zeros}`);
  }
  const magnitude = unscaled < 0n ? -unscaled : unscaled;
  const digits = magnitude.toString().padStart(scale + 1, "0");
  const sign = unscaled < 0n ? "-" : "";
  return writeAscii(bytes, at, `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
}

/**
 * Writes a single below 2^24 that is not whole, as `toPrecision` would find its digits; undefined,
 * and nothing is written, where doubles can not tell them.
 */
function writeShortSingle(bytes: Uint8Array, at: number, value: number): number | undefined {
  const magnitude = Math.abs(value);
  if (magnitude < PLAIN_MIN) return undefined;
  let whole = 0;
  for (let power = 1; power <= magnitude; power *= 10) whole++;
  let zeros = 0;
  if (whole === 0) while (magnitude * POWERS_OF_TEN[zeros + 1]! < 1) zeros++;
  for (let digits = SINGLE_DIGITS_MIN; digits <= SINGLE_DIGITS_MAX; digits++) {
    let decimals = digits - whole + zeros;
    if (decimals < 1) continue;
    const power = POWERS_OF_TEN[decimals]!;
    const product = magnitude * power;
    let scaled = Math.floor(product);
    const rest = product - scaled;
    if (Math.abs(rest - 0.5) < TIE_WIDTH) return undefined;
    if (rest > 0.5) scaled++;
    if (Math.fround(scaled / power) !== magnitude) continue;
    for (; scaled % 10 === 0; decimals--) scaled /= 10;
    return writePoint(bytes, at, value, scaled, decimals);
  }
  return undefined;
}

/** Writes `scaled` / 10^`decimals` with the sign of a value. */
function writePoint(
  bytes: Uint8Array,
  at: number,
  value: number,
  scaled: number,
  decimals: number,
): number {
  let end = at;
  if (value < 0) bytes[end++] = MINUS;
  if (scaled < BILLION && decimals > 0) return writeSmallPoint(bytes, end, scaled, decimals);
  const power = POWERS_OF_TEN[decimals]!;
  const whole = Math.floor(scaled / power);
  end = writeWhole(bytes, end, whole, 1);
  bytes[end++] = POINT;
  return writeWhole(bytes, end, scaled - whole * power, Math.max(decimals, 1));
}

/** Writes `scaled` / 10^`decimals`, below 10^9 and with a decimal at least. */
function writeSmallPoint(bytes: Uint8Array, at: number, scaled: number, decimals: number): number {
  let digits = decimals + 1;
  while (digits < 10 && scaled >= POWERS_OF_TEN[digits]!) digits++;
  const point = at + digits - decimals;
  let rest = scaled | 0;
  for (let place = at + digits; place > point; place--) {
    const next = (rest / 10) | 0;
    bytes[place] = ZERO + rest - 10 * next;
    rest = next;
  }
  bytes[point] = POINT;
  for (let place = point - 1; place >= at; place--) {
    const next = (rest / 10) | 0;
    bytes[place] = ZERO + rest - 10 * next;
    rest = next;
  }
  return at + digits + 1;
}

function writeFloat(bytes: Uint8Array, at: number, value: number, text: string): number {
  if (Number.isNaN(value)) return writeAscii(bytes, at, NAN_TEXT);
  if (!Number.isFinite(value)) {
    return writeAscii(bytes, at, (value < 0 ? "-" : "") + INFINITY_TEXT);
  }
  return writeAscii(bytes, at, /^-?\d+$/.test(text) ? `${text}.0` : text);
}

/** Writes a whole number below 2^53 in at least so many digits. */
function writeWhole(bytes: Uint8Array, at: number, whole: number, digitsMin: number): number {
  if (whole < BILLION) return writeSmall(bytes, at, whole, digitsMin);
  const high = Math.floor(whole / BILLION);
  return writeSmall(bytes, writeSmall(bytes, at, high, digitsMin - 9), whole - high * BILLION, 9);
}

/** As `writeWhole`, for a number below 2^31. */
function writeSmall(bytes: Uint8Array, at: number, whole: number, digitsMin: number): number {
  let digits = Math.max(digitsMin, 1);
  while (digits < 10 && whole >= POWERS_OF_TEN[digits]!) digits++;
  let rest = whole | 0;
  for (let place = at + digits - 1; place >= at; place--) {
    const next = (rest / 10) | 0;
    bytes[place] = ZERO + rest - 10 * next;
    rest = next;
  }
  return at + digits;
}
