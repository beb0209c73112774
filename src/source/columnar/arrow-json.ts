/**
 * Lists, maps and structs within them as one cell: their JSON text, without spaces.
 *
 * Numbers and booleans stand as they are spelled elsewhere, NaN and infinities as null, all else as
 * strings; a map is a list of its entries, `[{"key":"a","value":1}]`.
 */

import { MISSING } from "../../base/cells.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import { ARROW, type ArrowData, type ArrowType, isValid } from "./arrow-column.ts";
import { CellRun, type CellWriter } from "./cell-writer.ts";

/** Spells the value at a position; null for a missing one. */
type SpellJson = (at: number) => string;

/** Characters of one list. */
const LIST_LENGTH_MAX: number = 128 * 1024 * 1024;
/** Items of all lists of a column's part that take no bytes, such as nulls. */
const FREE_ITEMS = 1_048_576;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Makes what writes the values of a nested column; `open` makes the writers of what they hold. */
export function jsonWriter(data: ArrowData, open: (data: ArrowData) => CellWriter): CellWriter {
  const spell = presentSpeller(data, open);
  return (from, to, run) => {
    const { builder } = run;
    for (let at = from; at < to; at++) run.add(builder.appendText(spell(at)), builder.position);
  };
}

function speller(data: ArrowData, open: (data: ArrowData) => CellWriter): SpellJson {
  const spell = presentSpeller(data, open);
  // What is null as a whole has no bitmap.
  if (data.type.typeId === ARROW.null) return () => "null";
  return (at) => (isValid(data, at) ? spell(at) : "null");
}

function presentSpeller(data: ArrowData, open: (data: ArrowData) => CellWriter): SpellJson {
  const { type, children, valueOffsets, length } = data;
  switch (type.typeId) {
    case ARROW.list:
    case ARROW.largeList:
    case ARROW.map: {
      const spell = speller(itemsOf(data), open);
      requireAscending(valueOffsets, length, itemsOf(data).length);
      return (at) => spellList(spell, Number(valueOffsets[at]), Number(valueOffsets[at + 1]));
    }
    case ARROW.fixedSizeList: {
      const size = data.stride;
      const spell = speller(itemsOf(data), open);
      if (itemsOf(data).length < size * length) throw new RangeError("a list is too short");
      return (at) => spellList(spell, at * size, (at + 1) * size);
    }
    case ARROW.struct: {
      if (children.some((each) => each.length < length))
        throw new RangeError("a struct is too short");
      const members = (type.children ?? []).map(({ name }, at) => ({
        key: JSON.stringify(name),
        spell: speller(child(children, at), open),
      }));
      return (at) => `{${members.map(({ key, spell }) => `${key}:${spell(at)}`).join()}}`;
    }
    default:
      return scalarSpeller(data, open);
  }
}

function child(children: readonly ArrowData[], at: number): ArrowData {
  const data = children[at];
  if (data === undefined) throw new RangeError("a nested column has no values");
  return data;
}

/** The items of all lists; those that take no bytes are few. */
function itemsOf({ children }: ArrowData): ArrowData {
  const items = child(children, 0);
  if (items.length > FREE_ITEMS && isFree(items)) throw new RangeError("a list is too long");
  return items;
}

/** Whether values of a column take no bytes, however many they are. */
function isFree({ type, stride, children }: ArrowData): boolean {
  if (type.typeId === ARROW.null) return true;
  if (type.typeId === ARROW.fixedSizeList && stride === 0) return true;
  return (
    (type.typeId === ARROW.struct || type.typeId === ARROW.fixedSizeList) && children.every(isFree)
  );
}

/** Requires that lists follow one another, so that none of their items is spelled twice. */
function requireAscending(
  offsets: ArrayLike<number | bigint>,
  length: number,
  items: number,
): void {
  if (length === 0) return;
  if (offsets.length <= length) throw new RangeError("a list has no end");
  let last = 0;
  for (let at = 0; at <= length; at++) {
    const offset = Number(offsets[at]);
    if (offset < last) throw new RangeError("a list ends before it begins");
    last = offset;
  }
  if (last > items) throw new RangeError("a list is too long");
}

function spellList(spell: SpellJson, from: number, to: number): string {
  const items: string[] = [];
  let length = 0;
  for (let item = from; item < to; item++) {
    const text = spell(item);
    length += text.length + 1;
    if (length > LIST_LENGTH_MAX) throw new RangeError("a list is too long");
    items.push(text);
  }
  return `[${items.join()}]`;
}

function scalarSpeller(data: ArrowData, open: (data: ArrowData) => CellWriter): SpellJson {
  const write = open(data);
  const scratch = new CellRun(new BatchBuilder());
  const { builder } = scratch;
  const isBare = isBareInJson(data.type);
  return (at) => {
    builder.endText(0);
    scratch.beginBatch();
    scratch.count = 0;
    write(at, at + 1, scratch);
    const start = scratch.starts[0]!;
    if (start === MISSING) return "null";
    const text = decoder.decode(builder.bytes.subarray(start, scratch.ends[0]!));
    if (!isBare) return JSON.stringify(text);
    // What is beyond the doubles, or no number, JSON can not say.
    return text.includes("1e999") ? "null" : text;
  };
}

function isBareInJson({ typeId, dictionary }: ArrowType): boolean {
  if (typeId === ARROW.dictionary) return isBareInJson(dictionary!);
  const bare: readonly number[] = [
    ARROW.bool,
    ARROW.int,
    ARROW.float,
    ARROW.decimal,
    ARROW.duration,
  ];
  return bare.includes(typeId);
}
