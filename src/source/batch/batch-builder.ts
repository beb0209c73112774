/**
 * Builds batches: one growing text buffer and, per column, where each cell's text lies in it.
 *
 * A record reader scans records inside the buffer (`append`, then `take` or `skip` what was read)
 * or writes texts of its own (`appendText`); either way `addRecord` spreads the record's cell
 * ranges over the columns. `isFull` looks at records, cells and text read, never at how the bytes
 * arrived.
 *
 * Invariants: (1) from <= position <= filled <= bytes.length - SLACK; (2) ranges of added records
 * stay valid until `reset`: while the batch holds records the buffer grows but nothing moves in it.
 * Memory: 8 bytes a cell for at most 262,144 cells (or one record), and the batch's text (4 MiB and
 * its last record) with what was appended beyond it.
 */
import { MISSING } from "../../base/cells.ts";
import { invariant } from "../../base/tidemark-error.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import { BatchIds } from "../capture/batch-ids.ts";
import type { RecordIds, RunIds } from "../capture/event-ids.ts";
import { writeUtf8 } from "../utf8.ts";
import { BATCH_BYTES_MAX, type Batch, type Column, recordsOfBatch } from "./batch.ts";
import { type BatchMemory, HeapMemory } from "./batch-memory.ts";
import { TextCuts } from "./text-cuts.ts";
import { isWorthMoving, textWanted } from "./text-window.ts";

const CAPACITY_MIN = 128 * 1024;
/** Bytes kept writable behind the text, so that a scanner can put a sentinel there. */
const SLACK = 64;
/** Entries of a cache line of 64 bytes. */
const LINE_ENTRIES = 16;
/** Up to so many bytes a loop copies faster than a call of `set`. */
const SHORT_BYTES = 32;

/** Collects records into batches; one builder serves all files of a source in turn. */
export class BatchBuilder {
  /** The text buffer; replaced when it grows, so read it again after every append. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Cell ranges column by column: those of record r begin at r and are `stride` apart. */
  columnStarts: Uint32Array = new Uint32Array(0);
  columnEnds: Uint32Array = new Uint32Array(0);
  /** Line of each record. */
  lines: Uint32Array = new Uint32Array(0);
  stride = 0;
  /** End of the text read so far: the text of added records and what was skipped. */
  position = 0;
  /** End of the text appended; `[position, filled)` waits to be read. */
  filled = 0;
  /** Records added since the last `reset`. */
  records = 0;
  /** Bytes of the batch's texts that were counted instead of being written, or of its part. */
  unwritten = 0;
  /** Records that the batch may hold. */
  recordsMax = 0;
  /** Whether the batch began with a part that is gone. */
  hasPart = false;
  /** A batch ends with the first record that reaches a cut. */
  readonly cuts: TextCuts = new TextCuts();
  /** First byte of the batch's text, and how many bytes the last one had. */
  #from = 0;
  #lastBytes = 0;
  #file = "";
  #width = -1;
  #columns: readonly Pick<Column, "starts" | "ends">[] = [];
  /** Where cell ranges and lines lie, and where the text does. */
  readonly #cellMemory: BatchMemory;
  readonly #textMemory: BatchMemory;
  readonly #ids = new BatchIds();

  /** Takes the memory to lay batches in, which no other builder has. */
  constructor(memory: BatchMemory = new HeapMemory()) {
    this.#cellMemory = memory;
    this.#textMemory = memory.another();
    this.reserve(CAPACITY_MIN - SLACK);
  }

