/**
 * Cell typing and the numeric cast, from bytes.
 *
 * Classes are whole-cell patterns over ASCII, tested in this order (awslabs/deequ StatefulDataType,
 * release 1.2.2 and later):
 * - Fractional `(-|+)? ?\d+(\.\d+|(\.\d+)?[Ee][-+]?\d+)`
 * - Integral `(-|+)? ?\d+`
 * - Boolean `true|false`
 * - String: anything else.
 *
 * The cast is correctly rounded: up to 15 digits and 22 decimals by one exact division (Clinger,
 * "How to read floating point numbers accurately", 1990), everything else by `Number`.
 */

export const INTEGRAL = 0;
export const FRACTIONAL = 1;
export const BOOLEAN = 2;
export const STRING = 3;

export type CellClass = typeof INTEGRAL | typeof FRACTIONAL | typeof BOOLEAN | typeof STRING;

export interface CellReaderOptions {
  /** Also read `.5` and `1.` as Fractional. */
  readonly lenientNumbers?: boolean | undefined;
}

const EXACT_DIGITS_MAX = 15;
const POWERS_OF_TEN: Float64Array = Float64Array.from({ length: 23 }, (_, power) => 10 ** power);

const MINUS = 45;
const PLUS = 43;
const SPACE = 32;
const POINT = 46;
const ZERO = 48;
const LOWER_E = 101;
const CASE_BIT = 0x20;
const WORD_TRUE = Uint8Array.from([116, 114, 117, 101]);
const WORD_FALSE = Uint8Array.from([102, 97, 108, 115, 101]);

const NO_BYTES: Buffer = Buffer.alloc(0);

/** Reads one cell at a time; reused, so that reading allocates nothing on the short path. */
export class CellReader {
  /**
   * The number of the cell read last, when its class is numeric: finite and never -0, an infinity
   * where the text exceeds the doubles, or NaN where the cast fails (a sign followed by a space).
   */
  value = 0;
  readonly #lenient: boolean;
  #bytes: Uint8Array = NO_BYTES;
  #text: Buffer = NO_BYTES;

  constructor(options: CellReaderOptions = {}) {
    this.#lenient = options.lenientNumbers ?? false;
  }

  /** Classifies `bytes[start, end)` and leaves its number in `value`. An empty cell is String. */
  read(bytes: Uint8Array, start: number, end: number): CellClass {
    let at = start;
    const first = bytes[at]!;
    const signed = first === MINUS || first === PLUS;
    if (signed) at++;
    const spaced = at < end && bytes[at] === SPACE;
    if (spaced) at++;

    const digitsStart = at;
    let mantissa = 0;
    for (; at < end; at++) {
      const digit = (bytes[at]! - ZERO) >>> 0;
      if (digit > 9) break;
      mantissa = mantissa * 10 + digit;
    }
    const wholeDigits = at - digitsStart;
    if (wholeDigits === 0 && !(this.#lenient && bytes[at] === POINT)) {
      return readWord(bytes, start, end);
    }
    if (at === end) {
      if (wholeDigits === 0) return STRING;
      this.#cast(bytes, start, end, signed && spaced, first === MINUS, mantissa, wholeDigits, 0);
      return INTEGRAL;
    }

    let decimals = 0;
    if (bytes[at] === POINT) {
      const decimalsStart = ++at;
      for (; at < end; at++) {
        const digit = (bytes[at]! - ZERO) >>> 0;
        if (digit > 9) break;
        mantissa = mantissa * 10 + digit;
      }
      decimals = at - decimalsStart;
      if (decimals === 0 && !(this.#lenient && wholeDigits > 0)) return STRING;
    }
    const digits = wholeDigits + decimals;
    if (at === end) {
      this.#cast(bytes, start, end, signed && spaced, first === MINUS, mantissa, digits, decimals);
      return FRACTIONAL;
    }
    if (!isExponent(bytes, at, end)) return STRING;
    this.value = signed && spaced ? Number.NaN : this.#parse(bytes, start, end);
    return FRACTIONAL;
  }

  #cast(
    bytes: Uint8Array,
    start: number,
    end: number,
    fails: boolean,
    negative: boolean,
    mantissa: number,
    digits: number,
    decimals: number,
  ): void {
    if (fails) {
      this.value = Number.NaN;
    } else if (digits <= EXACT_DIGITS_MAX) {
      const magnitude = decimals === 0 ? mantissa : mantissa / POWERS_OF_TEN[decimals]!;
      this.value = negative && magnitude !== 0 ? -magnitude : magnitude;
    } else {
      this.value = this.#parse(bytes, start, end);
    }
  }

  #parse(bytes: Uint8Array, start: number, end: number): number {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    // Adding 0 turns -0 into 0.
    return Number(this.#text.toString("latin1", start, end)) + 0;
  }
}

/** Whether `bytes[at, end)` is `[Ee][-+]?\d+`. */
function isExponent(bytes: Uint8Array, at: number, end: number): boolean {
  if ((bytes[at]! | CASE_BIT) !== LOWER_E) return false;
  let digitsStart = at + 1;
  if (digitsStart < end && (bytes[digitsStart] === MINUS || bytes[digitsStart] === PLUS)) {
    digitsStart++;
  }
  for (let i = digitsStart; i < end; i++) if ((bytes[i]! - ZERO) >>> 0 > 9) return false;
  return digitsStart < end;
}

function readWord(bytes: Uint8Array, start: number, end: number): CellClass {
  return equals(bytes, start, end, WORD_TRUE) || equals(bytes, start, end, WORD_FALSE)
    ? BOOLEAN
    : STRING;
}

function equals(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word[i]) return false;
  return true;
}
