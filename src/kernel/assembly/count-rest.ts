/**
 * The cells of the row taken last that are no numbers with counters: counted as missing or as
 * texts, or laid behind those of their column, with their row.
 *
 * A `Run` is a `CsvRun` or a `LineRun`, whose members are of the same names as far as they are used
 * here. A byte's place in the batch's text is its own and `shift`.
 */
import { CountedColumn, columnAt, Rest } from "./count-marked";
import { countDecimal, countText } from "./count-text";
import { MISSING } from "./csv-run";

/** Counts as missing or as texts, or lays, the cells listed up to `end`. */
@inline
export function countRest<Run>(run: Run, end: usize, shift: u32): void {
  for (let each = run.record; each < end; each += offsetof<Rest>()) {
    const cell = changetype<Rest>(each);
    const start = cell.start;
    const stop = cell.stop;
    if (start === stop) countMissing<Run>(run, cell.column);
    else countOther<Run>(run, cell.column, start, stop, shift);
  }
}

export function countMissing<Run>(run: Run, column: u32): void {
  const place = columnAt(run.columns, column);
  if (place.decimals !== 0) place.missing += 1;
  else lay<Run>(run, place, column, MISSING, 0);
}

export function countPresent<Run>(
  run: Run,
  column: u32,
  start: usize,
  stop: usize,
  shift: u32,
): void {
  const decimals = columnAt(run.columns, column).decimals;
  if (!countDecimal(decimals, start, stop)) countOther<Run>(run, column, start, stop, shift);
}

/** Counts or lays a cell that is no decimal with a counter. */
function countOther<Run>(run: Run, column: u32, start: usize, stop: usize, shift: u32): void {
  const place = columnAt(run.columns, column);
  if (countText(place.texts, start, stop)) return;
  lay<Run>(run, place, column, <u32>start + shift, <u32>stop + shift);
}

function lay<Run>(run: Run, place: CountedColumn, column: u32, start: u32, stop: u32): void {
  const at = <usize>column * run.stride + ((<usize>place.laid) << 2);
  place.laid += 1;
  store<u32>(run.starts + at, start);
  store<u32>(run.ends + at, stop);
  store<u32>(run.rows + at, run.row - 1);
}
