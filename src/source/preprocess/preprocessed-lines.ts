/**
 * Lines of one JSON record each on their way through a user's script, a chunk at a time.
 *
 * Lines that are no JSON object, and those that are left out, are not handed to it: their reader
 * says what becomes of them. Memory: a chunk's records and outcomes.
 */
import { metadataOf, type RecordMetadata } from "../capture/capture-record.ts";
import { textOf } from "../lines/line-batches.ts";
import type { Line } from "../lines/line-reader.ts";
import type { GroundTruth, HookOutcome, HookRecord, Preprocessor } from "./preprocessor.ts";

export interface LinesOptions {
  /** Whether a record takes part; by default all do. */
  readonly isWanted?: ((metadata: RecordMetadata) => boolean) | undefined;
  /** The label of a record, where there is one. */
  readonly labelOf?: ((metadata: RecordMetadata) => GroundTruth | undefined) | undefined;
}

/** A line that was handed over. */
export interface PreprocessedLine {
  readonly outcome: HookOutcome;
  readonly metadata: RecordMetadata;
}

interface HandedRecord {
  readonly record: HookRecord;
  readonly metadata: RecordMetadata;
}

export class PreprocessedLines {
  readonly #preprocessor: Preprocessor;
  readonly #options: LinesOptions;
  #lines: readonly (PreprocessedLine | undefined)[] = [];

  constructor(preprocessor: Preprocessor, options: LinesOptions = {}) {
    this.#preprocessor = preprocessor;
    this.#options = options;
  }

  /** Hands the lines of a chunk to the script and waits for its answer. */
  async prepare(lines: readonly Line[]): Promise<void> {
    const all = lines.map((line) => this.#recordOf(line));
    const handed = all.flatMap((each) => each?.record ?? []);
    const outcomes = handed.length === 0 ? [] : await this.#preprocessor.preprocess(handed);
    let next = 0;
    this.#lines = all.map((each) => {
      return each && { outcome: outcomes[next++]!, metadata: each.metadata };
    });
  }

  /** What became of a line of the last chunk; undefined where it was not handed over. */
  at(index: number): PreprocessedLine | undefined {
    return this.#lines[index];
  }

  #recordOf(line: Line): HandedRecord | undefined {
    if (line.isCut) return undefined;
    const text = textOf(line.bytes);
    const { isWanted, labelOf } = this.#options;
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch {
      return undefined;
    }
    if (typeof record !== "object" || record === null || Array.isArray(record)) return undefined;
    const metadata = metadataOf(record);
    if (isWanted?.(metadata) === false) return undefined;
    return { record: { text, groundTruth: labelOf?.(metadata) }, metadata };
  }
}
