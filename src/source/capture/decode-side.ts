/**
 * From one side's payload to rows of cells, by the encoding that the platform gave it.
 *
 * The platform calls a payload CSV or JSON when its content type is listed as such, and BASE64
 * otherwise (Amazon SageMaker API reference, `CaptureContentTypeHeader`). A CSV body has no header;
 * its lines are rows, a final line break is not one, and blank lines hold none. Under
 * `model-monitor` JSON is one flat object and BASE64 is not read, as by the service without a
 * preprocessing script (developer guide, "Preprocessing and Postprocessing").
 */

import { type Cells, MISSING } from "../../base/cells.ts";
import type { Semantics } from "../../base/semantics.ts";
import { NUMBER_BYTES_MAX, writeNumber } from "../columnar/number-text.ts";
import { type CsvProblem, CsvScanner } from "../csv/csv-scanner.ts";
import type { FlattenOptions } from "../json/json-flatten.ts";
import { readJsonRows } from "../json/json-rows.ts";
import { type Utf8Tally, writeUtf8 } from "../utf8.ts";
import { decodeBase64, type PayloadProblem, type PayloadText } from "./base64-payload.ts";
import type { Fault, Side } from "./capture-record.ts";
import type { CellRange } from "./row-pairing.ts";

/** The encodings that the platform gives. */
export const ENCODINGS: readonly string[] = ["CSV", "JSON", "BASE64"];

const CSV_PROBLEMS: Readonly<Record<CsvProblem, string>> = {
  unclosed: "has a quote that is never closed",
  trailing: "has text after a closing quote",
  long: "is too long",
};

/** What the service does not read without a preprocessing script. */
const UNDOCUMENTED: ReadonlyMap<string, PayloadProblem> = new Map([
  ["JSON", { reason: "shape", problem: "is not one flat JSON object; only tidemark reads others" }],
  ["BASE64", { reason: "encoding", problem: "is encoded as BASE64, which only tidemark reads" }],
]);

/** Where a scanner found cells. */
export type CellBytes = Pick<Cells, "bytes" | "starts" | "ends">;

/** A cell's text, or the finite number that it spells as JavaScript does; null for missing. */
export type CellText = string | number | null;

/** A row whose cells need no decoding; names as in `FlatRow`. */
export interface TextRow {
  readonly names: readonly string[] | undefined;
  readonly texts: readonly CellText[];
}

export interface DecodeOptions extends Pick<FlattenOptions, "isName"> {
  readonly semantics: Semantics;
}

/**
 * Decodes the sides of a record into one text with cells in it. Memory: that of the largest record,
 * kept from record to record.
 */
export class SideDecoder {
  /** UTF-8 text of the sides decoded since the last `clear`. */
  bytes: Uint8Array = new Uint8Array(4096);
  /** Cell ranges in `bytes`, as in `Cells`; what `decode` returns counts in them. */
  starts: Uint32Array = new Uint32Array(256);
  ends: Uint32Array = new Uint32Array(256);
  /** Where sequences that are invalid in a BASE64 payload's charset are counted. */
  tally: Utf8Tally = { invalidUtf8: 0 };
  /** Whether the other semantics would have made the same rows of each side so far. */
  isSameUnderBoth = true;
  readonly #options: DecodeOptions;
  #filled = 0;
  #cells = 0;
  /** Whether the JSON read last is one object of scalars, or blank. */
  #isFlat = false;
  readonly #scanner: CsvScanner = new CsvScanner();

  constructor(options: DecodeOptions) {
    this.#options = options;
  }

  /** Forgets the last record. */
  clear(): void {
    this.#filled = 0;
    this.#cells = 0;
  }

  /**
   * Decodes a side into rows, none for an empty payload; `name` stands in the fault. A JSON object
   * of arrays of `rowsExpected` scalars each is as many rows.
   */
  decode(
    side: Side,
    name: "input" | "output",
    rowsExpected?: number | undefined,
  ): readonly CellRange[] | Fault {
    const decoded = this.#restrict(side.encoding, this.#decodeAny(side, rowsExpected));
    if (!("problem" in decoded)) return decoded;
    const { reason, place = "", problem } = decoded;
    return { reason, detail: `${place}the ${name} ${problem}` };
  }

  /** Takes a text as one row of one cell, whatever it holds; an empty text is missing. */
  decodeWhole(text: string): CellRange {
    this.#reserveCells(1);
    this.#addCell(text === "" ? null : text);
    return { from: this.#cells - 1, to: this.#cells };
  }

  #decodeAny(side: Side, rowsExpected: number | undefined): readonly CellRange[] | PayloadProblem {
    const payload = this.#textOf(side);
    if ("problem" in payload) return payload;
    const { text, format } = payload;
    return format === "csv" ? this.#decodeCsv(text) : this.#decodeJson(text, rowsExpected);
  }

