/** What `layRecords` and `countRecords` have in common: a call, and records with quoted cells. */

const NEWLINE: u8 = 0x0a;
const RETURN: u8 = 0x0d;
export const MISSING: u32 = 0xffff_ffff;

/** One call; laid out as `RUN_FIELDS` in `source/csv-kernel.ts` tells. */
@unmanaged
export class CsvRun {
  /** The text to read: [at, end). `at` moves behind the newline of each record read. */
  at: usize;
  end: usize;
  /** Where the batch's text begins; cell ranges count from there. */
  text: usize;
  delimiter: u32;
  quote: u32;
  /** Longest record read, in bytes before its newline. */
  recordBytesMax: u32;
  /** Cells that a record must have, at least 1. */
  width: u32;
  /** The batch: cell ranges by column, `stride` bytes apart, and each row's line number. */
  starts: usize;
  ends: usize;
  stride: u32;
  lines: usize;
  /** Line of the next record. */
  line: u32;
  row: u32;
  rowsMax: u32;
  /** The batch is full from here on. */
  full: usize;
  /** What follows is used by `countRecords` alone: a `CountedColumn` for each column. */
  columns: usize;
  /** Rows of the cells laid by column, as far apart as their ranges. */
  rows: usize;
  /** Room for three numbers of each cell of one record. */
  record: usize;
  /** Room for a `Block` of each of `blocksMax` blocks of one record. */
  masks: usize;
  blocksMax: u32;
}

/** `inside` is the number of newlines in its quoted cells. */
export function takeRecord(run: CsvRun, newline: usize, inside: u32): bool {
  if (newline - run.at > <usize>run.recordBytesMax) return false;
  store<u32>(run.lines + (run.row << 2), run.line);
  run.line += inside + 1;
  run.row += 1;
  run.at = newline + 1;
  return true;
}

/**
 * Lays a record of any cells byte by byte, the first at `cell`, others `stride` bytes apart, ends
 * `toEnds` behind starts, and takes it.
 */
export function layQuoted(run: CsvRun, cell: usize, toEnds: usize, stride: usize): bool {
  const end = run.end;
  const delimiter = <u8>run.delimiter;
  const quote = <u8>run.quote;
  const text = run.text;
  const first = cell;
  let at = run.at;
  let inside: u32 = 0;
  let isEscaped = false;
  for (let left = run.width; left > 0; left--) {
    if (at >= end) return false;
    const start = at;
    let byte = load<u8>(at);
    if (byte === quote) {
      // Up to the quote that closes the cell.
      while (true) {
        if (++at >= end) return false;
        byte = load<u8>(at);
        if (byte === NEWLINE) inside++;
        if (byte === quote) {
          if (at + 1 >= end) return false;
          if (load<u8>(at + 1) !== quote) break;
          isEscaped = true;
          at++;
        }
      }
      store<u32>(cell, <u32>(start + 1 - text));
      store<u32>(cell + toEnds, <u32>(at - text));
      byte = load<u8>(++at);
      if (byte === RETURN && at + 1 < end && load<u8>(at + 1) === NEWLINE) byte = load<u8>(++at);
      if (byte !== NEWLINE && byte !== delimiter) return false;
    } else {
      while (byte !== delimiter && byte !== NEWLINE) {
        if (++at >= end) return false;
        byte = load<u8>(at);
      }
      const isReturned = byte === NEWLINE && at > start && load<u8>(at - 1) === RETURN;
      const stop = isReturned ? at - 1 : at;
      store<u32>(cell, select<u32>(MISSING, <u32>(start - text), start === stop));
      store<u32>(cell + toEnds, <u32>(stop - text));
    }
    if (byte === NEWLINE) {
      if (left !== 1 || !takeRecord(run, at, inside)) return false;
      if (isEscaped) undoubleQuotes(run, first, toEnds, stride);
      return true;
    }
    cell += stride;
    at++;
  }
  return false;
}

/** Makes one quote of each doubled one in the quoted cells of the record laid at `cell`. */
function undoubleQuotes(run: CsvRun, cell: usize, toEnds: usize, stride: usize): void {
  const quote = <u8>run.quote;
  for (let left = run.width; left > 0; left--, cell += stride) {
    const start = load<u32>(cell);
    // Before other cells stands a delimiter, a newline, or nothing of the text.
    if (start === MISSING || start === 0 || load<u8>(run.text + start - 1) !== quote) continue;
    let to = run.text + start;
    const end = run.text + load<u32>(cell + toEnds);
    for (let at = to; at < end; at++) {
      const byte = load<u8>(at);
      store<u8>(to++, byte);
      if (byte === quote) at++;
    }
    store<u32>(cell + toEnds, <u32>(to - run.text));
  }
}
