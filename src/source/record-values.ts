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
import { INFINITY_TEXT, NAN_TEXT } from "./columnar/number-text.ts";
import { emptyTally } from "./content/input-content.ts";
import { flattenJson, isFlatObject, isShapeProblem } from "./json/json-flatten.ts";
import type { JsonLinesOptions } from "./json/json-lines-reader.ts";
import { JSON_DEPTH_MAX, type JsonTokens } from "./json/json-tokens.ts";
import type { InputTally, RecordSource } from "./record-source.ts";

/** How a source without a path is named in messages and places. */
export const RECORDS_PATH = "records";

export type RecordValuesOptions = Omit<
  JsonLinesOptions,
  "recordBytesMax" | "recordsMax" | "preprocessor"
>;

/** A value that is no part of a record. */
class NoCell extends Error {}

/** Opens rows; a record's number, from 1, stands where files have lines. */
export function openRecordValues(
  records: AsyncIterable<unknown>,
  options: RecordValuesOptions,
): RecordSource {
  const batches = new RowBatches({ ...options, sides: "both", outputColumnsPosition: "START" });
  const reader = new RecordValues(batches, options);
  return {
    get names() {
      return batches.names;
    },
    batches: reader.read(records),
    tallies: [reader.tally],
    isSameUnderBoth: () => reader.isSameUnderBoth,
  };
}

class RecordValues {
  readonly tally: InputTally = emptyTally(RECORDS_PATH);
  isSameUnderBoth = true;
  readonly #batches: RowBatches;
  readonly #options: RecordValuesOptions;

  constructor(batches: RowBatches, options: RecordValuesOptions) {
    this.#batches = batches;
    this.#options = options;
  }

  async *read(records: AsyncIterable<unknown>): AsyncGenerator<Batch> {
    this.#batches.begin(this.tally);
    let number = 0;
    for await (const record of records) {
      number += 1;
      yield* this.#readRecord(record, number);
    }
    yield* this.#batches.finish();
  }

  *#readRecord(record: unknown, number: number): Generator<Batch, void> {
    const { rows } = this.#batches;
    const tokens = tokensOf(record);
    if (typeof tokens === "object" && tokens !== null && "problem" in tokens) {
      this.#reject(number, "shape", `the record ${tokens.problem}`);
      return;
    }
    if (!isFlatObject(tokens) && !Array.isArray(tokens)) this.isSameUnderBoth = false;
    const flat = flattenJson(tokens, { isName: (key) => rows.named.isFeature(key) });
    if (isShapeProblem(flat)) return this.#reject(number, "shape", `the record ${flat.problem}`);
    const placed = rows.takeTexts(flat);
    if (isFault(placed)) return this.#reject(number, placed.reason, placed.detail);
    const fault = this.#batches.reserve(placed);
    if (fault !== undefined) return this.#reject(number, "row_length", fault);
    yield* this.#batches.addAll(placed, number);
  }

  #reject(line: number, reason: "shape" | PayloadReason, detail: string): void {
    const { rejected } = this.tally;
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    this.#options.onReject({ file: RECORDS_PATH, line, reason, detail, text: "" });
  }
}

type PayloadReason = keyof InputTally["rejected"];

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
      return value === null ? null : tokensOfObject(value, depth);
    default:
      throw new NoCell(`holds a ${typeof value}`);
  }
}

function tokensOfObject(value: object, depth: number): JsonTokens {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
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
