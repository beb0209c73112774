/** All cells of one record, gathered for a sample: see `accumulate/sampled-rows.ts`. */
import { copyText, OVERSHOOT } from "./copy-text";

const MISSING: u32 = 0xffff_ffff;
/** As `sampled-rows.ts` has them. */
const CELL_BYTES_MAX: u32 = 480;
const ABSENT: u16 = 0xffff;
const LENGTH_BYTES: usize = 2;

/**
 * Writes the cells of a record behind one another, each cut and behind its length, and returns the
 * number of bytes; 0 where they do not all fit before `end`. `starts` and `ends` are the record's
 * in the first column.
 */
export function gatherCells(
  text: usize,
  starts: usize,
  ends: usize,
  stride: u32,
  cells: u32,
  to: usize,
  end: usize,
): u32 {
  let at = to;
  for (let left = cells; left > 0; left--) {
    const start = load<u32>(starts);
    const isMissing = start === MISSING;
    const length = isMissing ? 0 : min(load<u32>(ends) - start, CELL_BYTES_MAX);
    if (at + LENGTH_BYTES + length + OVERSHOOT > end) return 0;
    store<u16>(at, bswap<u16>(isMissing ? ABSENT : <u16>length));
    at += LENGTH_BYTES;
    copyText(at, text + start, length);
    at += length;
    starts += stride;
    ends += stride;
  }
  return <u32>(at - to);
}
