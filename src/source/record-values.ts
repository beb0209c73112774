/**
 * Records that a program holds, as a record source: objects are rows with names and arrays rows by
 * position, flattened as JSON lines are (json-flatten.ts).
 *
 * A number is spelled as JSON would spell it, NaN and infinities as number-text.ts does; a bigint
 * by its digits; a date as its instant in ISO 8601; null and undefined are missing cells. What is
 * none of these (a function, a symbol) can not be a cell, and its record is rejected.
 */

import type { Batch } from "./batch/batch.ts";
import { RowBatches } from "./batch/row-batches.ts";
import type { PayloadProblem } from "./capture/base64-payload.ts";
import { isFault } from "./capture/capture-record.ts";
import type { CaptureRow } from "./capture/capture-rows.ts";
import type { CellText, TextRow } from "./capture/decode-side.ts";
import { INFINITY_TEXT, NAN_TEXT } from "./columnar/number-text.ts";
import { emptyTally } from "./content/input-content.ts";
import {
  type FlatRow,
  flattenJson,
  isFlatObject,
  isShapeProblem,
  JSON_COLUMNS_MAX,
} from "./json/json-flatten.ts";
import type { JsonLinesOptions } from "./json/json-lines-reader.ts";
import { JSON_DEPTH_MAX, type JsonTokens } from "./json/json-tokens.ts";
import type { InputTally, RecordSource } from "./record-source.ts";

/** How a source without a path is named in messages and places. */
export const RECORDS_PATH = "records";

export type RecordValuesOptions = Omit<
  JsonLinesOptions,
  "recordBytesMax" | "recordsMax" | "preprocessor"
>;

/** Records as they come. */
export type RecordValues = AsyncIterable<unknown> | Iterable<unknown>;

/** A value that is no part of a record. */
class NoCell extends Error {}

/** Opens rows; a record's number, from 1, stands where files have lines. */
export function openRecordValues(
  records: RecordValues,
  options: RecordValuesOptions,
): RecordSource {
  const batches = new RowBatches({ ...options, sides: "both", outputColumnsPosition: "START" });
  const reader = new RecordReader(batches, options);
  return {
    get names() {
      return batches.names;
    },
    batches: reader.read(records),
    tallies: [reader.tally],
    isSameUnderBoth: () => reader.isSameUnderBoth,
  };
}

class RecordReader {
  readonly tally: InputTally = emptyTally(RECORDS_PATH);
  isSameUnderBoth = true;
  readonly #batches: RowBatches;
  readonly #options: RecordValuesOptions;
  readonly #alike: AlikeRecords = new AlikeRecords();

  constructor(batches: RowBatches, options: RecordValuesOptions) {
    this.#batches = batches;
    this.#options = options;
  }

  async *read(records: RecordValues): AsyncGenerator<Batch> {
    this.#batches.begin(this.tally);
    let number = 0;
    if (Symbol.iterator in records) {
      // To wait for a promise, as each turn of the other loop does, takes as long as a record.
      for (const record of records) {
        number += 1;
        const rows = this.#rowsOf(record instanceof Promise ? await record : record, number);
        for (const batch of this.#batches.addAll(rows, number)) yield batch;
      }
    } else {
      for await (const record of records) {
        number += 1;
        for (const batch of this.#batches.addAll(this.#rowsOf(record, number), number)) yield batch;
      }
    }
    yield* this.#batches.finish();
  }

  /** Reads a record's rows; none, and a rejection, where it has anything wrong. */
  #rowsOf(record: unknown, number: number): readonly CaptureRow[] {
    const alike = this.#alike.rowOf(record);
    if (alike !== undefined) return this.#place([alike], number);
    const tokens = tokensOf(record);
    if (typeof tokens === "object" && tokens !== null && "problem" in tokens) {
      return this.#reject(number, "shape", `the record ${tokens.problem}`);
    }
    if (!isFlatObject(tokens) && !Array.isArray(tokens)) this.isSameUnderBoth = false;
    const { named } = this.#batches.rows;
    const flat = flattenJson(tokens, { isName: (key) => named.isFeature(key) });
    if (isShapeProblem(flat)) return this.#reject(number, "shape", `the record ${flat.problem}`);
    if (isFlatObject(tokens)) this.#alike.learn(record as object, flat);
    return this.#place(flat, number);
  }

  #place(flat: readonly TextRow[], number: number): readonly CaptureRow[] {
    const placed = this.#batches.rows.takeTexts(flat);
    if (isFault(placed)) return this.#reject(number, placed.reason, placed.detail);
    const fault = this.#batches.reserve(placed);
    return fault === undefined ? placed : this.#reject(number, "row_length", fault);
  }

