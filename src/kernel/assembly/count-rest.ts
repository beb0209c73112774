/**
 * The cells of the record taken last that are no numbers with counters: counted as missing or as
 * texts, or laid behind those of their column, with their row.
 */
import { CountedColumn, columnAt, Rest } from "./count-marked";
import { countDecimal, countText } from "./count-text";
import { CsvRun, MISSING } from "./csv-run";

/** Counts as missing or as texts, or lays, the cells listed up to `end`. */
@inline
export function countRest(run: CsvRun, end: usize): void {
  for (let each = run.record; each < end; each += offsetof<Rest>()) {
    const cell = changetype<Rest>(each);
    const start = cell.start;
    const stop = cell.stop;
    if (start === stop) countMissing(run, cell.column);
    else countOther(run, cell.column, start, stop);
  }
}

export function countMissing(run: CsvRun, column: u32): void {
  const place = columnAt(run.columns, column);
  if (place.decimals !== 0) place.missing += 1;
  else lay(run, place, column, MISSING, 0);
}

export function countPresent(run: CsvRun, column: u32, start: usize, stop: usize): void {
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
