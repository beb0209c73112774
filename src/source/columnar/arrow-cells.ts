/**
 * Values of an Arrow column as the cells of a batch.
 *
 * | type | cell |
 * | --- | --- |
 * | null of any type | missing |
 * | integer, duration | digits (number-text.ts); a duration counts its unit |
 * | float, decimal | a decimal number (number-text.ts) |
 * | boolean | `true`, `false` |
 * | text, binary | its bytes as UTF-8, invalid sequences replaced and counted |
 * | date, time, timestamp | time-text.ts |
 * | dictionary | its value's cell, spelled once |
 * | list, map | its JSON text (arrow-json.ts) |
 *
 * Buffers are checked as they are read: one that is too short, or whose offsets run backwards,
 * throws a RangeError. So the work is linear in the bytes and in the rows.
 */

import type { Utf8Tally } from "../utf8.ts";
import { ARROW, type ArrowData, type ArrowType, areValid, isValid } from "./arrow-column.ts";
import { jsonWriter } from "./arrow-json.ts";
import { type CellWriter, writeAscii } from "./cell-writer.ts";
import { DictionaryCells } from "./dictionary-cells.ts";
import { DoubleCells } from "./double-cells.ts";
import {
  DECIMAL_BYTES_MAX,
  NUMBER_BYTES_MAX,
  writeDecimal,
  writeDouble,
  writeInteger,
  writeSingle,
} from "./number-text.ts";
import { textWriter } from "./text-cells.ts";
import { dateText, timestampText, timeText } from "./time-text.ts";

/** Units of a second, by how times and durations name them. */
const PER_SECOND: readonly number[] = [1, 1000, 1_000_000, 1_000_000_000];
const DAY_MILLISECONDS = 86_400_000;
const SCALE_MAX = 76;
const WORD_TRUE = "true";
const WORD_FALSE = "false";
/** Bytes of a date with a time of day at most; years have at most 12. */
const TIME_BYTES_MAX = 64;
/** Of the halves of an integer of 64 bits: the lower one's values, and bounds of safe integers. */
const HALF = 2 ** 32;
const HIGH_MAX = 2 ** 21;

/** Whether cells of a type can be spelled. */
export function isReadable(type: ArrowType): boolean {
  if (type.typeId === ARROW.dictionary) return isReadable(type.dictionary!);
  if (!(Object.values(ARROW) as number[]).includes(type.typeId)) return false;
  return (type.children ?? []).every((child) => isReadable(child.type));
}

/** Makes what writes the cells of a column; invalid text is counted in `tally`. */
export function arrowWriter(data: ArrowData, tally: Utf8Tally): CellWriter {
  const write = presentWriter(data, tally);
  // What is null as a whole has no bitmap.
  if (data.type.typeId === ARROW.null) return write;
  return data.nullBitmap.length === 0 ? write : validWriter(data, write);
}

/** Makes what writes the cells where a column is valid, and has missing ones elsewhere. */
export function validWriter(data: ArrowData, write: CellWriter): CellWriter {
  return (from, to, run) => {
    for (let at = from; at < to; ) {
      let end = at;
      while (end < to && isValid(data, end)) end += areValid(data, end, to) ? 8 : 1;
      if (end > at) write(at, end, run);
      for (at = end; at < to && !isValid(data, at); at++) run.addMissing();
    }
  };
}

function presentWriter(data: ArrowData, tally: Utf8Tally): CellWriter {
  switch (data.type.typeId) {
    case ARROW.null:
      return (from, to, run) => {
        for (let at = from; at < to; at++) run.addMissing();
      };
    case ARROW.bool:
      return boolWriter(data);
    case ARROW.int:
    case ARROW.duration:
      return integerWriter(data);
    case ARROW.float:
      return floatWriter(data);
    case ARROW.decimal:
      return decimalWriter(data);
    case ARROW.date:
    case ARROW.time:
    case ARROW.timestamp:
      return timeWriter(data);
    case ARROW.dictionary:
      return new DictionaryCells(data, (values) => arrowWriter(values, tally)).writer;
    case ARROW.list:
    case ARROW.largeList:
    case ARROW.fixedSizeList:
    case ARROW.map:
    case ARROW.struct:
      return jsonWriter(data, (child) => arrowWriter(child, tally));
    default:
      return textWriter(data, tally);
  }
}

/** Writes the text of a value at a place, where there is room, and returns where it ends. */
type WriteText = (bytes: Uint8Array, place: number, at: number) => number;

/** Makes a writer of texts of at most `bytesMax` bytes. */
function shortWriter(bytesMax: number, write: WriteText): CellWriter {
  return (from, to, run) => {
    const bytes = run.room((to - from) * bytesMax);
    let place = run.builder.position;
    for (let at = from; at < to; at++) place = run.add(place, write(bytes, place, at));
    run.builder.endText(place);
  };
}

