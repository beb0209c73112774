/**
 * Reads endpoint capture files (JSON lines) as records.
 *
 * A record that can not be turned into rows is rejected and counted, never fatal. Rows laid by name
 * share a batch, and so do rows by position of one width, so that the profiler can find the most
 * frequent width in one pass; at most 8 widths are followed, and a record with a row of yet another
 * one is rejected. Rows by position that are as wide as the baseline go with those laid by name.
 *
 * Invariants: (1) batches depend on the files' content alone; (2) rows that share batches come in
 * record order; (3) every line that is neither blank nor outside the window is read or rejected
 * whole. Memory: a line of at most `recordBytesMax`, and one batch per width.
 */
import type { Batch } from "./batch.ts";
import { CaptureColumns } from "./capture-columns.ts";
import { type Fault, isFault, parseCaptureRecord } from "./capture-record.ts";
import { type CaptureRow, CaptureRows, type RowOptions } from "./capture-rows.ts";
import { CaptureTemplates } from "./capture-template.ts";
import { contains, cutsAnHour, parseTime, selectHours, type Window } from "./capture-window.ts";
import type { SelectionOptions } from "./column-selection.ts";
import { RECORD_BYTES_MAX } from "./csv-scanner.ts";
import { emptyTally, readContent } from "./input-content.ts";
import { type Line, readLines } from "./line-reader.ts";
import type { ByteInput, InputTally, RecordSource, RejectionListener } from "./record-source.ts";
import { RowGroup } from "./row-group.ts";
import { decodeUtf8 } from "./utf8.ts";

const WIDTHS_MAX = 8;
const EXCERPT_LENGTH = 1024;

export interface CaptureOptions extends RowOptions, SelectionOptions {
  readonly window: Window;
  /** Longest line read, in bytes; 16 MiB by default. */
  readonly recordBytesMax?: number | undefined;
  /** Parses every line whole; the outcome is the same, and tests compare it. */
  readonly parsesAll?: boolean | undefined;
  readonly onReject: RejectionListener;
}

/** What a line gave: its rows, valid until the next line is read. */
interface LineRows {
  readonly rows: readonly CaptureRow[];
  readonly eventId: string | undefined;
}

