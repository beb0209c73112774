/**
 * The CSV byte scanner: finds one record's cells in UTF-8 text without making a string.
 *
 * The dialect is RFC 4180 with any ASCII delimiter and quote: a quote opens a quoted cell only at
 * the cell's first byte, a doubled quote inside is one quote, and a record ends at `\n` or `\r\n`
 * outside quotes (or at the end of the text). A quote inside an unquoted cell, NUL and a lone `\r`
 * are data. An unquoted empty cell is missing, a quoted empty one is a present empty text.
 *
 * Invariants: (1) what a record reads as depends on its own bytes alone, never on how many bytes
 * stand behind it; (2) text is changed (doubled quotes undone, in place) only once its record is
 * complete, so an incomplete record can be scanned again; (3) the byte at `end` is borrowed as a
 * sentinel during a scan, so the text must be shorter than its buffer.
 * Memory: 8 bytes a cell of the widest record.
 */
import { MISSING } from "../../base/cells.ts";
import { invariant } from "../../base/tidemark-error.ts";

export const RECORD_BYTES_MAX: number = 16 * 1024 * 1024;
/** Bytes of a rejected record that are waited for, so that its excerpt is always the same. */
export const EXCERPT_BYTES = 4096;

const NEWLINE = 10;
const RETURN = 13;

export interface CsvBytes {
  /** ASCII code of the delimiter. */
  readonly delimiter: number;
  /** ASCII code of the quote. */
  readonly quote: number;
  /** Longest record read, in bytes before its newline. */
  readonly recordBytesMax: number;
}

export const RFC_4180: CsvBytes = {
  delimiter: 0x2c,
  quote: 0x22,
  recordBytesMax: RECORD_BYTES_MAX,
};

/** What `scan` found; `incomplete` asks for more text, `end` says that none is left. */
export type ScanOutcome = "record" | "blank" | "rejected" | "incomplete" | "end";

export type CsvProblem = "unclosed" | "trailing" | "long";

/** Scans records one at a time; the fields describe the record found by the last `scan`. */
export class CsvScanner {
  /** Cell ranges of a record, as in `Cells`; replaced when they grow. */
  starts: Uint32Array = new Uint32Array(256);
  ends: Uint32Array = new Uint32Array(256);
  cells = 0;
  /** Newlines in `[from, next)`. */
  newlines = 0;
  /** Where to scan next. */
  next = 0;
  /** Why a record was rejected, and at which byte. */
  problem: CsvProblem = "long";
  problemAt = 0;
  /** Whether a rejected record's line goes on behind the text: skip its rest up to a newline. */
  isCut = false;
  readonly #dialect: CsvBytes;
  /** Cells of the record that hold doubled quotes. */
  readonly #escaped: number[] = [];

  constructor(dialect: CsvBytes = RFC_4180) {
    this.#dialect = dialect;
  }