  #textOf(side: Side): PayloadText | PayloadProblem {
    if (side.encoding === "CSV") return { text: side.data, format: "csv" };
    if (side.encoding === "JSON") return { text: side.data, format: "json" };
    if (side.encoding === "BASE64") return decodeBase64(side, this.tally);
    return { reason: "encoding", problem: "is not encoded as CSV, JSON or BASE64" };
  }

  /** Refuses what only `tidemark` reads under the other semantics, and notes it under both. */
  #restrict(
    encoding: string,
    decoded: readonly CellRange[] | PayloadProblem,
  ): readonly CellRange[] | PayloadProblem {
    const problem = UNDOCUMENTED.get(encoding);
    if (problem === undefined || (encoding === "JSON" && this.#isFlat)) return decoded;
    if (!("problem" in decoded)) this.isSameUnderBoth = false;
    else if (encoding === "JSON") return decoded;
    return this.#options.semantics === "tidemark" ? decoded : problem;
  }

  #decodeCsv(text: string): readonly CellRange[] | PayloadProblem {
    const scanner = this.#scanner;
    const rows: CellRange[] = [];
    let at = this.#append(text);
    for (;;) {
      const outcome = scanner.scan(this.bytes, at, this.#filled, true);
      if (outcome === "end") return rows;
      if (outcome === "rejected") {
        const place = `row ${rows.length + 1} of `;
        return { reason: "csv", place, problem: CSV_PROBLEMS[scanner.problem] };
      }
      if (outcome === "record") rows.push(this.#addRow());
      at = scanner.next;
    }
  }

  #addRow(): CellRange {
    const { starts, ends, cells } = this.#scanner;
    this.#reserveCells(cells);
    const from = this.#cells;
    for (let cell = 0; cell < cells; cell++) {
      this.starts[from + cell] = starts[cell]!;
      this.ends[from + cell] = ends[cell]!;
    }
    this.#cells += cells;
    return { from, to: this.#cells };
  }

  #decodeJson(
    text: string,
    rowsExpected: number | undefined,
  ): readonly CellRange[] | PayloadProblem {
    const read = readJsonRows(text, { rowsExpected, isName: this.#options.isName });
    if ("problem" in read) return read;
    this.#isFlat = read.isFlat;
    return read.rows.map((row) => this.addTexts(row));
  }

  /** Takes the texts of a row that was read already. */
  addTexts({ names, texts }: TextRow): CellRange {
    const from = this.#cells;
    this.#reserveCells(texts.length);
    for (const text of texts) this.#addCell(text);
    return { from, to: this.#cells, names };
  }

  /** Takes the cells of a row that a scanner found in other bytes, ranges as in `Cells`. */
  addCells({ bytes, starts, ends }: CellBytes, count: number): CellRange {
    const from = this.#cells;
    this.#reserveCells(count);
    for (let cell = 0; cell < count; cell++) {
      const start = starts[cell]!;
      const at = this.#cells++;
      const isMissing = start === MISSING;
      this.starts[at] = isMissing ? MISSING : this.#filled;
      if (!isMissing) this.#appendBytes(bytes, start, ends[cell]!);
      this.ends[at] = this.#filled;
    }
    return { from, to: this.#cells };
  }

  /** Adds a cell for which there is room. */
  #addCell(text: CellText): void {
    const cell = this.#cells++;
    if (text === null) this.starts[cell] = MISSING;
    else this.starts[cell] = typeof text === "string" ? this.#append(text) : this.#addNumber(text);
    this.ends[cell] = this.#filled;
  }

  /** Writes the text behind what is there and returns where it starts. */
  #append(text: string): number {
    const start = this.#filled;
    this.#reserveBytes(text.length * 3);
    this.#filled = writeUtf8(this.bytes, start, text);
    return start;
  }

  #addNumber(number: number): number {
    const start = this.#filled;
    this.#reserveBytes(NUMBER_BYTES_MAX);
    this.#filled = writeNumber(this.bytes, start, number);
    return start;
  }

  #appendBytes(bytes: Uint8Array, from: number, to: number): void {
    this.#reserveBytes(to - from);
    for (let at = from; at < to; at++) this.bytes[this.#filled++] = bytes[at]!;
  }

  #reserveBytes(length: number): void {
    // One byte more: the scanner borrows the one behind the text.
    const needed = this.#filled + length + 1;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    grown.set(this.bytes.subarray(0, this.#filled));
    this.bytes = grown;
  }

  #reserveCells(count: number): void {
    const needed = this.#cells + count;
    if (needed <= this.starts.length) return;
    const length = Math.max(needed, 2 * this.starts.length);
    const [starts, ends] = [new Uint32Array(length), new Uint32Array(length)];
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
  }
}