/**
 * Opens capture files in the order given; those outside the window are left out, tally and all.
 * Throws a usage error when no column is left to read. Iterating throws an input error under
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
    get names() {
      return reader.names;
    },
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
          const group = reader.groupOf(row);
          if (group.isOutgrown) yield* finish(group);
          reader.add(row, group, line.number, eventId);
          if (group.builder.isFull) yield* finish(group);
        }
      }
    }
    for (const group of reader.groups) yield* finish(group);
  }
}

function* finish(group: RowGroup): Generator<Batch> {
  if (group.builder.records > 0) yield group.finish();
  group.reset();
}

/** Turns lines into rows and rows into batches, and tells of the lines it rejects. */
class CaptureReader {
  readonly #options: CaptureOptions;
  readonly #columns: CaptureColumns;
  readonly #rows: CaptureRows;
  readonly #templates: CaptureTemplates = new CaptureTemplates();
  /** Rows under way, by width if they are by position and not as wide as the baseline. */
  readonly #byWidth: Map<number, RowGroup> = new Map();
  #byName: RowGroup | undefined;
  readonly #isFiltered: boolean;
  #tally: InputTally = emptyTally("");

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#columns = new CaptureColumns(options);
    this.#rows = new CaptureRows(options, this.#columns);
    this.#isFiltered = cutsAnHour(options.window);
  }

  get groups(): readonly RowGroup[] {
    return [...(this.#byName === undefined ? [] : [this.#byName]), ...this.#byWidth.values()];
  }

  /** Names that rows brought so far; undefined when none was laid by name. */
  get names(): readonly string[] | undefined {
    return this.#rows.named.metNames;
  }

  get isSameUnderBoth(): boolean {
    return this.#rows.isSameUnderBoth;
  }

  /** Begins a file; the batches of the one before must have been finished. */
  begin(tally: InputTally): void {
    this.#tally = tally;
    this.#rows.begin(tally);
    for (const group of this.groups) group.begin(tally.path);
  }

  /** Reads a line; no rows when it is rejected or outside the window. */
  read(line: Line): LineRows {
    if (!line.isCut && this.#templates.read(line.bytes)) {
      const { eventId, inferenceTime } = this.#templates;
      if (this.#isOutside(inferenceTime)) return { rows: [], eventId };
      return this.#fit(line, this.#rows.take(this.#templates, this.#templates), eventId);
    }
    if (line.isCut) return this.#reject(line, { reason: "json", detail: "the line is too long" });
    const record = parseCaptureRecord(textOf(line.bytes), this.#options.sides);
    if (isFault(record)) return this.#reject(line, record);
    const { eventId, inferenceTime } = record;
    if (this.#isOutside(inferenceTime)) return { rows: [], eventId };
    const rows = this.#rows.decode(record);
    if (!this.#options.parsesAll && !isFault(rows) && rows.length === 1) {
      this.#templates.learn(line.bytes, record);
    }
    return this.#fit(line, rows, eventId);
  }

  /** Makes room for a record's rows, or rejects it. */
  #fit(line: Line, rows: readonly CaptureRow[] | Fault, eventId: string | undefined): LineRows {
    if (isFault(rows)) return this.#reject(line, { ...rows, eventId });
    const followed = this.#byWidth.size;
    for (const row of rows) {
      const detail = this.#widthFault(row);
      if (detail !== undefined) {
        // A record that is not read must not take the room of those that are.
        for (const width of [...this.#byWidth.keys()].slice(followed)) this.#byWidth.delete(width);
        return this.#reject(line, { reason: "row_length", detail, eventId });
      }
    }
    return { rows, eventId };
  }

  /** Finds the group of a row that was read. */
  groupOf(row: CaptureRow): RowGroup {
    if (!this.#isByName(row)) return this.#byWidth.get(row.width)!;
    this.#byName ??= this.#open(this.#rows.named.names);
    return this.#byName;
  }

  /** Adds a row to the batch of its group. */
  add(row: CaptureRow, group: RowGroup, line: number, eventId: string | undefined): void {
    this.#rows.addTo(group.builder, row, line, eventId);
    this.#tally.records += 1;
  }

  #isByName({ columns, width }: CaptureRow): boolean {
    return columns !== undefined || width === this.#options.featureNames?.length;
  }

  #open(columns: number | readonly string[]): RowGroup {
    const group = new RowGroup(columns);
    group.begin(this.#tally.path);
    return group;
  }

  #isOutside(inferenceTime: string | undefined): boolean {
    if (!this.#isFiltered || inferenceTime === undefined) return false;
    const time = parseTime(inferenceTime);
    return time !== undefined && !contains(this.#options.window, time);
  }

  /** Makes room for a row; says why where there is none. */
  #widthFault(row: CaptureRow): string | undefined {
    const { columns, cells, width } = row;
    if (width === 0) {
      return columns === undefined && this.#columns.isByName
        ? "a row has no names to choose its columns by"
        : `a row of length ${cells} lacks the columns to read`;
    }
    if (this.#isByName(row) || this.#byWidth.has(width)) return undefined;
    if (this.#byWidth.size === WIDTHS_MAX) {
      return `a row has length ${cells}, and rows of ${WIDTHS_MAX} other lengths came before`;
    }
    this.#byWidth.set(width, this.#open(width));
    return undefined;
  }

  #reject({ bytes, number }: Line, { reason, detail, eventId }: Fault): LineRows {
    const { path, rejected } = this.#tally;
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    const text = textOf(bytes).slice(0, EXCERPT_LENGTH);
    this.#options.onReject({ file: path, line: number, eventId, reason, detail, text });
    return { rows: [], eventId };
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
