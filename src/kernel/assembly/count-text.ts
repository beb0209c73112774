/**
 * One cell's text into the counter of that text, if there is one: what `CountedCells` does to a
 * text it has met.
 *
 * The files with functions to be inlined are not linted: `@inline` is no decorator of TypeScript.
 *
 * A text that reads as a short decimal is counted by its digits, any other one by its bytes.
 */
import { NO_DECIMAL, readShortDecimal, SCALE_BITS } from "./short-decimal";
import { findText, SLOT_TEXT_MAX, TextSlots } from "./text-slots";

const MINUS: u8 = 0x2d;
const ZERO: u32 = 0x30;
const SHORT_DECIMAL_MAX: usize = 8;
const SCALE_MASK: u64 = (1 << SCALE_BITS) - 1;

/** Counters of decimals of one sign and scale, by their digits. */
@unmanaged
export class Counters {
  at: usize;
  length: u32;
}

/**
 * Counts [from, end); false where there is no counter. `decimals` are counters by scale, those of
 * negative decimals behind the others. 8 bytes before the text must be readable.
 */
@inline
export function countText(decimals: usize, texts: TextSlots, from: usize, end: usize): bool {
  const length = end - from;
  if (length === 1) {
    const digit = <u32>load<u8>(from) - ZERO;
    const counters = changetype<Counters>(decimals);
    if (digit < 10 && digit < counters.length) {
      increment(counters.at, digit);
      return true;
    }
  }
  if (length - 1 < SHORT_DECIMAL_MAX + 1) {
    const sign = <usize>(load<u8>(from) === MINUS);
    if (length > sign && length - sign <= SHORT_DECIMAL_MAX) {
      const decimal = readShortDecimal(from + sign, end);
      if (decimal !== NO_DECIMAL) {
        const place = (sign << 3) + <usize>(decimal & SCALE_MASK);
        const digits = <u32>(decimal >> SCALE_BITS);
        const counters = changetype<Counters>(decimals + place * offsetof<Counters>());
        if (digits >= counters.length) return false;
        increment(counters.at, digits);
        return true;
      }
    }
  }
  const found = length <= SLOT_TEXT_MAX ? findText(texts, from, end) : -1;
  if (found < 0) return false;
  increment(texts.counts, found);
  return true;
}

@inline
function increment(counters: usize, index: u32): void {
  const at = counters + ((<usize>index) << 3);
  store<f64>(at, load<f64>(at) + 1);
}
