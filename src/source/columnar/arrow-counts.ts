/**
 * Values of an Arrow column counted instead of being written as cells: whole numbers, doubles,
 * booleans and the entries of dictionaries. What has no counter is written as arrow-cells.ts does,
 * so that a column's cells are the same whether they are counted or not.
 */
import type { ColumnCounts } from "../batch/value-counts.ts";
import type { Utf8Tally } from "../utf8.ts";
import { arrowWriter } from "./arrow-cells.ts";
import { ARROW, type ArrowData, areValid, isValid } from "./arrow-column.ts";
import { type CellCounter, type CellRun, type CellWriter, layWritten } from "./cell-writer.ts";
import { DictionaryCells } from "./dictionary-cells.ts";

const DOUBLE_PRECISION = 2;

/** Makes what counts the cells of a column that `write` writes; undefined where nothing does. */
export function arrowCounter(
  data: ArrowData,
  tally: Utf8Tally,
  write: CellWriter,
): CellCounter | undefined {
  const count = presentCounter(data, tally, write);
  return count && validCounter(data, count);
}

/** Makes what counts where a column is valid, and has missing cells elsewhere. */
export function validCounter(data: ArrowData, count: CellCounter): CellCounter {
  if (data.nullBitmap.length === 0) return count;
  return (from, to, row, counts, run) => {
    for (let at = from; at < to; ) {
      let end = at;
      while (end < to && isValid(data, end)) end += areValid(data, end, to) ? 8 : 1;
      if (end > at) count(at, end, row + at - from, counts, run);
      for (at = end; at < to && !isValid(data, at); at++) counts.missing += 1;
    }
  };
}

function presentCounter(
  data: ArrowData,
  tally: Utf8Tally,
  write: CellWriter,
): CellCounter | undefined {
  const { type, values, offset } = data;
  switch (type.typeId) {
    case ARROW.bool:
      return boolCounter(values as ArrayLike<number>, offset, write);
    case ARROW.int:
    case ARROW.duration:
      if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
        return longCounter(values, write);
      }
      return numberCounter(values as ArrayLike<number>, false, write);
    case ARROW.float:
      if (type.precision !== DOUBLE_PRECISION) return undefined;
      return numberCounter(values as ArrayLike<number>, true, write);
    case ARROW.dictionary:
      return new DictionaryCells(data, (entries) => arrowWriter(entries, tally)).counter;
    default:
      return undefined;
  }
}

/** Counts whole numbers, or doubles, which have a point. */
function numberCounter(
  values: ArrayLike<number>,
  hasPoint: boolean,
  write: CellWriter,
): CellCounter {
  return (from, to, row, counts, run) => {
    const doubles = counts.values;
    for (let at = from; at < to; at++) doubles[at - from] = values[at]!;
    countDoubles(from, to, hasPoint, row, counts, run, write);
  };
}

/** Reads integers of 64 bits by their halves, which makes no bigint of each. */
function longCounter(values: BigInt64Array | BigUint64Array, write: CellWriter): CellCounter {
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const isSigned = values instanceof BigInt64Array;
  return (from, to, row, counts, run) => {
    const doubles = counts.values;
    for (let at = from; at < to; at++) {
      const low = halves[2 * at]!;
      const high = halves[2 * at + 1]!;
      const isShort = high === low >> 31 && (isSigned || high === 0);
      doubles[at - from] = isShort ? low : Number.NaN;
    }
    countDoubles(from, to, false, row, counts, run, write);
  };
}

/** Counts the doubles of cells, which stand in `counts.values`, and lays what has no counter. */
function countDoubles(
  from: number,
  to: number,
  hasPoint: boolean,
  row: number,
  counts: ColumnCounts,
  run: CellRun,
  write: CellWriter,
): void {
  const left = counts.countNumbers(counts.values, 0, to - from, hasPoint ? 1 : 0);
  for (let each = 0; each < left; each++) {
    const place = counts.restAt(each);
    layWritten(from + place, row + place, counts, run, write);
  }
}

function boolCounter(bits: ArrayLike<number>, offset: number, write: CellWriter): CellCounter {
  let stamp = 0;
  const cells = [-1, -1];
  return (from, to, row, counts, run) => {
    if (stamp !== counts.stamp) cells.fill(-1);
    stamp = counts.stamp;
    for (let at = from; at < to; at++) {
      const bit = offset + at;
      const value = (bits[bit >> 3]! >> (bit & 7)) & 1;
      if (cells[value] === -1) cells[value] = layWritten(at, row + at - from, counts, run, write);
      else counts.bytes += counts.addTo(cells[value]!);
    }
  };
}
