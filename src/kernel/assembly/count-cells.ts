/**
 * Cells of one column into counters that exist: what `CountedCells` does to a cell whose text it
 * has met. Any other cell is listed for TypeScript, which makes the counter.
 *
 * Invariant: each cell is counted once or listed, and all that is written lies in the counters and
 * the list, which must have room for every cell. 16 bytes before the text must be readable.
 */
import { Counters, countDecimal, countText } from "./count-text";
import { TextSlots } from "./text-slots";

const MISSING: u32 = 0xffff_ffff;
const ZERO: u32 = 0x30;

/** One call; laid out as `RUN_FIELDS` in `accumulate/count-kernel.ts` tells. */
@unmanaged
class CountRun {
  /** The cells, and the text that their ranges count from. */
  text: usize;
  starts: usize;
  ends: usize;
  count: u32;
  /** See `countDecimal` and `countText`. */
  decimals: usize;
  texts: TextSlots;
  /** The cells left, by number. */
  rest: usize;
  restCount: u32;
  missing: u32;
}

export function countCells(run: CountRun): void {
  const text = run.text;
  const starts = run.starts;
  const ends = run.ends;
  const decimals = run.decimals;
  const texts = run.texts;
  const rest = run.rest;
  const single = changetype<Counters>(decimals);
  // Flags are counted here: a counter in memory would wait for its last increment.
  const countsFlags = single.length >= 2;
  let flags: u32 = 0;
  let ones: u32 = 0;
  let restCount: u32 = 0;
  let missing: u32 = 0;
  for (let i: u32 = 0, count = run.count; i < count; i++) {
    const start = load<u32>(starts + ((<usize>i) << 2));
    if (start === MISSING) {
      missing++;
      continue;
    }
    const from = text + start;
    const end = text + load<u32>(ends + ((<usize>i) << 2));
    if (end - from === 1) {
      const digit = <u32>load<u8>(from) - ZERO;
      if (digit < 2 && countsFlags) {
        flags++;
        ones += digit;
        continue;
      }
    }
    if (!countDecimal(decimals, from, end) && !countText(texts, from, end)) {
      store<u32>(rest + ((<usize>restCount) << 2), i);
      restCount++;
    }
  }
  if (flags > 0) {
    store<f64>(single.at, load<f64>(single.at) + <f64>(flags - ones));
    store<f64>(single.at, load<f64>(single.at, 8) + <f64>ones, 8);
  }
  run.restCount = restCount;
  run.missing = missing;
}
