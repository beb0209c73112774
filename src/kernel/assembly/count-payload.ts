/**
 * The cells of a captured payload into counters: what `count-records.ts` does to those of a record.
 *
 * Stages: the masks of all payloads of a line come first. Once the line has turned out to be alike,
 * bits are visited, but for those that end a cell of one zero, which is neither counted nor laid.
 */
import { counterOf, decimalCounterOf, increment } from "./count-text";
import { columnAt, Gap, LineRun, Payload } from "./line-run";

const MISSING: u32 = 0xffff_ffff;

/** Counts or lays the cells of a payload of the row taken last; returns where its masks end. */
export function countPayload(run: LineRun, gap: Gap, payload: Payload, masks: usize): usize {
  const columns = run.columns;
  const source = payload.source;
  let column = gap.column;
  let left = gap.cells;
  let start = source;
  let rest = run.record;
  for (let block = source; left > 0; block += 64, masks += 16) {
    const stops = load<u64>(masks);
    let visits = load<u64>(masks, 8);
    while (visits !== 0) {
      const below = stops & ((visits & -visits) - 1);
      const at = below === 0 ? start : block + 64 - <usize>clz(below);
      const stop = block + <usize>ctz(visits);
      visits &= visits - 1;
      const index = column + <u32>popcnt(below);
      const decimals = columnAt(columns, index).decimals;
      const counter: usize = decimals === 0 ? 0 : decimalCounterOf(decimals, at, stop);
      if (counter !== 0) {
        increment(counter);
      } else {
        store<u32>(rest, index);
        store<u32>(rest, <u32>at, 4);
        store<u32>(rest, <u32>stop, 8);
        rest += 12;
      }
    }
    if (stops !== 0) {
      const found = <u32>popcnt(stops);
      column += found;
      left -= found;
      start = block + 64 - <usize>clz(stops);
    }
  }
  // What the payload's text was moved by.
  const shift = payload.from - payload.leading - <u32>source;
  for (let each = run.record; each < rest; each += 12) {
    countCell(run, load<u32>(each), load<u32>(each, 4), load<u32>(each, 8), shift);
  }
  return masks;
}

function countCell(run: LineRun, index: u32, start: usize, stop: usize, shift: u32): void {
  const column = columnAt(run.columns, index);
  const decimals = column.decimals;
  if (decimals !== 0) {
    if (start === stop) {
      column.missing += 1;
      return;
    }
    const counter = counterOf(decimals, column.texts, start, stop);
    if (counter !== 0) {
      increment(counter);
      return;
    }
  }
  const at = <usize>index * run.stride + ((<usize>column.laid) << 2);
  column.laid += 1;
  store<u32>(run.starts + at, select<u32>(MISSING, <u32>start + shift, start === stop));
  store<u32>(run.ends + at, <u32>stop + shift);
  store<u32>(run.rows + at, run.row - 1);
}
