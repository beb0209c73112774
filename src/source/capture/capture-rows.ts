/**
 * The rows of a capture record: cells of the reply and of the request side by side.
 *
 * Under `tidemark` a body of several rows gives several rows and each side is read by its own
 * encoding. Under `model-monitor`, as in the service's published runs, cells of a CSV body of
 * several lines run together into one, and encodings that differ end the run with the service's
 * message.
 */

import { MISSING } from "../../base/cells.ts";
import type { Semantics } from "../../base/semantics.ts";
import { TidemarkError } from "../../base/tidemark-error.ts";
import type { BatchBuilder } from "../batch/batch-builder.ts";
import type { RowSlot } from "../batch/row-slot.ts";
import { COLUMNS_MAX } from "../column-limits.ts";
import { type NullTokens, nullTokensOf } from "../null-tokens.ts";
import type { Utf8Tally } from "../utf8.ts";
import type { CaptureColumns } from "./capture-columns.ts";
import { type CaptureRecord, type Fault, isFault, type Sides } from "./capture-record.ts";
import { ENCODINGS, SideDecoder, type TextRow } from "./decode-side.ts";
import type { RecordIds } from "./event-ids.ts";
import { NamedColumns, NO_COLUMN } from "./named-columns.ts";
import { type CellRange, lengthOf, type PairedRow, pairRows } from "./row-pairing.ts";

export interface RowOptions {
  readonly semantics: Semantics;
  readonly sides: Sides;
  /** Where the reply's cells stand in a row: before the request's or after them. */
  readonly outputColumnsPosition: "START" | "END";
  /**
   * The baseline's features, when there is one: rows with names are laid over them. Under
   * `tidemark`, with both sides wanted, a record that has one then has the other side's cells
   * missing; else, or when columns are kept by position, its row is just shorter.
   */
  readonly featureNames?: readonly string[] | undefined;
  /** Texts that stand for a missing cell. */
  readonly nullTokens?: readonly string[] | undefined;
  /** Whether a quoted empty cell is missing too. */
  readonly emptyIsMissing?: boolean | undefined;
}

/** A row that is ready to be laid into a batch. */
export interface CaptureRow extends PairedRow {
  /** Column of each cell, `NO_COLUMN` for none; undefined for a row by position. */
  readonly columns: readonly number[] | undefined;
  /** Cells of the row, those of an absent side that is expected included. */
  readonly cells: number;
  /** Cells that are read; 0 when the row lacks a column to read. */
  readonly width: number;
  /** Whether it stands for both sides, so that a column it lacks is missing by intent. */
  readonly isPadded: boolean;
}

/** Cell ranges in a text, as in `Cells`. */
type CellTexts = Pick<SideDecoder, "bytes" | "starts" | "ends">;

const TOO_MANY_COLUMNS: Fault = {
  reason: "shape",
  detail: `the run has more than ${COLUMNS_MAX} columns, or names too long`,
};

/** Turns records into rows, one record at a time: what it returns is valid until the next. */
export class CaptureRows {
  /** The columns of rows laid by name. */
  readonly named: NamedColumns;
  readonly #options: RowOptions;
  readonly #columns: CaptureColumns;
  /** Whether a row of one side stands for both. */
  readonly #isPadded: boolean;
  /** Width to which the rows of one side are filled up; 0 for none. */
  readonly #wholeWidth: number;
  readonly #nullTokens: NullTokens | undefined;
  readonly #sides: SideDecoder;
  /** Where the cells of the record under way lie. */
  #texts: CellTexts;
  #starts: Uint32Array = new Uint32Array(256);
  #ends: Uint32Array = new Uint32Array(256);
  #laidStarts: Uint32Array = new Uint32Array(256);
  #laidEnds: Uint32Array = new Uint32Array(256);
  #isSameUnderBoth = true;
  /** Whether cells by position are read as they come. */
  readonly #isPlain: boolean;

  constructor(options: RowOptions, columns: CaptureColumns) {
    this.#options = options;
    this.#columns = columns;
    const { semantics, sides, featureNames = [] } = options;
    const isOutputFirst = options.outputColumnsPosition === "START";
    this.named = new NamedColumns({ featureNames, isOutputFirst, columns });
    this.#sides = new SideDecoder({ semantics, isName: (key) => this.named.isFeature(key) });
    this.#texts = this.#sides;
    this.#isPadded = semantics === "tidemark" && sides === "both" && featureNames.length > 0;
    this.#wholeWidth = this.#isPadded ? columns.wholeWidthOf(featureNames.length) : 0;
    this.#nullTokens = nullTokensOf(options);
    this.#isPlain = columns.isAll && this.#nullTokens === undefined;
  }

