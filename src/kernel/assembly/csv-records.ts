/**
 * Records of CSV text, straight into the columns of a batch or into counters: what `CsvScanner`
 * does to a record, for as many records as one call can take.
 *
 * Stages: 64 bytes become masks (delimiters, newlines, quotes); while no quote stands before the
 * newline, set bits are visited, each the end of a cell. A record with a quote is read anew, byte
 * by byte. Where cells are counted, the masks of a whole record come first, and those bits are
 * left out that end a cell of one zero: columns have as many of these as rows less other cells.
 *
 * Invariants: (1) a record that has not `width` cells, is blank, too long or malformed, or does not
 * end before `end`, ends the call and changes neither text nor count: what was laid of it lies
 * behind the counted cells; (2) 64 readable bytes follow `end`, and what they hold changes nothing;
 * (3) a store stays within its area, for every input: the row is below `rowsMax`, and a cell is
 * laid only while fewer than `width` are.
 */
import { countText } from "./count-text";
import { maskOf } from "./mask-of";
import { TextSlots } from "./text-slots";

const NEWLINE: u8 = 0x0a;
const RETURN: u8 = 0x0d;
const ZERO: u8 = 0x30;
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
  /** What follows is used by `countRecords` alone: a `CountedColumn` for each column. */
  columns: usize;
  /** Rows of the cells laid by column, as far apart as their ranges. */
  rows: usize;
  /** The columns that are not counted, by number. */
  laid: usize;
  laidCount: u32;
  /** Room for the ranges of one record: starts, and behind them ends. */
  record: usize;
  /** Room for two masks of each of `blocksMax` blocks of one record. */
  masks: usize;
  blocksMax: u32;
}

