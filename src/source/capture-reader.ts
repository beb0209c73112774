/**
 * Reads endpoint capture files (JSON lines) as records.
 *
 * A record that can not be turned into rows is rejected and counted, never fatal. Rows of one width
 * share a batch, so that the profiler can find the most frequent width in one pass; at most 8 widths
 * are followed, and a record with a row of yet another one is rejected.
 *
 * Invariants: (1) batches depend on the files' content alone; (2) rows of one width come in record
 * order; (3) every line that is neither blank nor outside the window is read or rejected whole.
 * Memory: a line of at most `recordBytesMax`, and one batch per width.
 */

import type { Batch } from "./batch.ts";
import type { BatchBuilder } from "./batch-builder.ts";
import {
  type CaptureRecord,
  type Fault,
  isFault,
  parseCaptureRecord,
  type Sides,
} from "./capture-record.ts";
import { CaptureRows, type RowOptions } from "./capture-rows.ts";
import { contains, cutsAnHour, parseTime, selectHours, type Window } from "./capture-window.ts";
import { RECORD_BYTES_MAX } from "./csv-scanner.ts";
import { emptyTally, readContent } from "./input-content.ts";
import { type Line, readLines } from "./line-reader.ts";
import type { ByteInput, InputTally, RecordSource, RejectionListener } from "./record-source.ts";
import type { PairedRow } from "./row-pairing.ts";
import { decodeUtf8 } from "./utf8.ts";

const WIDTHS_MAX = 8;
const EXCERPT_LENGTH = 1024;

export interface CaptureOptions extends RowOptions {
  readonly sides: Sides;
  readonly window: Window;
  /** Longest line read; 16 MiB by default. */
  readonly recordBytesMax?: number | undefined;
  readonly onReject: RejectionListener;
}

/**
 * Opens capture files in the order given; those outside the window are left out, tally and all.
 * Iterating throws an input error under `model-monitor` when the encodings of a record's sides
 * differ, and wherever an input can not be read.
 */
export async function openCapture(
  inputs: readonly ByteInput[],
  options: CaptureOptions,
): Promise<RecordSource> {
  const { paths } = selectHours(
    inputs.map(({ path }) => path),
    options.window,
  );
  const chosen = new Set(paths);
  const read = inputs.filter(({ path }) => chosen.has(path));
  const tallies = read.map(({ path }) => emptyTally(path));
  return { names: undefined, batches: readFiles(read, tallies, options), tallies };
}

async function* readFiles(
  inputs: readonly ByteInput[],
  tallies: readonly InputTally[],
  options: CaptureOptions,
): AsyncGenerator<Batch> {
  const builders: Builders = new Map();
  const rows = new CaptureRows(options);
  for (const [i, input] of inputs.entries()) {
    for (const [width, builder] of builders) builder.begin(input.path, width);
    yield* readFile(input, tallies[i]!, { rows, builders, options });
  }
}

/** One batch under way per row width. */
type Builders = Map<number, BatchBuilder>;

interface Reading {
  readonly rows: CaptureRows;
  readonly builders: Builders;
  readonly options: CaptureOptions;
}

async function* readFile(
  input: ByteInput,
  tally: InputTally,
  { rows, builders, options }: Reading,
): AsyncGenerator<Batch> {
  const { recordBytesMax = RECORD_BYTES_MAX, window, sides } = options;
  const content = decodeUtf8(readContent(input, tally), tally);
  for await (const lines of readLines(content, recordBytesMax)) {
    for (const line of lines) {
      const record = readRecord(line, sides);
      if (!isFault(record) && isOutside(record, window)) continue;
      const fault = isFault(record) ? record : undefined;
      const paired = fault ?? rows.decode(record as CaptureRecord);
    }
  }
}
