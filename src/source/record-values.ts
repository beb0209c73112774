/**
 * Records that a program holds, as a record source: objects are rows with names and arrays rows by
 * position, flattened as JSON lines are (json-flatten.ts).
 *
 * A number is spelled as JSON would spell it, NaN and infinities as number-text.ts does; a bigint
 * by its digits; a date as its instant in ISO 8601; null and undefined are missing cells. What is
 * none of these (a function, a symbol) can not be a cell, and its record is rejected.
 */

import { AlikeRecords } from "./alike-records.ts";
import type { Batch } from "./batch/batch.ts";
import { RowBatches } from "./batch/row-batches.ts";
import type { PayloadProblem } from "./capture/base64-payload.ts";
import { isFault } from "./capture/capture-record.ts";
import type { CaptureRow } from "./capture/capture-rows.ts";
import type { TextRow } from "./capture/decode-side.ts";
import { emptyTally } from "./content/input-content.ts";
import { flattenJson, isFlatObject, isShapeProblem } from "./json/json-flatten.ts";
import type { JsonLinesOptions } from "./json/json-lines-reader.ts";
import { JSON_DEPTH_MAX, type JsonTokens } from "./json/json-tokens.ts";
import { nullTokensOf } from "./null-tokens.ts";
import type { InputTally, RecordSource } from "./record-source.ts";
import { scalarOf } from "./value-cells.ts";

/** How a source without a path is named in messages and places. */
export const RECORDS_PATH = "records";

export interface RecordValuesOptions
  extends Omit<JsonLinesOptions, "recordBytesMax" | "recordsMax" | "preprocessor"> {
  /** Whether batches may be counted while they are made, so that they do not show all cells. */
  readonly offersCounts?: boolean | undefined;
}

/** Records as they come. */
export type RecordValues = AsyncIterable<unknown> | Iterable<unknown>;

/** A value that is no part of a record. */
class NoCell extends Error {}

/** Opens rows; a record's number, from 1, stands where files have lines. */
export function openRecordValues(
  records: RecordValues,
  options: RecordValuesOptions,
): RecordSource {
  const { offersCounts = false, semantics } = options;
  const canCount = offersCounts && semantics === "tidemark" && nullTokensOf(options) === undefined;
  const rows = { ...options, sides: "both", outputColumnsPosition: "START" } as const;
  const batches = new RowBatches(rows, undefined, canCount);
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
  readonly #alike: AlikeRecords;
  /** Records met, but for those that wait. */
  #met = 0;

  constructor(batches: RowBatches, options: RecordValuesOptions) {
    this.#batches = batches;
    this.#options = options;
    this.#alike = new AlikeRecords(nullTokensOf(options));
  }

  async *read(records: RecordValues): AsyncGenerator<Batch> {
    this.#batches.begin(this.tally);
    const alike = this.#alike;
    if (Symbol.iterator in records) {
      // To wait for a promise, as each turn of the other loop does, takes as long as a record.
      for (const item of records) {
        const record = item instanceof Promise ? await item : item;
        if (!alike.take(record)) yield* this.#add(record);
        else if (alike.isFull) yield* this.#flush();
      }
    } else {
      for await (const record of records) {
        if (!alike.take(record)) yield* this.#add(record);
        else if (alike.isFull) yield* this.#flush();
      }
    }
    yield* this.#flush();
    yield* this.#batches.finish();
  }

  /** Adds the records that wait. */
  *#flush(): Generator<Batch> {
    const first = this.#met + 1;
    this.#met += this.#alike.count;
    this.tally.records += this.#alike.count;
    yield* this.#alike.flush(first);
  }

  /** Adds a record that is like none before. */
  *#add(record: unknown): Generator<Batch> {
    yield* this.#flush();
    const number = ++this.#met;
    const tokens = tokensOf(record);
    const rows = this.#rowsOf(tokens, number);
    yield* this.#batches.addAll(rows, number);
    const [row] = rows;
    if (row === undefined || rows.length > 1 || !isFlat(record, tokens as JsonTokens)) return;
    const group = this.#batches.groupOf(row);
    const isLaid = this.#batches.rows.slotAfter(row, group.builder) !== undefined;
    const columns = row.columns ?? (isLaid ? [...Array(row.cells).keys()] : undefined);
    if (columns !== undefined) this.#alike.learn(record, columns, group);
  }

  /** Reads a record's rows; none, and a rejection, where it has anything wrong. */
  #rowsOf(tokens: ReturnType<typeof tokensOf>, number: number): readonly CaptureRow[] {
    if (typeof tokens === "object" && tokens !== null && "problem" in tokens) {
      return this.#reject(number, "shape", `the record ${tokens.problem}`);
    }
    if (!isFlatObject(tokens) && !Array.isArray(tokens)) this.isSameUnderBoth = false;
    const { named } = this.#batches.rows;
    const flat = flattenJson(tokens, { isName: (key) => named.isFeature(key) });
    if (isShapeProblem(flat)) return this.#reject(number, "shape", `the record ${flat.problem}`);
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

/** Whether a record has its cells itself: an array of scalars, or an object with scalars. */
function isFlat(record: unknown, tokens: JsonTokens): record is object {
  if (Array.isArray(tokens))
    return tokens.every((token) => typeof token !== "object" || token === null);
  return isFlatObject(tokens) && isPlain(record as object);
}

/** Whether an object is read by its own keys. */
function isPlain(value: object): boolean {
  return !(value instanceof Map || value instanceof Date || ArrayBuffer.isView(value));
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