  /** Whether the other semantics would have made the same rows of the records decoded so far. */
  get isSameUnderBoth(): boolean {
    return this.#isSameUnderBoth && this.#sides.isSameUnderBoth;
  }

  /** Begins a file, in whose tally invalid text is counted. */
  begin(tally: Utf8Tally): void {
    this.#sides.tally = tally;
  }

  /** Decodes and pairs the sides of a record; at least one row, or a fault. */
  decode(record: CaptureRecord): readonly CaptureRow[] | Fault {
    const { semantics } = this.#options;
    if (mixesEncodings(record)) {
      if (semantics === "model-monitor") throw encodingMismatch(record);
      this.#isSameUnderBoth = false;
    }
    const sides = this.#sides;
    this.#texts = sides;
    sides.clear();
    const input = record.input === undefined ? [] : sides.decode(record.input, "input");
    if (isFault(input)) return input;
    const rowsExpected = input.length === 0 ? undefined : input.length;
    const output =
      record.output === undefined ? [] : sides.decode(record.output, "output", rowsExpected);
    if (isFault(output)) return output;
    if (input.length === 0 && output.length === 0) {
      return { reason: "no_capture_data", detail: "the captured data is empty" };
    }
    const isOneRow = input.length <= 1 && output.length <= 1;
    const isWhole = input.length > 0 && output.length > 0;
    if (!isOneRow || !(isWhole || this.#options.sides !== "both")) this.#isSameUnderBoth = false;
    if (semantics === "model-monitor" && !isOneRow) {
      return this.#placeAll([{ input: this.#runTogether(record), output: undefined }]);
    }
    const pairs = pairRows(input, output);
    return isFault(pairs) ? pairs : this.#placeAll(pairs);
  }

  /** Takes the one row of a record of CSV sides whose cells have been found in `texts`. */
  take(texts: CellTexts, { input, output }: PairedRow): readonly CaptureRow[] | Fault {
    this.#texts = texts;
    return this.#placeAll([{ input, output }]);
  }

  /** Takes the rows of a record whose sides' cells `lay` adds one after another. */
  takeSides(
    lay: (cells: SideDecoder) => readonly PairedRow[] | Fault,
    canBePadded: boolean = this.#isPadded,
  ): readonly CaptureRow[] | Fault {
    this.#texts = this.#sides;
    this.#sides.clear();
    const pairs = lay(this.#sides);
    return isFault(pairs) ? pairs : this.#placeAll(pairs, canBePadded);
  }

  /** Takes rows of texts that need no decoding, such as those of a script or a JSON dataset. */
  takeTexts(rows: readonly TextRow[]): readonly CaptureRow[] | Fault {
    const placed = this.takeSides(
      (sides) => rows.map((row) => ({ input: sides.addTexts(row), output: undefined })),
      false,
    );
    if (!isFault(placed) && placed.some(isOrderedByHand)) this.#isSameUnderBoth = false;
    return placed;
  }

  /**
   * Says where the next row's cells lie in the batch to which a row was added, if cells are laid
   * just as they come and the batch is as wide as the row; else undefined.
   */
  slotAfter(row: CaptureRow, builder: BatchBuilder): RowSlot | undefined {
    const [inputs, outputs] = [lengthOf(row.input), lengthOf(row.output)];
    const isWhole = row.columns === undefined && inputs + outputs === builder.width;
    if (!this.#isPlain || !isWhole) return undefined;
    const isOutputFirst = this.#options.outputColumnsPosition === "START";
    return {
      builder,
      width: builder.width,
      input: row.input && { column: isOutputFirst ? outputs : 0, cells: inputs },
      output: row.output && { column: isOutputFirst ? 0 : inputs, cells: outputs },
    };
  }

  /** Adds a row of the record decoded or taken last to a batch of as many columns as it needs. */
  addTo(builder: BatchBuilder, row: CaptureRow, line: number, ids?: RecordIds): void {
    const { input, output, columns, cells, width } = row;
    const present = lengthOf(input) + lengthOf(output);
    if (cells > this.#starts.length) {
      this.#starts = new Uint32Array(2 * cells);
      this.#ends = new Uint32Array(2 * cells);
    }
    const isOutputFirst = this.#options.outputColumnsPosition === "START";
    let at = 0;
    for (const side of isOutputFirst ? [output, input] : [input, output]) {
      if (side === undefined) this.#starts.fill(MISSING, at, at + cells - present);
      else this.#copy(builder, side, at);
      at += side === undefined ? cells - present : lengthOf(side);
    }
    this.#nullTokens?.apply(builder.bytes, this.#starts, this.#ends, cells);
    if (columns !== undefined) {
      this.#lay(columns);
      if (row.isPadded) this.named.meetFeatures();
      builder.addRecord(this.#laidStarts, this.#laidEnds, this.named.names.length, line, ids);
      return;
    }
    if (width === this.#options.featureNames?.length) this.named.meetFeatures();
    this.#columns.select(this.#starts, this.#ends, cells);
    builder.addRecord(this.#starts, this.#ends, width, line, ids);
  }

  #placeAll(
    pairs: readonly PairedRow[],
    canBePadded: boolean = this.#isPadded,
  ): readonly CaptureRow[] | Fault {
    const rows: CaptureRow[] = [];
    for (const { input, output } of pairs) {
      const columns = this.named.place(input, output);
      if (columns === "too many") return TOO_MANY_COLUMNS;
      const present = lengthOf(input) + lengthOf(output);
      const isPadded = canBePadded && !(input !== undefined && output !== undefined);
      const cells =
        isPadded && columns === undefined ? Math.max(present, this.#wholeWidth) : present;
      const width = columns === undefined ? this.#columns.widthOf(cells) : countColumns(columns);
      rows.push({ input, output, columns, cells, width, isPadded });
    }
    return rows;
  }

  /** Copies the text of a side's cells into the batch and lays its cells from `at` on. */
  #copy(builder: BatchBuilder, { from, to }: CellRange, at: number): void {
    const { bytes, starts, ends } = this.#texts;
    let [first, last] = [from, to - 1];
    while (first < to && starts[first] === MISSING) first += 1;
    while (last > first && starts[last] === MISSING) last -= 1;
    if (first === to) {
      this.#starts.fill(MISSING, at, at + to - from);
      return;
    }
    const textStart = starts[first]!;
    const shift = builder.appendBytes(bytes, textStart, ends[last]!) - textStart;
    for (let cell = from; cell < to; cell++, at++) {
      const start = starts[cell]!;
      this.#starts[at] = start === MISSING ? MISSING : start + shift;
      this.#ends[at] = ends[cell]! + shift;
    }
  }

  /** Lays the row's cells over the columns; the others are missing. */
  #lay(columns: readonly number[]): void {
    const width = this.named.names.length;
    if (width > this.#laidStarts.length) {
      this.#laidStarts = new Uint32Array(2 * width);
      this.#laidEnds = new Uint32Array(2 * width);
    }
    this.#laidStarts.fill(MISSING, 0, width);
    for (let cell = 0; cell < columns.length; cell++) {
      const column = columns[cell]!;
      if (column === NO_COLUMN) continue;
      this.#laidStarts[column] = this.#starts[cell]!;
      this.#laidEnds[column] = this.#ends[cell]!;
    }
    this.named.meet(columns);
  }

  #runTogether({ input, output }: CaptureRecord): CellRange {
    const isOutputFirst = this.#options.outputColumnsPosition === "START";
    const sides = isOutputFirst ? [output, input] : [input, output];
    const texts = sides.flatMap((side) => (side === undefined ? [] : [side.data]));
    return this.#sides.decodeWhole(texts.join(","));
  }
}

/** Whether a row stands in an order of its own, where the service's would be that of the names. */
function isOrderedByHand({ columns, input }: CaptureRow): boolean {
  const names = input?.names;
  if (columns !== undefined || names === undefined) return false;
  return names.some((name, at) => at > 0 && name < names[at - 1]!);
}

function countColumns(columns: readonly number[]): number {
  let count = 0;
  for (const column of columns) if (column !== NO_COLUMN) count += 1;
  return count;
}

function mixesEncodings({ input, output }: CaptureRecord): boolean {
  if (input === undefined || output === undefined || input.encoding === output.encoding) {
    return false;
  }
  return ENCODINGS.includes(input.encoding) && ENCODINGS.includes(output.encoding);
}

function encodingMismatch({ input, output }: CaptureRecord): TidemarkError {
  return new TidemarkError({
    code: "input",
    what:
      `Error: Encoding mismatch: Encoding is ${input?.encoding} for endpointInput, ` +
      `but Encoding is ${output?.encoding} for endpointOutput. ` +
      "We currently only support the same type of input and output encoding at the moment",
  });
}
