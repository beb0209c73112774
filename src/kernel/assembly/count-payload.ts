/**
 * The cells of a captured payload into counters: what `count-records.ts` does to those of a record.
 *
 * Stages: the masks of all payloads of a line come first. Once the line has turned out to be alike,
 * its cells are counted as those of a record are.
 */
import { columnAt, countMarked, Rest } from "./count-marked";
import { countText } from "./count-text";
import { Gap, LineRun, Payload } from "./line-run";

const MISSING: u32 = 0xffff_ffff;

/** Counts or lays the cells of a payload of the row taken last. */
export function countPayload(run: LineRun, gap: Gap, payload: Payload): void {
  const record = run.record;
  const source = payload.source;
  const end = countMarked(run.columns, payload.masks, record, source, gap.column, gap.cells);
  // What the payload's text was moved by.
  const shift = payload.from - payload.leading - <u32>source;
  for (let each = record; each < end; each += offsetof<Rest>()) {
    countOther(run, changetype<Rest>(each), shift);
  }
}

/** Counts as missing or as text, or lays, a cell that is no decimal with a counter. */
function countOther(run: LineRun, cell: Rest, shift: u32): void {
  const start = cell.start;
  const stop = cell.stop;
  const column = columnAt(run.columns, cell.column);
  if (start === stop && column.decimals !== 0) {
    column.missing += 1;
    return;
  }
  if (start !== stop && countText(column.texts, start, stop)) return;
  const at = <usize>cell.column * run.stride + ((<usize>column.laid) << 2);
  column.laid += 1;
  store<u32>(run.starts + at, select<u32>(MISSING, start + shift, start === stop));
  store<u32>(run.ends + at, stop + shift);
  store<u32>(run.rows + at, run.row - 1);
}
