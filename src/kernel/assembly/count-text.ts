/**
 * Where the cells of a text are counted, if there is a counter for it: what `CountedCells` does to
 * a text it has met.
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

const ONE: usize = memory.data<f64>([1], 8);

/**
 * The counter of [from, end), 0 where there is none. `decimals` are counters by scale, those of
 * negative decimals behind the others; `texts` may be 0. 16 bytes before `end` must be readable.
 */
export function counterOf(decimals: usize, texts: TextSlots, from: usize, end: usize): usize {
  const counter = decimalCounterOf(decimals, from, end);
  return counter === 0 ? textCounterOf(texts, from, end) : counter;
}

/** As `counterOf`, but 0 for a short decimal. */
@inline
export function textCounterOf(texts: TextSlots, from: usize, end: usize): usize {
  if (changetype<usize>(texts) === 0 || end - from > SLOT_TEXT_MAX) return 0;
  const found = findText(texts, from, end);
  return found < 0 ? 0 : texts.counts + ((<usize>found) << 3);
}

/** As `counterOf`, but 0 for a text that is no short decimal. */
@inline
export function decimalCounterOf(decimals: usize, from: usize, end: usize): usize {
  const length = end - from;
  if (length - 1 < SHORT_DECIMAL_MAX) {
    const shape = shapeOf(end, length);
    if (isMarked(shape, end)) {
      const digits = digitsOf(shape, end);
      if (digits >= shape.least) {
        const place = decimals + (<usize>shape.kind) * offsetof<Counters>();
        const counters = changetype<Counters>(place);
        if (digits < counters.length) return counters.at + ((<usize>digits) << 3);
      }
    }
  }
  return 0;
}

/** Counts one cell more. */
@inline
export function increment(counter: usize): void {
  store<f64>(counter, load<f64>(counter) + load<f64>(ONE));
}
