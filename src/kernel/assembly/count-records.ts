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
import { CountedColumn, columnAt, countMarked, Rest } from "./count-marked";
import { countDecimal, countText } from "./count-text";
import { CsvRun, layQuoted, MISSING, takeRecord } from "./csv-run";
import { endAtReturn, markRecord, QUOTED } from "./mark-record";

const RETURN: u8 = 0x0d;

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
  countRest(run, countMarked(run.columns, run.masks, run.record, from, 0, run.width));
  return true;
}

/** Counts as missing or as texts, or lays, the cells listed up to `end`. */
function countRest(run: CsvRun, end: usize): void {
  for (let each = run.record; each < end; each += offsetof<Rest>()) {
    const cell = changetype<Rest>(each);
    const start = cell.start;
    const stop = cell.stop;
    if (start === stop) countMissing(run, cell.column);
    else countOther(run, cell.column, start, stop);
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
    if (start === MISSING) countMissing(run, column);
    else countPresent(run, column, text + start, text + stop);
  }
  return true;
}

function countMissing(run: CsvRun, column: u32): void {
  const place = columnAt(run.columns, column);
  if (place.decimals !== 0) place.missing += 1;
  else lay(run, place, column, MISSING, 0);
}

function countPresent(run: CsvRun, column: u32, start: usize, stop: usize): void {
  const decimals = columnAt(run.columns, column).decimals;
  if (!countDecimal(decimals, start, stop)) countOther(run, column, start, stop);
}

/** Counts or lays a cell that is no decimal with a counter. */
function countOther(run: CsvRun, column: u32, start: usize, stop: usize): void {
  const place = columnAt(run.columns, column);
  if (countText(place.texts, start, stop)) return;
  lay(run, place, column, <u32>(start - run.text), <u32>(stop - run.text));
}

function lay(run: CsvRun, place: CountedColumn, column: u32, start: u32, stop: u32): void {
  const at = <usize>column * run.stride + ((<usize>place.laid) << 2);
  place.laid += 1;
  store<u32>(run.starts + at, start);
  store<u32>(run.ends + at, stop);
  store<u32>(run.rows + at, run.row - 1);
}
