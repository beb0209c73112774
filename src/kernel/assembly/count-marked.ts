/**
 * The numbers among the cells of a record that is marked, into the counters of their columns.
 *
 * A cell of one byte is a digit as a rule, whose counter is found by that byte; a longer one is
 * read as a decimal. Which column a cell belongs to is the number of ends below its own. Measured:
 * 2 ns a digit, 4 ns a decimal.
 */
import { countDecimal, countDigit } from "./count-text";
import { CsvRun } from "./csv-run";
import { Block } from "./mark-record";
import { TextSlots } from "./text-slots";

/** Laid out as `COLUMN_FIELDS` in `source/count-plan.ts` tells. */
@unmanaged
export class CountedColumn {
  /** The counters; 0, where there are none, for a column whose cells are laid. */
  decimals: usize;
  texts: TextSlots;
  /** Cells laid. */
  laid: u32;
  missing: u32;
}

/** A cell left, by the places of its bytes. */
@unmanaged
export class Rest {
  column: u32;
  start: u32;
  stop: u32;
}

/**
 * Counts the digits and decimals of the marked record at a place, up to the end of the cell there
 * is at `last`; lists what is left.
 */
@inline
export function countMarked(run: CsvRun, from: usize, last: usize): usize {
  const columns = run.columns;
  let masks = run.masks;
  let rest = run.record;
  let column: u32 = 0;
  let cell = from;
  for (let at = from; at <= last; at += 64, masks += offsetof<Block>()) {
    const block = changetype<Block>(masks);
    const stops = block.stops;
    for (let bits = block.singles; bits !== 0; bits &= bits - 1) {
      const index = column + <u32>popcnt(stops & below(bits));
      const stop = at + <usize>ctz(bits);
      if (!countDigit(columnAt(columns, index).decimals, stop - 1)) {
        rest = list(rest, index, stop - 1, stop);
      }
    }
    for (let bits = block.others; bits !== 0; bits &= bits - 1) {
      const before = stops & below(bits);
      const index = column + <u32>popcnt(before);
      const start = select<usize>(cell, at + 64 - <usize>clz(before), before === 0);
      const stop = at + <usize>ctz(bits);
      if (!countDecimal(columnAt(columns, index).decimals, start, stop)) {
        rest = list(rest, index, start, stop);
      }
    }
    column += <u32>popcnt(stops);
    cell = select<usize>(cell, at + 64 - <usize>clz(stops), stops === 0);
  }
  return rest;
}

@inline
export function columnAt(columns: usize, index: u32): CountedColumn {
  return changetype<CountedColumn>(columns + <usize>index * offsetof<CountedColumn>());
}

/** The bits below the lowest one. */
@inline
function below(bits: u64): u64 {
  return (bits ^ (bits - 1)) >> 1;
}

@inline
function list(rest: usize, column: u32, start: usize, stop: usize): usize {
  const cell = changetype<Rest>(rest);
  cell.column = column;
  cell.start = <u32>start;
  cell.stop = <u32>stop;
  return rest + offsetof<Rest>();
}
