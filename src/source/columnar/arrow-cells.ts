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
import { ARROW, type ArrowData, type ArrowType, isValid } from "./arrow-column.ts";
import { jsonWriter } from "./arrow-json.ts";
import type { CellWriter } from "./cell-writer.ts";
import { DictionaryCells } from "./dictionary-cells.ts";
import { NumberSpeller, type NumberText } from "./number-text.ts";
import { textWriter } from "./text-cells.ts";
import { dateText, timestampText, timeText } from "./time-text.ts";

/** Units of a second, by how times and durations name them. */
const PER_SECOND: readonly number[] = [1, 1000, 1_000_000, 1_000_000_000];
const DAY_MILLISECONDS = 86_400_000;
const SCALE_MAX = 76;
const WORD_TRUE = Uint8Array.from(Buffer.from("true"));
const WORD_FALSE = Uint8Array.from(Buffer.from("false"));

/** Whether cells of a type can be spelled. */
export function isReadable(type: ArrowType): boolean {
  if (type.typeId === ARROW.dictionary) return isReadable(type.dictionary!);
  if (!(Object.values(ARROW) as number[]).includes(type.typeId)) return false;
  return (type.children ?? []).every((child) => isReadable(child.type));
}

/** Makes what writes the cells of a column; invalid text is counted in `tally`. */
export function arrowWriter(data: ArrowData, tally: Utf8Tally): CellWriter {
  const write = presentWriter(data, tally);
  if (data.nullBitmap.length === 0) return write;
  return (at, builder) => isValid(data, at) && write(at, builder);
}

function presentWriter(data: ArrowData, tally: Utf8Tally): CellWriter {
  switch (data.type.typeId) {
    case ARROW.null:
      return () => false;
    case ARROW.bool:
      return boolWriter(data);
    case ARROW.int:
    case ARROW.duration:
      return numberWriter(data, (speller, value) => speller.spellInteger(value));
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

/** Makes a writer of numbers that `spell` spells. */
function numberWriter<T extends number | bigint>(
  { values, length, stride }: ArrowData,
  spell: (speller: NumberSpeller, value: T) => NumberText,
): CellWriter {
  requireLength(values, length * stride);
  const speller = new NumberSpeller();
  return (at, builder) => {
    const { bytes, from, to } = spell(speller, values[at] as T);
    builder.appendBytes(bytes, from, to);
    return true;
  };
}

function boolWriter({ values, offset, length }: ArrowData): CellWriter {
  requireLength(values, Math.ceil((offset + length) / 8));
  return (at, builder) => {
    const bit = offset + at;
    const word = ((values[bit >> 3] as number) >> (bit & 7)) & 1 ? WORD_TRUE : WORD_FALSE;
    builder.appendBytes(word, 0, word.length);
    return true;
  };
}

function floatWriter(data: ArrowData): CellWriter {
  const { precision } = data.type;
  if (precision === 2) {
    return numberWriter<number>(data, (speller, value) => speller.spellDouble(value));
  }
  if (precision === 1) {
    return numberWriter<number>(data, (speller, value) => speller.spellSingle(value));
  }
  return numberWriter<number>(data, (speller, value) => speller.spellDouble(halfOf(value)));
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
  const speller = new NumberSpeller();
  return (at, builder) => {
    let unscaled = 0n;
    for (let word = stride - 1; word >= 0; word--) {
      unscaled = (unscaled << 32n) | BigInt(words[at * stride + word]!);
    }
    const signed = BigInt.asIntN(stride * 32, unscaled);
    const { bytes, from, to } = speller.spellDecimal(signed, scale);
    builder.appendBytes(bytes, from, to);
    return true;
  };
}

function timeWriter({ type, values, length }: ArrowData): CellWriter {
  requireLength(values, length);
  const spell = timeSpeller(type);
  return (at, builder) => {
    builder.appendText(spell(values[at] as number | bigint));
    return true;
  };
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
  return (units) => timestampText(BigInt(units), perSecond, isInstant);
}

function requireLength(values: ArrayLike<unknown>, length: number): void {
  if (values.length < length) throw new RangeError("a column is shorter than its table");
}