/** Laid out as `COLUMN_FIELDS` in `source/count-plan.ts` tells. */
@unmanaged
class CountedColumn {
  /** The counters; 0 for a column whose cells are laid. */
  decimals: usize;
  texts: TextSlots;
  /** Cells laid. */
  laid: u32;
  missing: u32;
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
    if ((maskOf(block, quote) & within) !== 0) {
      return layQuoted(run, run.starts + (run.row << 2), toEnds, stride);
    }
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

/** `inside` is the number of newlines in its quoted cells. */
function takeRecord(run: CsvRun, newline: usize, inside: u32): bool {
  if (newline - run.at > <usize>run.recordBytesMax) return false;
  store<u32>(run.lines + (run.row << 2), run.line);
  run.line += inside + 1;
  run.row += 1;
  run.at = newline + 1;
  return true;
}

/** Lays a record of any cells, the first at `cell`, and counts it. */
function layQuoted(run: CsvRun, cell: usize, toEnds: usize, stride: usize): bool {
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

/** As `layRecords`, but cells are counted where their counters are known. */
export function countRecords(run: CsvRun): void {
  while (run.row < run.rowsMax && run.at < run.full && run.at < run.end && countRecord(run)) {}
}

function countRecord(run: CsvRun): bool {
  const from = run.at;
  const end = run.end;
  const delimiter = <u8>run.delimiter;
  const quote = <u8>run.quote;
  let masks = run.masks;
  const masksEnd = masks + ((<usize>run.blocksMax) << 4);
  let cells: u32 = 0;
  /** Whether the byte before the block ends a cell, or begins the record. */
  let carry: u64 = 1;
  let zero: usize = 0;
  let newline: u64 = 0;
  let block = from;
  for (; newline === 0; block += 64) {
    if (block >= end || masks === masksEnd) return false;
    let within: u64 = end - block < 64 ? ((<u64>1) << (end - block)) - 1 : -1;
    newline = maskOf(block, NEWLINE) & within;
    newline &= -newline;
    if (newline !== 0) within = newline - 1;
    if ((maskOf(block, quote) & within) !== 0) return countQuoted(run);
    const stops = (maskOf(block, delimiter) & within) | newline;
    const zeros = ((maskOf(block, ZERO) & ((stops << 1) | carry)) << 1) & stops;
    carry = stops >> 63;
    if (zeros !== 0) zero = block + <usize>ctz(zeros) - 1;
    cells += <u32>popcnt(stops);
    store<u64>(masks, stops);
    store<u64>(masks, stops & ~zeros, 8);
    masks += 16;
  }
  if (cells !== run.width) return false;
  const last = block - 64 + <usize>ctz(newline);
  if (run.width === 1 && (last === from || (last === from + 1 && load<u8>(from) === RETURN))) {
    return false;
  }
  if (!takeRecord(run, last, 0)) return false;
  const isReturned = load<u8>(last - 1) === RETURN;
  const columns = run.columns;
  let column: u32 = 0;
  let start = from;
  masks = run.masks;
  for (block = from; block <= last; block += 64, masks += 16) {
    const stops = load<u64>(masks);
    let visits = load<u64>(masks, 8);
    while (visits !== 0) {
      const below = stops & ((visits & -visits) - 1);
      const at = below === 0 ? start : block + 64 - <usize>clz(below);
      let stop = block + <usize>ctz(visits);
      if (isReturned && stop === last && stop > at) stop--;
      visits &= visits - 1;
      const index = column + <u32>popcnt(below);
      const place = changetype<CountedColumn>(columns + <usize>index * offsetof<CountedColumn>());
      const decimals = place.decimals;
      const isCounted = decimals !== 0 && at !== stop && countText(decimals, place.texts, at, stop);
      if (!isCounted) layCell(run, place, index, at, stop);
    }
    if (stops !== 0) {
      column += <u32>popcnt(stops);
      start = block + 64 - <usize>clz(stops);
    }
  }
  if (zero !== 0) layZeros(run, zero);
  return true;
}

function countQuoted(run: CsvRun): bool {
  const record = run.record;
  const toEnds = (<usize>run.width) << 2;
  if (!layQuoted(run, record, toEnds, 4)) return false;
  const text = run.text;
  for (let column: u32 = 0; column < run.width; column++) {
    const cell = record + ((<usize>column) << 2);
    const start = load<u32>(cell);
    const stop = load<u32>(cell + toEnds);
    const place = changetype<CountedColumn>(
      run.columns + <usize>column * offsetof<CountedColumn>(),
    );
    if (start === MISSING) layCell(run, place, column, 0, 0);
    else if (
      place.decimals === 0 ||
      !countText(place.decimals, place.texts, text + start, text + stop)
    ) {
      lay(run, place, column, start, stop);
    }
  }
  return true;
}

/** Lays a cell of the row taken last that was not counted; a cell of no bytes is missing. */
function layCell(run: CsvRun, place: CountedColumn, column: u32, start: usize, stop: usize): void {
  const isMissing = start === stop;
  if (isMissing && place.decimals !== 0) place.missing += 1;
  else {
    lay(run, place, column, isMissing ? MISSING : <u32>(start - run.text), <u32>(stop - run.text));
  }
}

function lay(run: CsvRun, place: CountedColumn, column: u32, start: u32, stop: u32): void {
  const at = <usize>column * run.stride + ((<usize>place.laid) << 2);
  place.laid += 1;
  store<u32>(run.starts + at, start);
  store<u32>(run.ends + at, stop);
  store<u32>(run.rows + at, run.row - 1);
}

/** Lays the zero that was left out of each column that is not counted; one is like another. */
function layZeros(run: CsvRun, zero: usize): void {
  const start = <u32>(zero - run.text);
  for (let i: u32 = 0; i < run.laidCount; i++) {
    const column = load<u32>(run.laid + ((<usize>i) << 2));
    const place = changetype<CountedColumn>(
      run.columns + <usize>column * offsetof<CountedColumn>(),
    );
    if (place.laid < run.row) lay(run, place, column, start, start + 1);
  }
}
