/**
 * Reads endpoint capture files (JSON lines) as records.
 *
 * A record that can not be turned into rows is rejected and counted, never fatal; `RowBatches` says
 * how its rows meet those of others. A script of the user's may stand between records and rows.
 *
 * Invariants: (1) batches depend on the files' content alone; (2) every line that is neither blank
 * nor outside the window nor without a label that is asked for is read, dropped by the script, or
 * rejected whole.
 */

import { RowBatches } from "../batch/row-batches.ts";
import type { RowGroup } from "../batch/row-group.ts";
import type { SelectionOptions } from "../column-selection.ts";
import { emptyTally } from "../content/input-content.ts";
import {
  type LineDecoder,
  LineRejections,
  type LineRows,
  readLineBatches,
  textOf,
} from "../lines/line-batches.ts";
import type { Line, Lines } from "../lines/line-reader.ts";
import { PreprocessedLines } from "../preprocess/preprocessed-lines.ts";
import type { Preprocessor } from "../preprocess/preprocessor.ts";
import type { ByteInput, RecordSource, RejectionListener } from "../record-source.ts";
import { openCaptureKernel } from "./capture-kernel.ts";
import {
  type CaptureRecord,
  type Fault,
  isFault,
  parseCaptureRecord,
  type RecordMetadata,
} from "./capture-record.ts";
import type { CaptureRow, RowOptions } from "./capture-rows.ts";
import { CaptureTemplates } from "./capture-template.ts";
import { contains, cutsAnHour, parseTime, selectHours, type Window } from "./capture-window.ts";
import { type RecordIds, type TextRange, textOfRange } from "./event-ids.ts";
import type { GroundTruthIndex } from "./ground-truth-index.ts";

/**
 * Takes each record that could be parsed with its rows; undefined where it is left out, and then
 * the record may lack its sides.
 */
export type RecordListener = (
  record: CaptureRecord,
  rows: readonly CaptureRow[] | Fault | undefined,
) => void;

export interface CaptureOptions extends RowOptions, SelectionOptions {
  readonly window: Window;
  /** Labels to join: records without one are left out. */
  readonly groundTruth?: GroundTruthIndex | undefined;
  /** Longest line read, in bytes; 16 MiB by default. */
  readonly recordBytesMax?: number | undefined;
  /** Parses every line whole; the outcome is the same, and tests compare it. */
  readonly parsesAll?: boolean | undefined;
  /** Which loops read alike lines: by default the faster ones that the machine can run. */
  readonly kernel?: "webassembly" | "typescript" | undefined;
  /** Whether cells may be counted while they are read, so that batches do not show them all. */
  readonly offersCounts?: boolean | undefined;
  /** Lines that are read at most, over all files. */
  readonly recordsMax?: number | undefined;
  /** What it takes is valid during the call; every line is then parsed whole. */
  readonly onRecord?: RecordListener | undefined;
  /** Makes the rows of each record in the window. */
  readonly preprocessor?: Preprocessor | undefined;
  readonly onReject: RejectionListener;
}

const UNREAD: CaptureRecord = {
  eventId: undefined,
  inferenceId: undefined,
  inferenceTime: undefined,
  groundTruth: undefined,
  input: undefined,
  output: undefined,
};

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
  const decoder = new CaptureDecoder(options);
  return {
    get names() {
      return decoder.batches.names;
    },
    batches: readLineBatches(read, decoder, options),
    tallies: read.map(({ tally }) => tally),
    isSameUnderBoth: () => decoder.batches.rows.isSameUnderBoth,
  };
}

/** Turns lines into rows. */
class CaptureDecoder implements LineDecoder {
  readonly batches: RowBatches;
  readonly rejections: LineRejections;
  readonly #options: CaptureOptions;
  readonly #templates: CaptureTemplates = new CaptureTemplates();
  readonly #isFiltered: boolean;
  readonly #parsesAll: boolean;
  readonly #preprocessed: PreprocessedLines | undefined;

