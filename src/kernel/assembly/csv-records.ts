/**
 * Records of CSV text, straight into the columns of a batch: what `CsvScanner` does to a record,
 * for as many records as one call can take.
 *
 * Stages: 64 bytes become three masks (delimiters, newlines, quotes); while no quote stands before
 * the newline, set bits are visited, each the end of a cell. A record with a quote is read anew,
 * byte by byte.
 *
 * Invariants: (1) a record that has not `width` cells, is blank, too long or malformed, or does not
 * end before `end`, ends the call and changes neither text nor count: what was laid of it lies
 * behind the counted rows; (2) 64 readable bytes follow `end`, and what they hold changes nothing;
 * (3) a store stays within its area, for every input: the row is below `rowsMax`, and a cell is
 * laid only while fewer than `width` are.
 */
import { maskOf } from "./mask-of";

const NEWLINE: u8 = 0x0a;
const RETURN: u8 = 0x0d;
const MISSING: u32 = 0xffff_ffff;

/** One call; laid out as `RUN_FIELDS` in `source/csv-kernel.ts` tells. */
@unmanaged
class CsvRun {
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
}

/** Reads records until one must be left, the batch is full, or the text ends. */
export function layRecords(run: CsvRun): void {
  while (run.row < run.rowsMax && run.at < run.full && run.at < run.end && layRecord(run)) {}
}

function layRecord(run: CsvRun): bool {
  const end = run.end;
  const delimiter = <u8>run.delimiter;
  const quote = <u8>run.quote;
  const stride = run.stride;
  const text = run.text;
  const toEnds = run.ends - run.starts;
  let cell = run.starts + (run.row << 2);
  let left = run.width;
  let start = run.at;
  for (let block = start; block < end; block += 64) {
    // The bytes before the first newline, or before the end.
    let within: u64 = end - block < 64 ? ((<u64>1) << (end - block)) - 1 : -1;
    let newline = maskOf(block, NEWLINE) & within;
    newline &= -newline;
    if (newline !== 0) within = newline - 1;
    if ((maskOf(block, quote) & within) !== 0) return layQuoted(run);
    let stops = maskOf(block, delimiter) & within;
    const found = <u32>popcnt(stops);
    // One more cell follows the last delimiter.
    if (found >= left) return false;
    left -= found;
    while (stops !== 0) {
      const stop = block + <usize>ctz(stops);
      store<u32>(cell, select<u32>(MISSING, <u32>(start - text), start === stop));
      store<u32>(cell + toEnds, <u32>(stop - text));
      cell += stride;
      start = stop + 1;
      stops &= stops - 1;
    }
    if (newline !== 0) {
      return left === 1 && endRecord(run, cell, start, block + <usize>ctz(newline), 0);
    }
  }
  return false;
}

/** Lays a record's last cell, which is not quoted, and counts the record. */
function endRecord(run: CsvRun, cell: usize, start: usize, newline: usize, inside: u32): bool {
  const isReturned = newline > start && load<u8>(newline - 1) === RETURN;
  const stop = isReturned ? newline - 1 : newline;
  if (run.width === 1 && start === stop) return false;
  store<u32>(cell, select<u32>(MISSING, <u32>(start - run.text), start === stop));
  store<u32>(cell + (run.ends - run.starts), <u32>(stop - run.text));
  return countRecord(run, newline, inside);
}

/** `inside` is the number of newlines in its quoted cells. */
function countRecord(run: CsvRun, newline: usize, inside: u32): bool {
  if (newline - run.at > <usize>run.recordBytesMax) return false;
  store<u32>(run.lines + (run.row << 2), run.line);
  run.line += inside + 1;
  run.row += 1;
  run.at = newline + 1;
  return true;
}

function layQuoted(run: CsvRun): bool {
  const end = run.end;
  const delimiter = <u8>run.delimiter;
  const quote = <u8>run.quote;
  const text = run.text;
  const toEnds = run.ends - run.starts;
  let cell = run.starts + (run.row << 2);
  let at = run.at;
  let inside: u32 = 0;
  let isEscaped = false;
  for (let left = run.width; left > 0; left--) {
    if (at >= end) return false;
    const start = at;
    let byte = load<u8>(at);
    if (byte !== quote) {
      while (byte !== delimiter && byte !== NEWLINE) {
        if (++at >= end) return false;
        byte = load<u8>(at);
      }
      if (byte === NEWLINE) {
        if (left !== 1 || !endRecord(run, cell, start, at, inside)) return false;
        if (isEscaped) unescapeRow(run);
        return true;
      }
      store<u32>(cell, select<u32>(MISSING, <u32>(start - text), start === at));
      store<u32>(cell + toEnds, <u32>(at - text));
    } else {
      for (;;) {
        if (++at >= end) return false;
        byte = load<u8>(at);
        if (byte === NEWLINE) inside++;
        if (byte !== quote) continue;
        if (at + 1 >= end) return false;
        if (load<u8>(at + 1) !== quote) break;
        isEscaped = true;
        at++;
      }
      store<u32>(cell, <u32>(start + 1 - text));
      store<u32>(cell + toEnds, <u32>(at - text));
      byte = load<u8>(++at);
      if (byte === RETURN && at + 1 < end && load<u8>(at + 1) === NEWLINE) byte = load<u8>(++at);
      if (byte === NEWLINE) {
        if (left !== 1 || !countRecord(run, at, inside)) return false;
        if (isEscaped) unescapeRow(run);
        return true;
      }
      if (byte !== delimiter) return false;
    }
    cell += run.stride;
    at++;
  }
  return false;
}

/** Makes one quote of each doubled one in the quoted cells of the row counted last. */
function unescapeRow(run: CsvRun): void {
  const quote = <u8>run.quote;
  let cell = run.starts + ((run.row - 1) << 2);
  const toEnds = run.ends - run.starts;
  for (let left = run.width; left > 0; left--, cell += run.stride) {
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
