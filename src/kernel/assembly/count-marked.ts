/**
 * The numbers among the cells of a record or payload that is marked, into the counters of their
 * columns.
 *
 * A cell of one byte is a digit as a rule, whose counter is found by that byte; a longer one is
 * read as a decimal. Which column a cell belongs to is the number of ends below its own. Measured:
 * 2 ns a digit, 4 ns a decimal.
 */
import { countDecimal, countDigit } from "./count-text";
import { Block } from "./marked-block";
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
 * Counts the digits and decimals among `cells` marked cells, the first of which begins at `from` in
 * the column `column`; lists what is left from `rest` on, and returns where the list ends.
 */
@inline
export function countMarked(
  columns: usize,
  masks: usize,
  rest: usize,
  from: usize,
  column: u32,
  cells: u32,
): usize {
  let left = cells;
  let cell = from;
  for (let at = from; left > 0; at += 64, masks += offsetof<Block>()) {
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
    const found = <u32>popcnt(stops);
    column += found;
    left -= found;
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
