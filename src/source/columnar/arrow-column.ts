/**
 * The columns of an Arrow table as a batch has them, by structure alone: what is read here is as
 * apache-arrow lays it out, whichever copy of it made the table.
 *
 * A struct's members are columns `a.b`, as a JSON object's are (json-flatten.ts); the names of the
 * table's own columns stand as they are. Lists, maps and all they hold are one cell.
 */

import { TidemarkError } from "../../base/tidemark-error.ts";
import { COLUMNS_MAX, NAMES_LENGTH_MAX } from "../column-limits.ts";
import { segmentOf } from "../json/json-flatten.ts";
import { JSON_DEPTH_MAX } from "../json/json-tokens.ts";

/** Kinds of types, as apache-arrow numbers them. */
export const ARROW = {
  dictionary: -1,
  null: 1,
  int: 2,
  float: 3,
  binary: 4,
  utf8: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  list: 12,
  struct: 13,
  fixedSizeBinary: 15,
  fixedSizeList: 16,
  map: 17,
  duration: 18,
  largeBinary: 19,
  largeUtf8: 20,
  largeList: 21,
  binaryView: 23,
  utf8View: 24,
} as const;

/** A type; the members that a kind does not have are absent. */
export interface ArrowType {
  readonly typeId: number;
  readonly children?: readonly ArrowField[] | null;
  /** Of decimals: decimal places. */
  readonly scale?: number;
  /** Of floats, half, single or double; of dates 0 for days. */
  readonly precision?: number;
  /** Of dates 0 for days, else milliseconds; of times the power of 1000 in a second. */
  readonly unit?: number;
  readonly timezone?: string | null;
  /** Of a dictionary: the type of its values. */
  readonly dictionary?: ArrowType;
}

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
}

/** The values of one column in one record batch. */
export interface ArrowData {
  readonly type: ArrowType;
  readonly length: number;
  /** First bit of this data in bitmaps; the other buffers begin with it. */
  readonly offset: number;
  /** Entries of `values` for each value. */
  readonly stride: number;
  readonly values: ArrayLike<unknown>;
  readonly valueOffsets: ArrayLike<number | bigint>;
  /** Empty where nothing is null. */
  readonly nullBitmap: ArrayLike<number>;
  readonly children: readonly ArrowData[];
  readonly dictionary?: { readonly data: readonly ArrowData[] } | undefined;
  readonly variadicBuffers?: readonly Uint8Array[];
}

/** A part of a table: `arrow.RecordBatch`. */
export interface ArrowRecordBatch {
  readonly schema: { readonly fields: readonly ArrowField[] };
  readonly numRows: number;
  readonly data: { readonly children: readonly ArrowData[] };
}

/** A whole table in memory: `arrow.Table`. */
export interface ArrowTable {
  readonly schema: { readonly fields: readonly ArrowField[] };
  readonly batches: readonly ArrowRecordBatch[];
}

/** A column of a batch: where in the table's tree of columns it stands. */
export interface ArrowColumn {
  readonly name: string;
  readonly type: ArrowType;
  readonly path: readonly number[];
}

/** Lists the columns of a table; throws an input error naming `file` where they are too many. */
export function arrowColumns(fields: readonly ArrowField[], file: string): readonly ArrowColumn[] {
  const columns: ArrowColumn[] = [];
  let namesLength = 0;
  const add = (field: ArrowField, name: string, path: readonly number[]): void => {
    const { type } = field;
    if (type.typeId === ARROW.struct && path.length < JSON_DEPTH_MAX) {
      for (const [at, child] of (type.children ?? []).entries()) {
        const segment = segmentOf(child.name);
        const dotted = segment === child.name ? `${name}.${segment}` : name + segment;
        add(child, dotted, [...path, at]);
      }
      return;
    }
    columns.push({ name, type, path });
    namesLength += name.length;
    if (columns.length > COLUMNS_MAX || namesLength > NAMES_LENGTH_MAX) {
      throw tooWide(file);
    }
  };
  for (const [at, field] of fields.entries()) add(field, field.name, [at]);
  return columns;
}

/** Whether a value stands at a position; throws nothing, a bitmap that is too short has nulls. */
export function isValid(data: ArrowData, at: number): boolean {
  const { nullBitmap } = data;
  if (nullBitmap.length === 0) return true;
  const bit = data.offset + at;
  return ((nullBitmap[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}

/** Whether 8 values from a position on, all below `end`, stand; a false says nothing of any. */
export function areValid(data: ArrowData, at: number, end: number): boolean {
  const bit = data.offset + at;
  return (bit & 7) === 0 && at + 8 <= end && data.nullBitmap[bit >> 3] === 0xff;
}

function tooWide(file: string): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file },
    what: `has more than ${COLUMNS_MAX} columns, or names too long`,
    expected: "a table of fewer columns",
    hint: "Write the columns to read to a file of their own.",
  });
}