  /** Names the file and the number of columns of the records to come; the batch must be empty. */
  begin(file: string, width: number): void {
    invariant(this.records === 0, "a batch was begun before the last one was finished");
    this.#file = file;
    if (width === this.#width) return;
    this.#width = width;
    this.recordsMax = recordsOfBatch(width);
    // An odd number of cache lines between columns spreads them over all sets of the L1 cache.
    this.stride = (Math.ceil(this.recordsMax / LINE_ENTRIES) | 1) * LINE_ENTRIES;
    this.#layCells();
  }

  /** Columns of the records. */
  get width(): number {
    return this.#width;
  }

  /** The kernel in whose memory batches lie; undefined for other memory. */
  get kernel(): Kernel | undefined {
    return this.#cellMemory.kernel && this.#textMemory.kernel;
  }

  /** End of the text with which the batch is full. */
  get filledMax(): number {
    return Math.min(this.#from + BATCH_BYTES_MAX - this.unwritten, this.cuts.next);
  }

  /**
   * Whether the batch must be finished before another record is added; an empty one is not, unless
   * the text was read up to a cut.
   */
  get isFull(): boolean {
    const { position, records, filledMax } = this;
    if (records === 0 && !this.hasPart) return position >= this.cuts.next;
    return records >= this.recordsMax || position >= filledMax;
  }

  /** Offers up to so many bytes behind the text, to be appended before anything else is done. */
  room(bytes: number): Uint8Array {
    const length = Math.min(bytes, textWanted(this.#lastBytes, this.filled - this.#from));
    this.reserve(length);
    return this.bytes.subarray(this.filled, this.filled + length);
  }

  /** Puts bytes behind the text as text waiting to be read: copies them unless they are there. */
  append(chunk: Uint8Array): void {
    const { buffer, byteOffset } = this.bytes;
    if (chunk.buffer === buffer && chunk.byteOffset === byteOffset + this.filled) {
      this.filled += chunk.length;
      return;
    }
    this.reserve(chunk.length);
    this.bytes.set(chunk, this.filled);
    this.filled += chunk.length;
  }

  /** Takes the text up to `position` into the batch. */
  take(position: number): void {
    this.position = position;
  }

  /** Takes the records laid or counted in place, and the text up to `position`. */
  takeInPlace(records: number, position: number): void {
    this.records += records;
    this.position = position;
  }

  /** Drops the text up to `position` (blank lines, a header, rejected records); it may move. */
  skip(position: number): void {
    this.position = position;
    if (this.records > 0 || this.hasPart) return;
    this.#from = position;
    if (position === this.filled) this.#moveToFront();
  }

  /**
   * Writes a text into the batch as UTF-8 and returns where it starts; it ends at `position`. Lone
   * surrogates become U+FFFD. Nothing may wait to be read.
   */
  appendText(text: string): number {
    const start = this.filled;
    invariant(this.position === start, "text was written behind unread text");
    this.reserve(text.length * 3);
    this.endText(writeUtf8(this.bytes, start, text));
    return start;
  }

  /** As `appendText`, for the text whose UTF-8 is `bytes[from, to)`. */
  appendBytes(bytes: Uint8Array, from: number, to: number): number {
    const start = this.filled;
    invariant(this.position === start, "text was written behind unread text");
    const length = to - from;
    this.reserve(length);
    if (length > SHORT_BYTES) this.bytes.set(bytes.subarray(from, to), start);
    else for (let i = 0; i < length; i++) this.bytes[start + i] = bytes[from + i]!;
    this.endText(start + length);
    return start;
  }

  /** Ends the text at `position`: behind what was written there, or before what is taken back. */
  endText(position: number): void {
    this.position = position;
    this.filled = position;
  }

  /**
   * Adds a record of `cells` cells, given as ranges of `bytes`. Absent trailing cells are missing,
   * cells beyond the width are dropped. The batch must not be full.
   */
  addRecord(
    starts: Uint32Array,
    ends: Uint32Array,
    cells: number,
    line: number,
    ids?: RecordIds,
  ): void {
    const width = this.#width;
    const present = cells < width ? cells : width;
    const { stride, columnStarts, columnEnds } = this;
    let at = this.records;
    for (let cell = 0; cell < present; cell++) {
      columnStarts[at] = starts[cell]!;
      columnEnds[at] = ends[cell]!;
      at += stride;
    }
    for (let cell = present; cell < width; cell++) {
      columnStarts[at] = MISSING;
      at += stride;
    }
    this.addLaid(line, ids);
  }

  /** Adds the record whose cells have been laid over all columns. The batch must not be full. */
  addLaid(line: number, ids?: RecordIds): void {
    const row = this.records++;
    this.lines[row] = line;
    if (ids !== undefined) this.#ids.add(row, ids);
  }

  /** Adds so many records whose cells have been laid or counted, on successive lines. */
  addAllLaid(records: number, line: number): void {
    for (let each = 0; each < records; each++) this.addLaid(line + each);
  }

  /**
   * Adds records whose cells and lines have been laid, and their text written up to `filled`; each
   * has the ids of some kinds, which must hold until `keepIds` or `reset`.
   */
  addRun(records: number, filled: number, ids: RunIds): void {
    this.#ids.addRun(this.records, ids);
    this.takeInPlace(records, filled);
    this.filled = filled;
  }

  /** Copies ids of the batch that do not hold any longer. */
  keepIds(): void {
    this.#ids.settle();
  }

  /** Shows the records added as a batch, valid until `reset`. */
  finish(): Batch {
    const { records: count, bytes, kernel } = this;
    const columns = this.#columns.map((ranges) => ({ bytes, ...ranges, count, kernel }));
    const origins = { file: this.#file, lines: this.lines, ...this.#ids.show() };
    return { records: count, columns, origins };
  }

  /** Goes on with the batch, whose records so far have been shown: it ends where it would have. */
  endPart(): void {
    const recordsMax = this.recordsMax - this.records;
    const lastBytes = this.#lastBytes;
    this.reset();
    Object.assign(this, { recordsMax, unwritten: this.#lastBytes, hasPart: true });
    this.#lastBytes = lastBytes;
  }

  /** Begins the next batch of the same file with the text that waits to be read. */
  reset(): void {
    const { position, filled, bytes } = this;
    this.#lastBytes = this.unwritten + position - this.#from;
    this.records = 0;
    this.unwritten = 0;
    this.recordsMax = recordsOfBatch(this.#width);
    this.hasPart = false;
    this.#ids.clear();
    this.#from = position;
    if (isWorthMoving(position, filled, bytes.length)) this.#moveToFront();
  }

  #moveToFront(): void {
    const shift = this.#from;
    this.bytes.copyWithin(0, shift, this.filled);
    this.#from = 0;
    this.cuts.move(shift);
    this.position -= shift;
    this.filled -= shift;
  }

  /** Makes so many bytes from `filled` on writable. */
  reserve(length: number): void {
    if (this.filled + length + SLACK <= this.bytes.length) return;
    if (this.records === 0 && this.#from > 0) this.#moveToFront();
    const needed = this.filled + length + SLACK;
    if (needed <= this.bytes.length) return;
    const memory = this.#textMemory;
    memory.reserve(needed, this.filled);
    this.bytes = new Uint8Array(memory.buffer, memory.from, memory.size);
  }

  /** Lays columns and lines out one behind the other. */
  #layCells(): void {
    const { stride } = this;
    const [memory, width] = [this.#cellMemory, this.#width];
    const ranges = width * stride;
    memory.reserve(4 * (2 * ranges + stride), 0);
    const { buffer, from } = memory;
    this.columnStarts = new Uint32Array(buffer, from, ranges);
    this.columnEnds = new Uint32Array(buffer, from + 4 * ranges, ranges);
    this.lines = new Uint32Array(buffer, from + 8 * ranges, stride);
    this.#columns = Array.from({ length: width }, (_, column) => {
      const range = [column * stride, column * stride + recordsOfBatch(width)] as const;
      const [starts, ends] = [this.columnStarts, this.columnEnds];
      return { starts: starts.subarray(...range), ends: ends.subarray(...range) };
    });
  }
}
