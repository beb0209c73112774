/**
 * The cells of a text counted, if there is a counter for it: what `CountedCells` does to a text it
 * has met.
 *
 * The files with functions to be inlined are not linted: `@inline` is no decorator of TypeScript.
 *
 * A text that reads as a short decimal, `-?(0|[1-9]\d*)(\.\d+)?`, is counted by its digits, any
 * other one by its bytes.
 */
import { digitsOf, isMarked, SHORT_DECIMAL_MAX, shapeOf } from "./short-decimal";
import { findText, SLOT_TEXT_MAX, TextSlots } from "./text-slots";

/** Counters of decimals of one sign and scale, by their digits. */
@unmanaged
export class Counters {
  at: usize;
  length: u32;
}

const ZERO: u32 = 0x30;
const ONE: usize = memory.data<f64>([1], 8);

/**
 * Counts the text [from, end) as a decimal; false where it has no counter. `decimals` are counters
 * by scale, those of negative decimals behind the others. 16 bytes before `end` must be readable.
 */
@inline
export function countDecimal(decimals: usize, from: usize, end: usize): bool {
  const length = end - from;
  if (length - 1 < SHORT_DECIMAL_MAX) {
    const shape = shapeOf(end, length);
    if (isMarked(shape, end)) {
      const digits = digitsOf(shape, end);
      if (digits >= shape.least) {
        const place = decimals + (<usize>shape.kind) * offsetof<Counters>();
        const counters = changetype<Counters>(place);
        if (digits < counters.length) {
          increment(counters.at + ((<usize>digits) << 3));
          return true;
        }
      }
    }
  }
  return false;
}

/** As `countDecimal`, for the text of one byte at a place. */
@inline
export function countDigit(decimals: usize, at: usize): bool {
  const digit = <u32>load<u8>(at) - ZERO;
  if (digit < 10) {
    const counters = changetype<Counters>(decimals).at;
    // Where there are any, single digits have theirs.
    if (counters !== 0) {
      increment(counters + ((<usize>digit) << 3));
      return true;
    }
  }
  return false;
}

/** Counts so many cells of the text `1`; false where it has no counter. */
export function countOnes(decimals: usize, cells: u32): bool {
  const counters = changetype<Counters>(decimals).at;
  if (counters === 0) return false;
  store<f64>(counters, load<f64>(counters, 8) + <f64>cells, 8);
  return true;
}

/** Counts a text that is no decimal with a counter; false where it has none; `texts` may be 0. */
@inline
export function countText(texts: TextSlots, from: usize, end: usize): bool {
  if (changetype<usize>(texts) === 0 || end - from > SLOT_TEXT_MAX) return false;
  const found = findText(texts, from, end);
  if (found < 0) return false;
  increment(texts.counts + ((<usize>found) << 3));
  return true;
}

/** Counts one cell more. */
@inline
function increment(counter: usize): void {
  store<f64>(counter, load<f64>(counter) + load<f64>(ONE));
}
