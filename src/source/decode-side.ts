/**
 * From one side's payload to rows of cells, by the encoding that the platform gave it.
 *
 * The platform calls a payload CSV or JSON when its content type is listed as such, and BASE64
 * otherwise (Amazon SageMaker API reference, `CaptureContentTypeHeader`). A CSV body has no header;
 * its lines are rows, a final line break is not one, and blank lines hold none.
 */

import type { Fault, Side } from "./capture-record.ts";
import { type CsvProblem, CsvScanner } from "./csv-scanner.ts";
import type { CellRange } from "./row-pairing.ts";

/** The encodings that the platform gives. */
export const ENCODINGS: readonly string[] = ["CSV", "JSON", "BASE64"];

const CSV_FAULTS: Readonly<Record<CsvProblem, string>> = {
  unclosed: "has a quote that is never closed",
  trailing: "has text after a closing quote",
  long: "is too long",
};

const encoder = new TextEncoder();

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
  #filled = 0;
  #cells = 0;
  readonly #scanner: CsvScanner = new CsvScanner();

  /** Forgets the last record. */
  clear(): void {
    this.#filled = 0;
    this.#cells = 0;
  }

  /** Decodes a side into rows, none for an empty payload; `name` stands in the fault. */
  decode(side: Side, name: "input" | "output"): readonly CellRange[] | Fault {
    if (side.encoding === "CSV") return this.#decodeCsv(side.data, name);
    const detail = ENCODINGS.includes(side.encoding)
      ? `the ${name} is encoded as ${side.encoding}, which is not read yet`
      : `the ${name} is not encoded as CSV, JSON or BASE64`;
    return { reason: "encoding", detail };
  }

  /** Takes a text as one row of one cell, whatever it holds; an empty text is missing. */
  decodeWhole(text: string): CellRange {
    const start = this.#append(text);
    this.#reserveCells(1);
    this.starts[this.#cells] = start === this.#filled ? -1 : start;
    this.ends[this.#cells] = this.#filled;
    this.#cells += 1;
    return { from: this.#cells - 1, to: this.#cells };
  }

  #decodeCsv(data: string, name: string): readonly CellRange[] | Fault {
    const scanner = this.#scanner;
    const rows: CellRange[] = [];
    let at = this.#append(data);
    for (;;) {
      const outcome = scanner.scan(this.bytes, at, this.#filled, true);
      if (outcome === "end") return rows;
      if (outcome === "rejected") {
        const detail = `row ${rows.length + 1} of the ${name} ${CSV_FAULTS[scanner.problem]}`;
        return { reason: "csv", detail };
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

  /** Writes the text behind what is there and returns where it starts. */
  #append(text: string): number {
    const start = this.#filled;
    // One byte more: the scanner borrows the one behind the text.
    const needed = start + text.length * 3 + 1;
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
      grown.set(this.bytes.subarray(0, start));
      this.bytes = grown;
    }
    this.#filled += encoder.encodeInto(text, this.bytes.subarray(start)).written;
    return start;
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