  constructor(options: CaptureOptions) {
    this.#options = options;
    const { preprocessor, groundTruth } = options;
    if (preprocessor !== undefined) {
      const labelOf = (metadata: RecordMetadata) => groundTruth?.labelOf(metadata);
      this.#preprocessed = new PreprocessedLines(preprocessor, {
        isWanted: (metadata) =>
          !this.#isOutside(metadata.inferenceTime) &&
          (groundTruth === undefined || labelOf(metadata) !== undefined),
        labelOf,
      });
    }
    this.rejections = new LineRejections(options.onReject);
    this.#isFiltered = cutsAnHour(options.window);
    // A template does not tell a record's label.
    const { onRecord, parsesAll = onRecord !== undefined || groundTruth !== undefined } = options;
    this.#parsesAll = parsesAll;
    const readsAlike = !this.#isFiltered && preprocessor === undefined && !parsesAll;
    const opens = readsAlike && options.kernel !== "typescript";
    this.batches = new RowBatches(
      options,
      opens ? openCaptureKernel : undefined,
      options.offersCounts,
    );
  }

  async prepare(lines: Lines): Promise<void> {
    if (this.#preprocessed !== undefined) await this.#preprocessed.prepare(lines.rest());
  }

  addAlike(lines: Lines): RowGroup | undefined {
    if (this.#isFiltered || this.#preprocessed !== undefined) return undefined;
    return this.batches.addAlike(this.#templates, lines);
  }

  decode(line: Line, at: number): LineRows {
    const { groundTruth, onRecord } = this.#options;
    const { outcome, metadata } = this.#preprocessed?.at(at) ?? {};
    if (outcome !== undefined && outcome.kind !== "same") {
      groundTruth?.join(metadata!);
      return this.#fit(line, this.batches.take(outcome), metadata!);
    }
    if (!line.isCut && this.#templates.read(line.chunk, line.from, line.to)) {
      if (this.#isOutside(this.#templates.ids.inferenceTime)) return { rows: [] };
      const rows = this.batches.rows.take(this.#templates, this.#templates);
      return this.#fit(line, rows, this.#templates.ids);
    }
    const record = this.#parse(line);
    if (this.#isOutside(record.inferenceTime)) {
      onRecord?.({ ...UNREAD, ...record }, undefined);
      return { rows: [] };
    }
    if (isFault(record)) return this.rejections.add(line, record);
    if (groundTruth !== undefined && groundTruth.join(record) === undefined) {
      onRecord?.(record, undefined);
      return { rows: [] };
    }
    const rows = this.batches.rows.decode(record);
    onRecord?.(record, rows);
    if (!this.#parsesAll && !isFault(rows) && rows.length === 1) {
      this.#templates.learn(line.bytes, record);
    }
    return this.#fit(line, rows, record);
  }

  #parse(line: Line): CaptureRecord | Fault {
    if (line.isCut) return { reason: "json", detail: "the line is too long" };
    return parseCaptureRecord(textOf(line.bytes), this.#options.sides);
  }

  /** Makes room for a record's rows, or rejects it. */
  #fit(line: Line, rows: readonly CaptureRow[] | Fault, ids: RecordIds): LineRows {
    const detail = isFault(rows) ? undefined : this.batches.reserve(rows);
    if (!isFault(rows) && detail === undefined) return { rows, ids };
    const fault: Fault = isFault(rows) ? rows : { reason: "row_length", detail: detail! };
    return this.rejections.add(line, { ...fault, eventId: textOfRange(ids.eventId) });
  }

  #isOutside(inferenceTime: string | TextRange | undefined): boolean {
    if (!this.#isFiltered || inferenceTime === undefined) return false;
    const time = parseTime(textOfRange(inferenceTime)!);
    return time !== undefined && !contains(this.#options.window, time);
  }
}
