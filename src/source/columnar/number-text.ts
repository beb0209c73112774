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
 */

/** A text in UTF-8, valid until the next one is spelled. */
export interface NumberText {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** What is neither finite nor missing; both semantics count these apart. */
export const INFINITY_TEXT = "1e999";
export const NAN_TEXT = "- 1e999";

const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
/** Digits that every double of so many keeps. */
const WHOLE_MAX = 1e15;
/** Magnitudes below it times a power of ten below stay exact to 15 digits. */
const SHORT_MAX = 1e9;
const SHORT_DECIMALS = 4;
const SINGLE_NORMAL_MIN = 2 ** -126;
const POWERS_OF_TEN: readonly number[] = [1, 10, 100, 1000, 10_000];
/** The most digits: a decimal of 76 digits and as many zeros. */
const CAPACITY = 256;

export class NumberSpeller implements NumberText {
  readonly bytes: Uint8Array = new Uint8Array(CAPACITY);
  from = 0;
  to = 0;

  spellInteger(value: number | bigint): NumberText {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) return this.#write(value.toString());
    this.#begin();
    this.#prepend(Math.abs(number), 1);
    if (number < 0) this.#sign();
    return this;
  }

  spellDouble(value: number): NumberText {
    if (this.#isShort(value, false)) return this;
    return this.#writeFloat(value, String(value));
  }

  /** Spells a number of single precision. */
  spellSingle(value: number): NumberText {
    if (this.#isShort(value, true)) return this;
    // Only subnormal numbers have fewer than 6 digits.
    const digitsMin = Math.abs(value) < SINGLE_NORMAL_MIN ? 1 : 6;
    for (let digits = digitsMin; digits < 9; digits++) {
      const near = Number(value.toPrecision(digits));
      if (Math.fround(near) === value) return this.#writeFloat(value, String(near));
    }
    return this.#writeFloat(value, String(Number(value.toPrecision(9))));
  }

  /** Spells `unscaled` / 10^`scale`, a scale of -76 to 76. */
  spellDecimal(unscaled: bigint, scale: number): NumberText {
    if (scale <= 0) return this.#write(`${unscaled}${unscaled === 0n ? "" : "0".repeat(-scale)}`);
    const magnitude = unscaled < 0n ? -unscaled : unscaled;
    const digits = magnitude.toString().padStart(scale + 1, "0");
    const sign = unscaled < 0n ? "-" : "";
    return this.#write(`${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`);
  }

  /** Spells a float that is whole or has few decimals, as most have; false for any other. */
  #isShort(value: number, isSingle: boolean): boolean {
    const magnitude = Math.abs(value);
    if (Number.isInteger(value)) {
      // Digits that single precision does not have are none of a float's.
      if (magnitude >= (isSingle ? 2 ** 24 : WHOLE_MAX)) return false;
      return this.#point(value, magnitude, 0);
    }
    if (!(magnitude < (isSingle ? 1000 : SHORT_MAX))) return false;
    for (let decimals = 1; decimals <= SHORT_DECIMALS; decimals++) {
      const scaled = Math.round(magnitude * POWERS_OF_TEN[decimals]!);
      const read = scaled / POWERS_OF_TEN[decimals]!;
      if ((isSingle ? Math.fround(read) : read) !== magnitude) continue;
      return this.#point(value, scaled, decimals);
    }
    return false;
  }

  #point(value: number, scaled: number, decimals: number): true {
    const power = POWERS_OF_TEN[decimals]!;
    this.#begin();
    this.#prepend(scaled % power, Math.max(decimals, 1));
    this.bytes[--this.from] = POINT;
    this.#prepend(Math.floor(scaled / power), 1);
    if (value < 0) this.#sign();
    return true;
  }

  #writeFloat(value: number, text: string): NumberText {
    if (Number.isNaN(value)) return this.#write(NAN_TEXT);
    if (!Number.isFinite(value)) return this.#write((value < 0 ? "-" : "") + INFINITY_TEXT);
    return this.#write(/^-?\d+$/.test(text) ? `${text}.0` : text);
  }

  #begin(): void {
    this.from = CAPACITY;
    this.to = CAPACITY;
  }

  /** Writes a whole number before what is written, in at least so many digits. */
  #prepend(whole: number, digitsMin: number): void {
    let rest = whole;
    for (let digits = 0; rest > 0 || digits < digitsMin; digits++) {
      const next = Math.floor(rest / 10);
      this.bytes[--this.from] = ZERO + (rest - next * 10);
      rest = next;
    }
  }

  #sign(): void {
    this.bytes[--this.from] = MINUS;
  }

  #write(ascii: string): NumberText {
    this.from = 0;
    this.to = ascii.length;
    for (let at = 0; at < ascii.length; at++) this.bytes[at] = ascii.charCodeAt(at);
    return this;
  }
}
