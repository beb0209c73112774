/**
 * The records of one CSV file, one after another, whichever parser finds them.
 *
 * Invariant: records, lines and rejections depend on the file's text alone, never on how it
 * arrives.
 */
import type { BatchBuilder } from "../batch/batch-builder.ts";
import type { RejectionListener } from "../record-source.ts";
import type { CountPlan } from "./count-plan.ts";
import type { CsvKernel } from "./csv-kernel.ts";
import { type CsvBytes, type CsvProblem, CsvScanner, EXCERPT_BYTES } from "./csv-scanner.ts";

const NEWLINE = 10;
const EXCERPT_LENGTH = 1024;

/**
 * What `read` came to: a record, a batch to be finished and reset first, more text needed, or the
 * end of the file.
 */
export type ReadOutcome = "record" | "full" | "starved" | "end";

/** The end of the records before a cut. */
export interface ReachedCut {
  /** Newlines read so far. */
  readonly lines: number;
  /** Whether it is the end of what was appended. */
  readonly isEnd: boolean;
}

/** A parser of one dialect that puts text into a batch builder and finds records in it. */
export interface CsvRecords {
  /** Cells of the record read last, as ranges of the builder's text, valid until the next read. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly cells: number;
  /** Line of that record's first byte, from 1. */
  readonly line: number;
  /** Whether text may be read into the builder's room, to be appended there. */
  readonly takesRoom?: boolean;
  /** Takes more of the file: valid UTF-8. */
  append(chunk: Uint8Array): void;
  /** Says that the file has no more text. */
  end(): void;
  /** Cuts the text at its end by now: a batch ends with the record that reaches the cut. */
  cut?(): void;
  /** Tells where a cut was reached, if one was since it was asked last. */
  takeCut?(): ReachedCut | undefined;
  /** Forgets what was appended, to read on where a record begins; lines count from 1 there. */
  restart?(): void;
  /** Reads on to the next record that can be read; the others are rejected on the way. */
  read(): ReadOutcome;
  /**
   * Adds the next records to the batch as long as that takes no more than laying their cells in
   * order, as many as the batch has columns, or counting them by a plan, up to `recordsMax` in the
   * batch; returns their number.
   */
  addPlain?(plan: CountPlan | undefined, recordsMax: number): number;
}

/** What each problem of a record is called. */
export function detailOf(problem: CsvProblem, recordBytesMax: number): string {
  if (problem === "long") return `record is longer than ${recordBytesMax} bytes`;
  return problem === "unclosed" ? "quote is never closed" : "text follows a closing quote";
}

/** Cuts a rejected record's text to 1,024 characters and leaves its line end out. */
export function excerptRecord(text: string): string {
  return text
    .slice(0, EXCERPT_LENGTH)
    .replace(/\r?\n$/, "")
    .replace(/[\ud800-\udbff]$/, "");
}

/**
 * Records found by the byte scanner. Memory: the builder's, where an incomplete record is held up
 * to twice its length or twice the longest record.
 */
export class ScannedRecords implements CsvRecords {
  line = 0;
  readonly takesRoom = true;
  readonly #file: string;
  readonly #dialect: CsvBytes;
  readonly #scanner: CsvScanner;
  readonly #builder: BatchBuilder;
  readonly #onReject: RejectionListener;
  readonly #kernel: CsvKernel | undefined;
  /** Line at the builder's position. */
  #nextLine = 1;
  /** Unread bytes that make another scan worth while. */
  #wanted = 1;
  #isLast = false;
  #isSkipping = false;

  constructor(
    file: string,
    dialect: CsvBytes,
    builder: BatchBuilder,
    onReject: RejectionListener,
    kernel?: CsvKernel | undefined,
  ) {
    this.#kernel = kernel;
    this.#file = file;
    this.#dialect = dialect;
    this.#scanner = new CsvScanner(dialect);
    this.#builder = builder;
    this.#onReject = onReject;
  }

  get starts(): Uint32Array {
    return this.#scanner.starts;
  }

  get ends(): Uint32Array {
    return this.#scanner.ends;
  }

  get cells(): number {
    return this.#scanner.cells;
  }

  cut(): void {
    this.#builder.cuts.add(this.#builder.filled);
    // As a rule a record ends here, which is to be found before more text is asked for.
    this.#wanted = 1;
  }

  takeCut(): ReachedCut | undefined {
    const { position, filled } = this.#builder;
    const cut = this.#builder.cuts.take(position);
    if (cut === undefined) return undefined;
    const isEnd = position === filled && (cut === position || this.#isLast);
    return { lines: this.#nextLine - 1, isEnd };
  }

  restart(): void {
    this.#builder.skip(this.#builder.filled);
    this.#nextLine = 1;
    this.#wanted = 1;
    this.#isLast = false;
    this.#isSkipping = false;
  }

  append(chunk: Uint8Array): void {
    this.#builder.append(chunk);
  }

  end(): void {
    this.#isLast = true;
  }

  read(): ReadOutcome {
    const builder = this.#builder;
    const scanner = this.#scanner;
    for (;;) {
      if (builder.isFull) return "full";
      if (this.#isSkipping) this.#skipLine();
      const unread = builder.filled - builder.position;
      if (unread < this.#wanted && !this.#isLast) return "starved";
      this.#wanted = 1;
      switch (scanner.scan(builder.bytes, builder.position, builder.filled, this.#isLast)) {
        case "record":
          this.line = this.#nextLine;
          this.#nextLine += scanner.newlines;
          builder.take(scanner.next);
          return "record";
        case "blank":
          break;
        case "rejected":
          this.#reject();
          break;
        case "incomplete":
          this.#wanted = this.#wantedAfter(unread);
          return "starved";
        case "end":
          return "end";
      }
      this.#nextLine += scanner.newlines;
      builder.skip(scanner.next);
    }
  }

  addPlain(plan: CountPlan | undefined, recordsMax: number): number {
    const builder = this.#builder;
    const unread = builder.filled - builder.position;
    if (this.#kernel === undefined || this.#isSkipping || unread < this.#wanted) return 0;
    // A header may have reached a cut.
    if (builder.isFull) return 0;
    const before = builder.records;
    this.#nextLine = this.#kernel.read(builder, this.#nextLine, this.#dialect, plan, recordsMax);
    return builder.records - before;
  }

  /** Doubles, so that all scans of a record together are linear in its length. */
  #wantedAfter(unread: number): number {
    return Math.max(unread + 1, Math.min(unread * 2, this.#dialect.recordBytesMax + 1));
  }

  #skipLine(): void {
    const { bytes, position, filled } = this.#builder;
    const newline = bytes.subarray(position, filled).indexOf(NEWLINE);
    this.#isSkipping = newline < 0;
    if (newline >= 0) this.#nextLine++;
    this.#builder.skip(newline < 0 ? filled : position + newline + 1);
  }

  #reject(): void {
    const { bytes, position } = this.#builder;
    const { next, problem, problemAt, isCut } = this.#scanner;
    this.#isSkipping = isCut;
    const before = bytes.subarray(position, problemAt);
    let line = this.#nextLine;
    for (const byte of before) if (byte === NEWLINE) line++;
    const text = bytes.subarray(position, Math.min(next, position + EXCERPT_BYTES));
    this.#onReject({
      file: this.#file,
      line,
      column: before.length - before.lastIndexOf(NEWLINE),
      reason: "csv",
      detail: detailOf(problem, this.#dialect.recordBytesMax),
      text: excerptRecord(new TextDecoder().decode(text)),
    });
  }
}
