/**
 * The rows of a capture record: cells of the reply and of the request side by side, by position.
 *
 * Under `tidemark` a body of several lines gives several rows and each side is read by its own
 * encoding. Under `model-monitor`, as in the service's published runs, cells of such a body run
 * together into one, and encodings that differ end the run with the service's message.
 */

import { MISSING } from "../base/cells.ts";
import type { Semantics } from "../base/semantics.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { BatchBuilder } from "./batch-builder.ts";
import type { CaptureColumns } from "./capture-columns.ts";
import { type CaptureRecord, type Fault, isFault, type Sides } from "./capture-record.ts";
import { ENCODINGS, SideDecoder } from "./decode-side.ts";
import { NullTokens } from "./null-tokens.ts";
import { type CellRange, type PairedRow, pairRows } from "./row-pairing.ts";

export interface RowOptions {
  readonly semantics: Semantics;
  readonly sides: Sides;
  /** Where the reply's cells stand in a row: before the request's or after them. */
  readonly outputColumnsPosition: "START" | "END";
  /**
   * Columns of the baseline, when there is one. Under `tidemark`, with both sides wanted, a record
   * that has one then has the other side's cells missing; else, or when columns are kept by
   * position, its row is just shorter.
   */
  readonly columnsExpected?: number | undefined;
  /** Texts that stand for a missing cell. */
  readonly nullTokens?: readonly string[] | undefined;
  /** Whether a quoted empty cell is missing too. */
  readonly emptyIsMissing?: boolean | undefined;
}

/** Turns records into rows, one record at a time: what it returns is valid until the next. */
export class CaptureRows {
  readonly #options: RowOptions;
  readonly #columns: CaptureColumns;
  /** Width to which the rows of one side are filled up; 0 for none. */
  readonly #wholeWidth: number;
  readonly #nullTokens: NullTokens | undefined;
  readonly #sides: SideDecoder = new SideDecoder();
  #starts: Uint32Array = new Uint32Array(256);
  #ends: Uint32Array = new Uint32Array(256);
  #isSameUnderBoth = true;

  constructor(options: RowOptions, columns: CaptureColumns) {
    this.#options = options;
    this.#columns = columns;
    const { semantics, sides, columnsExpected = 0 } = options;
    const isPadded = semantics === "tidemark" && sides === "both" && columnsExpected > 0;
    this.#wholeWidth = isPadded ? columns.wholeWidthOf(columnsExpected) : 0;
    const { nullTokens = [], emptyIsMissing = false } = options;
    const tokens = emptyIsMissing ? [...nullTokens, ""] : nullTokens;
    this.#nullTokens = tokens.length === 0 ? undefined : new NullTokens(tokens);
  }

  /** Whether the other semantics would have made the same rows of the records decoded so far. */
  get isSameUnderBoth(): boolean {
    return this.#isSameUnderBoth;
  }

  /** Decodes and pairs the sides of a record; at least one row, or a fault. */
  decode(record: CaptureRecord): readonly PairedRow[] | Fault {
    const { semantics } = this.#options;
    if (semantics === "model-monitor") refuseMixedEncodings(record);
    const sides = this.#sides;
    sides.clear();
    const input = record.input === undefined ? [] : sides.decode(record.input, "input");
    if (isFault(input)) return input;
    const output = record.output === undefined ? [] : sides.decode(record.output, "output");
    if (isFault(output)) return output;
    if (input.length === 0 && output.length === 0) {
      return { reason: "no_capture_data", detail: "the captured data is empty" };
    }
    const isOneRow = input.length <= 1 && output.length <= 1;
    const isWhole = input.length > 0 && output.length > 0;
    if (!isOneRow || !(isWhole || this.#options.sides !== "both")) this.#isSameUnderBoth = false;
    if (record.input && record.output && record.input.encoding !== record.output.encoding) {
      this.#isSameUnderBoth = false;
    }
    if (semantics === "model-monitor" && !isOneRow) {
      return [{ input: this.#runTogether(record), output: undefined }];
    }
    return pairRows(input, output);
  }

  /** Counts the cells of a row, those of an absent side that is expected included. */
  widthOf({ input, output }: PairedRow): number {
    const present = lengthOf(input) + lengthOf(output);
    if (input !== undefined && output !== undefined) return present;
    return Math.max(present, this.#wholeWidth);
  }

  /** Adds a row of the record decoded last to a batch of as many columns as are read of it. */
  addTo(builder: BatchBuilder, row: PairedRow, line: number, eventId: string | undefined): void {
    const { input, output } = row;
    const width = this.widthOf(row);
    const absent = width - lengthOf(input) - lengthOf(output);
    if (width > this.#starts.length) {
      this.#starts = new Uint32Array(2 * width);
      this.#ends = new Uint32Array(2 * width);
    }
    const isOutputFirst = this.#options.outputColumnsPosition === "START";
    let at = 0;
    for (const side of isOutputFirst ? [output, input] : [input, output]) {
      if (side === undefined) this.#starts.fill(MISSING, at, at + absent);
      else this.#copy(builder, side, at);
      at += side === undefined ? absent : lengthOf(side);
    }
    this.#nullTokens?.apply(builder.bytes, this.#starts, this.#ends, width);
    this.#columns.select(this.#starts, this.#ends, width);
    builder.addRecord(this.#starts, this.#ends, this.#columns.widthOf(width), line, eventId);
  }

  /** Copies the text of a side's cells into the batch and lays its cells from `at` on. */
  #copy(builder: BatchBuilder, { from, to }: CellRange, at: number): void {
    const { bytes, starts, ends } = this.#sides;
    let [first, last] = [from, to - 1];
    while (first < to && starts[first] === MISSING) first += 1;
    while (last > first && starts[last] === MISSING) last -= 1;
    if (first === to) {
      this.#starts.fill(MISSING, at, at + to - from);
      return;
    }
    const textStart = starts[first]!;
    const shift = builder.appendBytes(bytes.subarray(textStart, ends[last])) - textStart;
    for (let cell = from; cell < to; cell++, at++) {
      const start = starts[cell]!;
      this.#starts[at] = start === MISSING ? MISSING : start + shift;
      this.#ends[at] = ends[cell]! + shift;
    }
  }

  #runTogether({ input, output }: CaptureRecord): CellRange {
    const isOutputFirst = this.#options.outputColumnsPosition === "START";
    const sides = isOutputFirst ? [output, input] : [input, output];
    const texts = sides.flatMap((side) => (side === undefined ? [] : [side.data]));
    return this.#sides.decodeWhole(texts.join(","));
  }
}

function lengthOf(range: CellRange | undefined): number {
  return range === undefined ? 0 : range.to - range.from;
}

function refuseMixedEncodings({ input, output }: CaptureRecord): void {
  if (input === undefined || output === undefined || input.encoding === output.encoding) return;
  if (!ENCODINGS.includes(input.encoding) || !ENCODINGS.includes(output.encoding)) return;
  throw new TidemarkError({
    code: "input",
    what:
      `Error: Encoding mismatch: Encoding is ${input.encoding} for endpointInput, ` +
      `but Encoding is ${output.encoding} for endpointOutput. ` +
      "We currently only support the same type of input and output encoding at the moment",
  });
}
