/**
 * Reads endpoint capture files (JSON lines) as records.
 *
 * A record that can not be turned into rows is rejected and counted, never fatal. Rows of one width
 * share a batch, so that the profiler can find the most frequent width in one pass; at most 8
 * widths are followed, and a record with a row of yet another one is rejected.
 *
 * Invariants: (1) batches depend on the files' content alone; (2) rows of one width come in record
 * order; (3) every line that is neither blank nor outside the window is read or rejected whole.
 * Memory: a line of at most `recordBytesMax`, and one batch per width.
 */
import type { Batch } from "./batch.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { CaptureColumns } from "./capture-columns.ts";
import { type Fault, isFault, parseCaptureRecord } from "./capture-record.ts";
import { CaptureRows, type RowOptions } from "./capture-rows.ts";
import { contains, cutsAnHour, parseTime, selectHours, type Window } from "./capture-window.ts";
import type { SelectionOptions } from "./column-selection.ts";
import { RECORD_BYTES_MAX } from "./csv-scanner.ts";
import { emptyTally, readContent } from "./input-content.ts";
import { type Line, readLines } from "./line-reader.ts";
import type { ByteInput, InputTally, RecordSource, RejectionListener } from "./record-source.ts";
import type { PairedRow } from "./row-pairing.ts";
import { decodeUtf8 } from "./utf8.ts";

const WIDTHS_MAX = 8;
const EXCERPT_LENGTH = 1024;

export interface CaptureOptions extends RowOptions, SelectionOptions {
  readonly window: Window;
  /** Longest line read, in bytes; 16 MiB by default. */
  readonly recordBytesMax?: number | undefined;
  readonly onReject: RejectionListener;
}

/** What a line gave: its rows, valid until the next line is read. */
interface LineRows {
  readonly rows: readonly PairedRow[];
  readonly eventId: string | undefined;
}

/**
 * Opens capture files in the order given; those outside the window are left out, tally and all.
 * Throws a usage error for columns that are no positions. Iterating throws an input error under
 * `model-monitor` when the encodings of a record's sides differ, and where a file can not be read.
 */
export async function openCapture(
  inputs: readonly ByteInput[],
  options: CaptureOptions,
): Promise<RecordSource> {
  const hours = selectHours(
    inputs.map(({ path }) => path),
    options.window,
  );
  const paths = new Set(hours.paths);
  const read = inputs
    .filter(({ path }) => paths.has(path))
    .map((input) => ({ input, tally: emptyTally(input.path) }));
  const reader = new CaptureReader(options);
  return {
    names: undefined,
    batches: readBatches(read, reader, options.recordBytesMax),
    tallies: read.map(({ tally }) => tally),
    isSameUnderBoth: () => reader.isSameUnderBoth,
  };
}

async function* readBatches(
  inputs: readonly { readonly input: ByteInput; readonly tally: InputTally }[],
  reader: CaptureReader,
  lineBytesMax: number = RECORD_BYTES_MAX,
): AsyncGenerator<Batch> {
  for (const { input, tally } of inputs) {
    reader.begin(tally);
    const content = decodeUtf8(readContent(input, tally), tally);
    for await (const lines of readLines(content, lineBytesMax)) {
      for (const line of lines) {
        const { rows, eventId } = reader.read(line);
        for (const row of rows) {
          const builder = reader.add(row, line.number, eventId);
          if (!builder.isFull) continue;
          yield builder.finish();
          builder.reset();
        }
      }
    }
    for (const builder of reader.builders) {
      if (builder.records === 0) continue;
      yield builder.finish();
      builder.reset();
    }
  }
}

/** Turns lines into rows and rows into batches, and tells of the lines it rejects. */
class CaptureReader {
  readonly #options: CaptureOptions;
  readonly #columns: CaptureColumns;
  readonly #rows: CaptureRows;
  /** The batch under way of each row width. */
  readonly #builders: Map<number, BatchBuilder> = new Map();
  readonly #isFiltered: boolean;
  #tally: InputTally = emptyTally("");

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#columns = new CaptureColumns(options);
    this.#rows = new CaptureRows(options, this.#columns);
    this.#isFiltered = cutsAnHour(options.window);
  }

  get builders(): Iterable<BatchBuilder> {
    return this.#builders.values();
  }

  get isSameUnderBoth(): boolean {
    return this.#rows.isSameUnderBoth;
  }

  /** Begins a file; the batches of the one before must have been finished. */
  begin(tally: InputTally): void {
    this.#tally = tally;
    for (const [width, builder] of this.#builders) builder.begin(tally.path, width);
  }

  /** Reads a line; no rows when it is rejected or outside the window. */
  read(line: Line): LineRows {
    const text = textOf(line.bytes);
    const fault = (found: Fault): LineRows => this.#reject(found, line.number, text);
    if (line.isCut) return fault({ reason: "json", detail: "the line is too long" });
    const record = parseCaptureRecord(text, this.#options.sides);
    if (isFault(record)) return fault(record);
    const { eventId, inferenceTime } = record;
    if (this.#isFiltered && this.#isOutside(inferenceTime)) return { rows: [], eventId };
    const rows = this.#rows.decode(record);
    if (isFault(rows)) return fault({ ...rows, eventId });
    for (const row of rows) {
      const width = this.#rows.widthOf(row);
      const detail = this.#widthFault(width);
      if (detail !== undefined) return fault({ reason: "row_length", detail, eventId });
    }
    return { rows, eventId };
  }

  /** Adds a row to the batch of its width and returns the batch's builder. */
  add(row: PairedRow, line: number, eventId: string | undefined): BatchBuilder {
    const builder = this.#builders.get(this.#columns.widthOf(this.#rows.widthOf(row)))!;
    this.#rows.addTo(builder, row, line, eventId);
    this.#tally.records += 1;
    return builder;
  }

  #isOutside(inferenceTime: string | undefined): boolean {
    const time = inferenceTime === undefined ? undefined : parseTime(inferenceTime);
    return time !== undefined && !contains(this.#options.window, time);
  }

  /** Makes room for rows of a width; says why where there is none. */
  #widthFault(rowWidth: number): string | undefined {
    const width = this.#columns.widthOf(rowWidth);
    if (this.#builders.has(width)) return undefined;
    if (width === 0) return `a row of length ${rowWidth} lacks the columns to read`;
    if (this.#builders.size === WIDTHS_MAX) {
      return `a row has length ${rowWidth}, and rows of ${WIDTHS_MAX} other lengths came before`;
    }
    const builder = new BatchBuilder();
    builder.begin(this.#tally.path, width);
    this.#builders.set(width, builder);
    return undefined;
  }

  #reject({ reason, detail, eventId }: Fault, line: number, text: string): LineRows {
    const { path, rejected } = this.#tally;
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    const excerpt = text.slice(0, EXCERPT_LENGTH);
    this.#options.onReject({ file: path, line, eventId, reason, detail, text: excerpt });
    return { rows: [], eventId };
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
