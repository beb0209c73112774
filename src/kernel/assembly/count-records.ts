/**
 * Records of CSV text into counters: what `layRecords` and then `countCells` do, but a cell is laid
 * only where there is no counter for it, with its row.
 *
 * Stages, record by record: the masks of all its blocks come first, and with them its number of
 * cells, so that nothing counted has to be taken back. Then bits are visited: cells of one byte are
 * digits as a rule, and counted as such, but for those of a zero, which are neither counted nor
 * laid: a row that a column has no cell for is one. Longer cells are read as decimals. What is left
 * of both is counted as texts, or laid.
 *
 * Invariants: those of `layRecords`; a cell is laid behind the `laid` ones of its column, which are
 * at most as many as rows.
 */
import { Counters, decimalCounterOf, increment, textCounterOf } from "./count-text";
import { CsvRun, layQuoted, MISSING, takeRecord } from "./csv-run";
import { maskOf } from "./mask-of";
import { TextSlots } from "./text-slots";

const NEWLINE: u8 = 0x0a;
const RETURN: u8 = 0x0d;
const ZERO: u8 = 0x30;

/** Laid out as `COLUMN_FIELDS` in `source/count-plan.ts` tells. */
@unmanaged
class CountedColumn {
  /** The counters; 0, where there are none, for a column whose cells are laid. */
  decimals: usize;
  texts: TextSlots;
  /** Cells laid. */
  laid: u32;
  missing: u32;
}

/** Where cells end in 64 bytes. */
@unmanaged
class Block {
  stops: u64;
  /** Those of cells of one byte, but for zeros, and those of others. */
  singles: u64;
  others: u64;
}

/** A cell left, by the places of its bytes. */
@unmanaged
class Rest {
  column: u32;
  start: u32;
  stop: u32;
}

/** What `markRecord` gives for a record with a quote. */
const QUOTED: usize = 1;

/** As `layRecords`, but cells are counted where their counters are known. */
export function countRecords(run: CsvRun): void {
  while (run.row < run.rowsMax && run.at < run.full && run.at < run.end && countRecord(run)) {}
}

function countRecord(run: CsvRun): bool {
  const from = run.at;
  const newline = markRecord(run);
  if (newline <= QUOTED) return newline === QUOTED && countQuoted(run);
  const isReturned = load<u8>(newline - 1) === RETURN;
  if (run.width === 1 && newline - from <= <usize>isReturned) return false;
  if (!takeRecord(run, newline, 0)) return false;
  if (isReturned) endAtReturn(run.masks, newline - from);
  countRest(run, countMarked(run, from, newline));
  return true;
}

/**
 * Writes the masks of the record's blocks; returns the place of the newline that ends it, 0 for a
 * record that must be left.
 */
function markRecord(run: CsvRun): usize {
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
    const singles = (((stops << 1) | carry) << 1) & stops;
    const zeros = maskOf(a, b, c, d, i8x16.splat(ZERO)) << 1;
    carry = stops >> 63;
    cells += <u32>popcnt(stops);
    const block = changetype<Block>(masks);
    block.stops = stops;
    block.singles = singles & ~zeros;
    block.others = stops ^ singles;
    masks += offsetof<Block>();
    if (newline !== 0) return cells === run.width ? at + <usize>ctz(newline) : 0;
  }
  return 0;
}

/** Makes the carriage return before the newline at a place the end of the record's last cell. */
function endAtReturn(masks: usize, newline: usize): void {
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

/** Counts the digits and decimals of the marked record at a place; lists what is left. */
function countMarked(run: CsvRun, from: usize, newline: usize): usize {
  const columns = run.columns;
  let masks = run.masks;
  let rest = run.record;
  let column: u32 = 0;
  let cell = from;
  for (let at = from; at <= newline; at += 64, masks += offsetof<Block>()) {
    const block = changetype<Block>(masks);
    const stops = block.stops;
    for (let bits = block.singles; bits !== 0; bits &= bits - 1) {
      const index = column + <u32>popcnt(stops & below(bits));
      const stop = at + <usize>ctz(bits);
      const digit = <u32>load<u8>(stop - 1) - ZERO;
      const decimals = columnAt(columns, index).decimals;
      const counters = changetype<Counters>(decimals).at;
      // Single digits have their counters where any whole number has.
      if (digit < 10 && counters !== 0) {
        increment(counters + ((<usize>digit) << 3));
      } else {
        rest = list(rest, index, stop - 1, stop);
      }
    }
    for (let bits = block.others; bits !== 0; bits &= bits - 1) {
      const before = stops & below(bits);
      const index = column + <u32>popcnt(before);
      const start = select<usize>(cell, at + 64 - <usize>clz(before), before === 0);
      const stop = at + <usize>ctz(bits);
      const decimals = columnAt(columns, index).decimals;
      const counter = decimalCounterOf(decimals, start, stop);
      if (counter !== 0) increment(counter);
      else rest = list(rest, index, start, stop);
    }
    column += <u32>popcnt(stops);
    cell = select<usize>(cell, at + 64 - <usize>clz(stops), stops === 0);
  }
  return rest;
}

/** The bits below the lowest one. */
@inline
function below(bits: u64): u64 {
  return (bits ^ (bits - 1)) >> 1;
}

@inline
function columnAt(columns: usize, index: u32): CountedColumn {
  return changetype<CountedColumn>(columns + (<usize>index) * offsetof<CountedColumn>());
}

@inline
function list(rest: usize, column: u32, start: usize, stop: usize): usize {
  const cell = changetype<Rest>(rest);
  cell.column = column;
  cell.start = <u32>start;
  cell.stop = <u32>stop;
  return rest + offsetof<Rest>();
}

/** Counts as missing or as texts, or lays, the cells listed up to `end`. */
function countRest(run: CsvRun, end: usize): void {
  for (let each = run.record; each < end; each += offsetof<Rest>()) {
    const cell = changetype<Rest>(each);
    const start = cell.start;
    const stop = cell.stop;
    if (start === stop) countMissing(run, cell.column);
    else countText(run, cell.column, start, stop);
  }
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
    if (start === MISSING) {
      countMissing(run, column);
      continue;
    }
    const counter = decimalCounterOf(columnAt(run.columns, column).decimals, text + start, text + stop);
    if (counter !== 0) increment(counter);
    else countText(run, column, text + start, text + stop);
  }
  return true;
}

function countMissing(run: CsvRun, column: u32): void {
  const place = columnAt(run.columns, column);
  if (place.decimals !== 0) place.missing += 1;
  else lay(run, place, column, MISSING, 0);
}

/** Counts or lays a cell that is no decimal with a counter. */
function countText(run: CsvRun, column: u32, start: usize, stop: usize): void {
  const place = columnAt(run.columns, column);
  const counter = textCounterOf(place.texts, start, stop);
  if (counter !== 0) increment(counter);
  else lay(run, place, column, <u32>(start - run.text), <u32>(stop - run.text));
}

function lay(run: CsvRun, place: CountedColumn, column: u32, start: u32, stop: u32): void {
  const at = <usize>column * run.stride + ((<usize>place.laid) << 2);
  place.laid += 1;
  store<u32>(run.starts + at, start);
  store<u32>(run.ends + at, stop);
  store<u32>(run.rows + at, run.row - 1);
}
