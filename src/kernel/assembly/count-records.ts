/**
 * Records of CSV text into counters: what `layRecords` and then `countCells` do, but a cell is laid
 * only where there is no counter for it, with its row.
 *
 * Stages: the masks of a whole record come first, and with them its number of cells, so that
 * nothing counted has to be taken back. Then bits are visited, but for those that end a cell of one
 * zero, which is neither counted nor laid: a row that a column has no cell for is one.
 *
 * Invariants: those of `layRecords`; a cell is laid behind the `laid` ones of its column, which are
 * at most as many as rows.
 */
import { counterOf, decimalCounterOf, increment } from "./count-text";
import { CsvRun, layQuoted, MISSING, takeRecord } from "./csv-run";
import { maskOf } from "./mask-of";
import { TextSlots } from "./text-slots";

const NEWLINE: u8 = 0x0a;
const RETURN: u8 = 0x0d;
const ZERO: u8 = 0x30;

/** Laid out as `COLUMN_FIELDS` in `source/count-plan.ts` tells. */
@unmanaged
export class CountedColumn {
  /** The counters; 0 for a column whose cells are laid. */
  decimals: usize;
  texts: TextSlots;
  /** Cells laid. */
  laid: u32;
  missing: u32;
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
  let newline: u64 = 0;
  let block = from;
  for (; newline === 0; block += 64) {
    if (block >= end || masks === masksEnd) return false;
    let within: u64 = end - block < 64 ? ((<u64>1) << (end - block)) - 1 : -1;
    const a = v128.load(block, 0);
    const b = v128.load(block, 16);
    const c = v128.load(block, 32);
    const d = v128.load(block, 48);
    newline = maskOf(a, b, c, d, NEWLINE) & within;
    newline &= -newline;
    if (newline !== 0) within = newline - 1;
    if ((maskOf(a, b, c, d, quote) & within) !== 0) return countQuoted(run);
    const stops = (maskOf(a, b, c, d, delimiter) & within) | newline;
    const zeros = ((maskOf(a, b, c, d, ZERO) & ((stops << 1) | carry)) << 1) & stops;
    carry = stops >> 63;
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
  if (load<u8>(last - 1) === RETURN) endAtReturn(run.masks, last - from);
  const columns = run.columns;
  const text = run.text;
  const starts = run.starts;
  const toEnds = run.ends - starts;
  const toRows = run.rows - starts;
  let column: u32 = 0;
  let start = from;
  let left = run.record;
  masks = run.masks;
  for (block = from; block <= last; block += 64, masks += 16) {
    const stops = load<u64>(masks);
    let visits = load<u64>(masks, 8);
    while (visits !== 0) {
      const below = stops & ((visits & -visits) - 1);
      const at = below === 0 ? start : block + 64 - <usize>clz(below);
      const stop = block + <usize>ctz(visits);
      visits &= visits - 1;
      const index = column + <u32>popcnt(below);
      const place = changetype<CountedColumn>(columns + <usize>index * offsetof<CountedColumn>());
      if (place.decimals === 0) {
        const cell = starts + <usize>index * run.stride + ((<usize>place.laid) << 2);
        place.laid += 1;
        store<u32>(cell, select<u32>(MISSING, <u32>(at - text), at === stop));
        store<u32>(cell + toEnds, <u32>(stop - text));
        store<u32>(cell + toRows, run.row - 1);
        continue;
      }
      const counter = decimalCounterOf(place.decimals, at, stop);
      if (counter !== 0) {
        increment(counter);
      } else {
        store<u32>(left, index);
        store<u32>(left, <u32>at, 4);
        store<u32>(left, <u32>stop, 8);
        left += 12;
      }
    }
    if (stops !== 0) {
      column += <u32>popcnt(stops);
      start = block + 64 - <usize>clz(stops);
    }
  }
  for (let each = run.record; each < left; each += 12) {
    countCell(run, load<u32>(each), load<u32>(each, 4), load<u32>(each, 8));
  }
  return true;
}

/** Makes the carriage return before the newline at a place the end of the record's last cell. */
function endAtReturn(masks: usize, newline: usize): void {
  const last = masks + ((newline >> 6) << 4);
  const newlineBit = (<u64>1) << (newline & 63);
  store<u64>(last, load<u64>(last) & ~newlineBit);
  store<u64>(last, load<u64>(last, 8) & ~newlineBit, 8);
  const at = masks + (((newline - 1) >> 6) << 4);
  const bit = (<u64>1) << ((newline - 1) & 63);
  store<u64>(at, load<u64>(at) | bit);
  store<u64>(at, load<u64>(at, 8) | bit, 8);
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
    if (start === MISSING) countMissing(run, column);
    else countPresent(run, column, text + start, text + stop);
  }
  return true;
}

/** Counts or lays a cell of the row taken last that is not quoted: one of no bytes is missing. */
function countCell(run: CsvRun, column: u32, start: usize, stop: usize): void {
  if (start === stop) countMissing(run, column);
  else countPresent(run, column, start, stop);
}

function countMissing(run: CsvRun, column: u32): void {
  const place = placeOf(run, column);
  if (place.decimals !== 0) place.missing += 1;
  else lay(run, place, column, MISSING, 0);
}

function countPresent(run: CsvRun, column: u32, start: usize, stop: usize): void {
  const place = placeOf(run, column);
  const counter = counterOf(place.decimals, place.texts, start, stop);
  if (counter !== 0) increment(counter);
  else lay(run, place, column, <u32>(start - run.text), <u32>(stop - run.text));
}

function placeOf(run: CsvRun, column: u32): CountedColumn {
  return changetype<CountedColumn>(run.columns + <usize>column * offsetof<CountedColumn>());
}

function lay(run: CsvRun, place: CountedColumn, column: u32, start: u32, stop: u32): void {
  const at = <usize>column * run.stride + ((<usize>place.laid) << 2);
  place.laid += 1;
  store<u32>(run.starts + at, start);
  store<u32>(run.ends + at, stop);
  store<u32>(run.rows + at, run.row - 1);
}
