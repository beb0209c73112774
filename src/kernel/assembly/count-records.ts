/**
 * Records of CSV text into counters: what `layRecords` and then `countCells` do, but a cell is laid
 * only where there is no counter for it, with its row.
 *
 * Stages, record by record: the masks of all its blocks come first, and with them its number of
 * cells, so that nothing counted has to be taken back. Then bits are visited: cells of one byte are
 * digits as a rule, and counted as such, but for those of a zero, which are neither counted nor
 * laid: a row that a column has no cell for is one. Longer cells are read as decimals. What is left
 * of both is counted as texts, or laid. Many flags at the end of records are added up instead.
 *
 * Invariants: those of `layRecords`; a cell is laid behind the `laid` ones of its column, which are
 * at most as many as rows.
 */
import { addFlags, countFlags, flagsOf, openFlags, SUMS_MAX } from "./count-flags";
import { countMarked } from "./count-marked";
import { countMissing, countPresent, countRest } from "./count-rest";
import { CsvRun, layQuoted, MISSING, takeRecord } from "./csv-run";
import { endAtReturn, markRecord, QUOTED } from "./mark-record";

const RETURN: u8 = 0x0d;

/** Records without the flags looked for after which a call looks for no more. */
const PROBES: u32 = 64;

/** As `layRecords`, but cells are counted where their counters are known. */
export function countRecords(run: CsvRun): void {
  let probes = PROBES;
  let flags: u32 = 0;
  let sums: u32 = 0;
  while (run.row < run.rowsMax && run.at < run.full && run.at < run.end) {
    if (flags !== 0 && probes !== 0 && countFlagged(run, flags)) {
      if (++sums < SUMS_MAX) continue;
      countFlags(run, flags);
      sums = 0;
      continue;
    }
    if (!countRecord(run)) break;
    if (probes === 0) continue;
    probes--;
    const found = flagsOf(run);
    if (found === 0 || (flags !== 0 && found >= flags)) continue;
    countFlags(run, flags);
    sums = 0;
    flags = found;
    openFlags(run, flags);
  }
  countFlags(run, flags);
}

/** Counts a record that ends with so many flags; false, with nothing changed, for any other. */
function countFlagged(run: CsvRun, flags: u32): bool {
  const from = run.at;
  const text = addFlags(run, flags);
  if (text === 0) return false;
  const end = countMarked(run.columns, run.masks, run.record, from, 0, run.width - flags);
  countRest<CsvRun>(run, end, 0 - <u32>run.text);
  return true;
}

function countRecord(run: CsvRun): bool {
  const from = run.at;
  const newline = markRecord(run);
  if (newline <= QUOTED) return newline === QUOTED && countQuoted(run);
  const isReturned = load<u8>(newline - 1) === RETURN;
  if (run.width === 1 && newline - from <= <usize>isReturned) return false;
  if (!takeRecord(run, newline, 0)) return false;
  if (isReturned) endAtReturn(run.masks, newline - from);
  const end = countMarked(run.columns, run.masks, run.record, from, 0, run.width);
  countRest<CsvRun>(run, end, 0 - <u32>run.text);
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
    if (start === MISSING) countMissing<CsvRun>(run, column);
    else countPresent<CsvRun>(run, column, text + start, text + stop, 0 - <u32>text);
  }
  return true;
}