  #reject(line: number, reason: "shape" | PayloadReason, detail: string): readonly never[] {
    const { rejected } = this.tally;
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    this.#options.onReject({ file: RECORDS_PATH, line, reason, detail, text: "" });
    return [];
  }
}

type PayloadReason = keyof InputTally["rejected"];

/** Flat records with the keys of one before them, as most have: rows whose names are known. */
class AlikeRecords {
  #keys: readonly string[] = [];
  #names: readonly string[] = [];

  /** Takes an object of scalars and its rows. */
  learn(record: object, rows: readonly FlatRow[]): void {
    const names = rows.length === 1 ? rows[0]!.names : undefined;
    const keys = Object.keys(record);
    if (isPlain(record) && names?.length === keys.length) [this.#keys, this.#names] = [keys, names];
  }

  /** The one row of such a record, or of an array of scalars; undefined for any other value. */
  rowOf(record: unknown): TextRow | undefined {
    if (Array.isArray(record)) {
      const { length } = record;
      if (length === 0 || length > JSON_COLUMNS_MAX) return undefined;
      const texts = textsOf(length, (cell) => record[cell]);
      return texts && { names: undefined, texts };
    }
    if (typeof record !== "object" || record === null || !isPlain(record)) return undefined;
    const keys = Object.keys(record);
    const known = this.#keys;
    if (keys.length === 0 || keys.length !== known.length) return undefined;
    for (let cell = 0; cell < keys.length; cell++) {
      if (keys[cell] !== known[cell]) return undefined;
    }
    const members = record as Readonly<Record<string, unknown>>;
    const texts = textsOf(keys.length, (cell) => members[known[cell]!]);
    return texts && { names: this.#names, texts };
  }
}

/** Whether an object is read by its own keys. */
function isPlain(value: object): boolean {
  return !(value instanceof Map || value instanceof Date || ArrayBuffer.isView(value));
}

/** The texts of so many cells; undefined where one is no scalar. */
function textsOf(
  length: number,
  valueAt: (cell: number) => unknown,
): readonly CellText[] | undefined {
  const texts: CellText[] = [];
  for (let cell = 0; cell < length; cell++) {
    const value = valueAt(cell);
    const text = Number.isFinite(value) ? (value as number) : scalarOf(value);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}

function tokensOf(record: unknown): JsonTokens | Pick<PayloadProblem, "problem"> {
  if (typeof record !== "object" || record === null)
    return { problem: "is no object and no array" };
  try {
    return tokenOf(record, 1);
  } catch (error) {
    if (error instanceof NoCell) return { problem: error.message };
    throw error;
  }
}

function tokenOf(value: unknown, depth: number): JsonTokens {
  const text = scalarOf(value);
  if (text !== undefined) return text;
  if (typeof value === "object") return tokensOfObject(value!, depth);
  throw new NoCell(`holds a ${typeof value}`);
}

/** The text of a cell, null for a missing one; undefined for what is not one cell. */
function scalarOf(value: unknown): string | null | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return numberText(value);
    case "bigint":
    case "boolean":
      return String(value);
    case "undefined":
      return null;
    case "object":
      if (value === null) return null;
      if (!(value instanceof Date)) return undefined;
      return Number.isNaN(value.getTime()) ? null : value.toISOString();
    default:
      return undefined;
  }
}

function tokensOfObject(value: object, depth: number): JsonTokens {
  if (depth > JSON_DEPTH_MAX) throw new NoCell(`nests deeper than ${JSON_DEPTH_MAX} levels`);
  if (Array.isArray(value)) return value.map((item) => tokenOf(item, depth + 1));
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>, (item) => tokenOf(item, depth + 1));
  }
  const tokens = new Map<string, JsonTokens>();
  if (value instanceof Map) {
    for (const [key, item] of value) tokens.set(String(key), tokenOf(item, depth + 1));
  } else {
    const members = value as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(members)) tokens.set(key, tokenOf(members[key], depth + 1));
  }
  return tokens;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return NAN_TEXT;
  if (Number.isFinite(value)) return String(value);
  return value < 0 ? `-${INFINITY_TEXT}` : INFINITY_TEXT;
}