  /**
   * Scans the record that starts at `from` in `bytes[from, end)`; `isLast`: no text follows. A
   * quote that is open at the end of the text or past the longest record counts as never closed:
   * the record is rejected and `next` is the line after the one where the quote opened. Other
   * rejected records end at the next newline behind the fault.
   */
  scan(bytes: Uint8Array, from: number, end: number, isLast: boolean): ScanOutcome {
    if (from >= end) return isLast ? "end" : "incomplete";
    const { recordBytesMax } = this.#dialect;
    const isCapped = end - from > recordBytesMax;
    const limit = isCapped ? from + recordBytesMax + 1 : end;
    invariant(limit < bytes.length, "a CSV text fills its buffer");
    const borrowed = bytes[limit]!;
    bytes[limit] = NEWLINE;
    const stop = this.#scanCells(bytes, from, limit, isLast && !isCapped);
    bytes[limit] = borrowed;
    if (stop === limit && isCapped) {
      return this.#reject(bytes, from, end, isLast, "long", from, limit - 1);
    }
    if (stop < 0) {
      if (this.problem === "unclosed" && !isLast && !isCapped) return "incomplete";
      return this.#reject(bytes, from, end, isLast, this.problem, this.problemAt, this.problemAt);
    }
    if (stop === limit && !isLast) return "incomplete";
    this.next = stop === end ? end : stop + 1;
    if (stop !== end) this.newlines++;
    if (this.cells === 1 && this.starts[0] === MISSING) return "blank";
    if (this.#escaped.length > 0) this.#unescape(bytes);
    return "record";
  }

  /**
   * Finds the cells up to the newline that ends the record and returns its index, or `limit`, where
   * a sentinel stands, or -1 with the problem. `isEnd` says that the text ends at `limit`.
   */
  #scanCells(bytes: Uint8Array, from: number, limit: number, isEnd: boolean): number {
    const { delimiter, quote } = this.#dialect;
    let { starts, ends } = this;
    let capacity = starts.length;
    let cell = 0;
    let at = from;
    this.newlines = 0;
    this.#escaped.length = 0;
    for (;;) {
      let byte = bytes[at]!;
      // Plain cells: no calls in here, so that the compiler keeps the arrays in registers.
      while (byte !== quote && cell < capacity) {
        const start = at;
        while (byte !== delimiter && byte !== NEWLINE) byte = bytes[++at]!;
        if (byte === NEWLINE) {
          const end = at > start && at < limit && bytes[at - 1] === RETURN ? at - 1 : at;
          starts[cell] = start === end ? -1 : start;
          ends[cell] = end;
          this.cells = cell + 1;
          return at;
        }
        // -1 is stored as MISSING and keeps the value a small integer.
        starts[cell] = start === at ? -1 : start;
        ends[cell++] = at;
        byte = bytes[++at]!;
      }
      if (cell === capacity) {
        this.#grow();
        ({ starts, ends } = this);
        capacity = starts.length;
        continue;
      }
      const close = this.#closeQuote(bytes, at, limit, cell);
      if (close < 0) return this.#fail("unclosed", at);
      starts[cell] = at + 1;
      ends[cell++] = close;
      at = close + 1;
      byte = bytes[at]!;
      // A `\r` at the very end of the text is data, and data must not follow a quote.
      if (byte === RETURN && bytes[at + 1] === NEWLINE && !(isEnd && at + 1 === limit)) {
        byte = bytes[++at]!;
      }
      if (byte === NEWLINE) break;
      if (byte !== delimiter) return this.#fail("trailing", at);
      at++;
    }
    this.cells = cell;
    return at;
  }

  /** Returns the index of the quote that closes the one at `open`, or -1. */
  #closeQuote(bytes: Uint8Array, open: number, limit: number, cell: number): number {
    const { quote } = this.#dialect;
    let isEscaped = false;
    let at = open + 1;
    for (;;) {
      const byte = bytes[at]!;
      if (byte === quote) {
        if (bytes[at + 1] !== quote) break;
        isEscaped = true;
        at += 2;
      } else {
        if (byte === NEWLINE) {
          if (at === limit) return -1;
          this.newlines++;
        }
        at++;
      }
    }
    if (isEscaped) this.#escaped.push(cell);
    return at;
  }

  #unescape(bytes: Uint8Array): void {
    const { quote } = this.#dialect;
    for (const cell of this.#escaped) {
      const end = this.ends[cell]!;
      let to = this.starts[cell]!;
      for (let at = to; at < end; at++) {
        const byte = bytes[at]!;
        bytes[to++] = byte;
        if (byte === quote) at++;
      }
      this.ends[cell] = to;
    }
  }

  #fail(problem: CsvProblem, at: number): -1 {
    this.problem = problem;
    this.problemAt = at;
    return -1;
  }

  /** Rejects the record up to the first newline at or behind `fault`. */
  #reject(
    bytes: Uint8Array,
    from: number,
    end: number,
    isLast: boolean,
    problem: CsvProblem,
    at: number,
    fault: number,
  ): ScanOutcome {
    const newline = bytes.subarray(fault, end).indexOf(NEWLINE);
    this.isCut = newline < 0 && !isLast;
    if (this.isCut && end - from < EXCERPT_BYTES) return "incomplete";
    this.#fail(problem, at);
    this.next = newline < 0 ? end : fault + newline + 1;
    this.newlines = countNewlines(bytes, from, this.next);
    return "rejected";
  }

  #grow(): void {
    const { starts, ends } = this;
    this.starts = new Uint32Array(starts.length * 2);
    this.ends = new Uint32Array(ends.length * 2);
    this.starts.set(starts);
    this.ends.set(ends);
  }
}

/** Counts the newlines of `bytes[from, to)`. */
function countNewlines(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (bytes[at] === NEWLINE) count++;
  return count;
}
