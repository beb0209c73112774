/**
 * Files of one record a line (capture records, JSON lines) as batches, and what becomes of the
 * lines that can not be read.
 *
 * Invariant: every line that is neither blank nor left out is read or rejected whole. Memory: a
 * line of at most `recordBytesMax`, a chunk's lines, and that of `RowBatches`.
 */
import type { Batch } from "../batch/batch.ts";
import { finishGroup, type RowBatches } from "../batch/row-batches.ts";
import type { RowGroup } from "../batch/row-group.ts";
import type { Fault } from "../capture/capture-record.ts";
import type { CaptureRow } from "../capture/capture-rows.ts";
import type { RecordIds } from "../capture/event-ids.ts";
import { emptyTally, readContent } from "../content/input-content.ts";
import { RECORD_BYTES_MAX } from "../csv/csv-scanner.ts";
import type { ByteInput, InputTally, RejectionListener } from "../record-source.ts";
import { decodeUtf8 } from "../utf8.ts";
import { lineLimit } from "./line-limit.ts";
import { type Line, type Lines, readLines } from "./line-reader.ts";

const EXCERPT_LENGTH = 1024;

/** What a line gave: its rows, valid until the next line is read. */
export interface LineRows {
  readonly rows: readonly CaptureRow[];
  readonly ids?: RecordIds | undefined;
}

/** A reader of one kind of line. */
export interface LineDecoder {
  readonly batches: RowBatches;
  readonly rejections: LineRejections;
  /** Cuts a file into lines, where not at its line feeds; throws an input error if it can not. */
  readLines?(
    chunks: AsyncIterable<Uint8Array>,
    bytesMax: number,
    file: string,
  ): AsyncIterable<Lines>;
  /** Looks at the lines of a chunk before they are decoded one by one. */
  prepare?(lines: Lines): Promise<void>;
  /**
   * Reads the next line, and maybe others behind it, where it is like those before: adds its row
   * at once and gives the group, which may be full then.
   */
  addAlike?(lines: Lines): RowGroup | undefined;
  /** Decodes a line; no rows when it is rejected or left out. `at` counts the lines prepared. */
  decode(line: Line, at: number): LineRows;
}

export interface TalliedInput {
  readonly input: ByteInput;
  readonly tally: InputTally;
}

export interface LineLimits {
  /** Longest line read, in bytes; 16 MiB by default. */
  readonly recordBytesMax?: number | undefined;
  /** Lines that are read at most, over all inputs; all by default. */
  readonly recordsMax?: number | undefined;
}

/** Reads the inputs one after another. Throws an input error where one can not be read. */
export async function* readLineBatches(
  inputs: readonly TalliedInput[],
  decoder: LineDecoder,
  { recordBytesMax = RECORD_BYTES_MAX, recordsMax }: LineLimits = {},
): AsyncGenerator<Batch> {
  const takeFirst = lineLimit(recordsMax);
  const { batches, rejections } = decoder;
  for (const { input, tally } of inputs) {
    batches.begin(tally);
    rejections.begin(tally);
    const content = decodeUtf8(readContent(input, tally), tally);
    const all =
      decoder.readLines?.(content, recordBytesMax, tally.path) ??
      readLines(content, recordBytesMax);
    for await (const lines of takeFirst(all)) {
      await decoder.prepare?.(lines);
      let at = 0;
      while (lines.peek() !== undefined) {
        const alike = decoder.addAlike?.(lines);
        if (alike !== undefined) {
          if (alike.builder.isFull) yield* finishGroup(alike);
          continue;
        }
        const line = lines.next()!;
        const { rows, ids } = decoder.decode(line, at++);
        // As `addAll` does, without a generator per line.
        for (const row of rows) {
          const group = batches.groupOf(row);
          if (group.isOutgrown) yield* finishGroup(group);
          batches.add(row, group, line.number, ids);
          if (group.builder.isFull) yield* finishGroup(group);
        }
      }
    }
    yield* batches.finish();
  }
}

/** Counts the lines that are rejected and tells of them. */
export class LineRejections {
  readonly #onReject: RejectionListener;
  #tally: InputTally = emptyTally("");

  constructor(onReject: RejectionListener) {
    this.#onReject = onReject;
  }

  begin(tally: InputTally): void {
    this.#tally = tally;
  }

  add({ bytes, number, column }: Line, { reason, detail, eventId }: Fault): LineRows {
    const { path, rejected } = this.#tally;
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    const text = textOf(bytes).slice(0, EXCERPT_LENGTH);
    this.#onReject({ file: path, line: number, column, eventId, reason, detail, text });
    return { rows: [] };
  }
}

/** The text of a line's bytes, which are valid UTF-8. */
export function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