// The loops below are not `shortWriter`'s, as a call that may be of any function costs more than
// the digits of a number.

function integerWriter({ values, length, stride }: ArrowData): CellWriter {
  requireLength(values, length * stride);
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    return longWriter(values);
  }
  const numbers = values as ArrayLike<number | bigint>;
  return (from, to, run) => {
    const bytes = run.room((to - from) * NUMBER_BYTES_MAX);
    let place = run.builder.position;
    for (let at = from; at < to; at++) {
      place = run.add(place, writeInteger(bytes, place, numbers[at]!));
    }
    run.builder.endText(place);
  };
}

/** Reads integers of 64 bits by their halves, which makes no bigint of each. */
function longWriter(values: BigInt64Array | BigUint64Array): CellWriter {
  const lows = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const isSigned = values instanceof BigInt64Array;
  const highs = isSigned ? new Int32Array(lows.buffer, lows.byteOffset, lows.length) : lows;
  return (from, to, run) => {
    const bytes = run.room((to - from) * NUMBER_BYTES_MAX);
    let place = run.builder.position;
    for (let at = from; at < to; at++) {
      const high = highs[2 * at + 1]!;
      const isSafe = high >= -HIGH_MAX && high < HIGH_MAX;
      const number = isSafe ? high * HALF + lows[2 * at]! : values[at]!;
      place = run.add(place, writeInteger(bytes, place, number));
    }
    run.builder.endText(place);
  };
}

function boolWriter({ values, offset, length }: ArrowData): CellWriter {
  requireLength(values, Math.ceil((offset + length) / 8));
  const bits = values as ArrayLike<number>;
  let batch = 0;
  let yes = 0;
  let no = 0;
  return (from, to, run) => {
    if (run.batch !== batch) {
      yes = run.builder.appendText(WORD_TRUE);
      no = run.builder.appendText(WORD_FALSE);
      batch = run.batch;
    }
    for (let bit = offset + from; bit < offset + to; bit++) {
      if ((bits[bit >> 3]! >> (bit & 7)) & 1) run.add(yes, yes + WORD_TRUE.length);
      else run.add(no, no + WORD_FALSE.length);
    }
  };
}

function floatWriter({ type, values, length, stride }: ArrowData): CellWriter {
  requireLength(values, length * stride);
  const numbers = values as ArrayLike<number>;
  if (type.precision === 1 || type.precision === 2) {
    const doubles = new DoubleCells(type.precision === 2 ? writeDouble : writeSingle);
    return (from, to, run) => {
      for (let at = from; at < to; at++) doubles.add(numbers[at]!, run);
      doubles.flush(run);
    };
  }
  return shortWriter(NUMBER_BYTES_MAX, (bytes, place, at) =>
    writeDouble(bytes, place, halfOf(numbers[at]!)),
  );
}

/** The number of 16 bits of half precision (IEEE 754 binary16). */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function decimalWriter({ type, values, length, stride }: ArrowData): CellWriter {
  const { scale = 0 } = type;
  requireLength(values, length * stride);
  if (Math.abs(scale) > SCALE_MAX) throw new RangeError("a decimal's scale is out of range");
  const words = values as ArrayLike<number>;
  return shortWriter(DECIMAL_BYTES_MAX, (bytes, place, at) => {
    let unscaled = 0n;
    for (let word = stride - 1; word >= 0; word--) {
      unscaled = (unscaled << 32n) | BigInt(words[at * stride + word]!);
    }
    return writeDecimal(bytes, place, BigInt.asIntN(stride * 32, unscaled), scale);
  });
}

function timeWriter({ type, values, length }: ArrowData): CellWriter {
  requireLength(values, length);
  const spell = timeSpeller(type);
  const units = values as ArrayLike<number | bigint>;
  return shortWriter(TIME_BYTES_MAX, (bytes, place, at) =>
    writeAscii(bytes, place, spell(units[at]!)),
  );
}

function timeSpeller({
  typeId,
  unit = 0,
  timezone,
}: ArrowType): (value: number | bigint) => string {
  if (typeId === ARROW.date) {
    if (unit === 0) return (days) => dateText(Number(days));
    return (milliseconds) => dateText(Math.floor(Number(milliseconds) / DAY_MILLISECONDS));
  }
  const perSecond = PER_SECOND[unit] ?? 1;
  if (typeId === ARROW.time) return (units) => timeText(Number(units), perSecond);
  const isInstant = typeof timezone === "string" && timezone !== "";
  return (units) => timestampText(units, perSecond, isInstant);
}

function requireLength(values: ArrayLike<unknown>, length: number): void {
  if (values.length < length) throw new RangeError("a column is shorter than its table");
}
