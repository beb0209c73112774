/**
 * Cells as byte ranges: what flows from record readers to accumulators without a string per cell.
 */

/** `starts[i]` of a cell that holds nothing. */
export const MISSING = 0xffff_ffff;

/**
 * `count` cells; the UTF-8 text of cell i is `bytes[starts[i], ends[i])`, unquoted and unescaped.
 * A present empty text has `starts[i] === ends[i]`; a missing cell has `starts[i] === MISSING`.
 * The arrays may be longer than `count`. Valid only until the next batch is asked for.
 */
export interface Cells {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly count: number;
}
