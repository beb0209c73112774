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
import { CsvRun, layQuoted, MISSING, takeRecord } from "./csv-run";
import { maskOf } from "./mask-of";

const NEWLINE: u8 = 0x0a;
const RETURN: u8 = 0x0d;

/** Reads records until one must be left, the batch is full, or the text ends. */
export function layRecords(run: CsvRun): void {
  while (run.row < run.rowsMax && run.at < run.full && run.at < run.end && layRecord(run)) {}
}

function layRecord(run: CsvRun): bool {
  const end = run.end;
  const delimiter = i8x16.splat(<u8>run.delimiter);
  const quote = i8x16.splat(<u8>run.quote);
  const stride = run.stride;
  const text = run.text;
  const toEnds = run.ends - run.starts;
  let cell = run.starts + (run.row << 2);
  let left = run.width;
  let start = run.at;
  for (let block = start; block < end; block += 64) {
    // The bytes before the first newline, or before the end.
    let within: u64 = end - block < 64 ? ((<u64>1) << (end - block)) - 1 : -1;
    const a = v128.load(block, 0);
    const b = v128.load(block, 16);
    const c = v128.load(block, 32);
    const d = v128.load(block, 48);
    let newline = maskOf(a, b, c, d, i8x16.splat(NEWLINE)) & within;
    newline &= -newline;
    if (newline !== 0) within = newline - 1;
    if ((maskOf(a, b, c, d, quote) & within) !== 0) {
      return layQuoted(run, run.starts + (run.row << 2), toEnds, stride);
    }
    let stops = maskOf(a, b, c, d, delimiter) & within;
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
      return left === 1 && endRecord(run, cell, start, block + <usize>ctz(newline));
    }
  }
  return false;
}

/** Lays a record's last cell, which is not quoted, and counts the record. */
function endRecord(run: CsvRun, cell: usize, start: usize, newline: usize): bool {
  const isReturned = newline > start && load<u8>(newline - 1) === RETURN;
  const stop = isReturned ? newline - 1 : newline;
  if (run.width === 1 && start === stop) return false;
  store<u32>(cell, select<u32>(MISSING, <u32>(start - run.text), start === stop));
  store<u32>(cell + (run.ends - run.starts), <u32>(stop - run.text));
  return takeRecord(run, newline, 0);
}
