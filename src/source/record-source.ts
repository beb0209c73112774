/** What a record reader gives to the profiler, and what it tells about what it read. */
import type { ChunkRoom } from "../storage/storage.ts";
import type { Batch } from "./batch/batch.ts";

/** Why a record was not read. */
export const REJECT_REASONS = [
  "csv",
  "json",
  "no_capture_data",
  "encoding",
  "content_type",
  "base64",
  "shape",
  "row_pairing",
  "row_length",
  "hook",
  "ground_truth",
] as const;

export type RejectReason = (typeof REJECT_REASONS)[number];

/** A record that could not be read; it is counted and kept, and the run goes on. */
export interface Rejection {
  readonly file: string;
  /** Line and byte column, from 1. */
  readonly line: number;
  readonly column?: number | undefined;
  readonly eventId?: string | undefined;
  readonly reason: RejectReason;
  /** What is wrong, without any value of the record. */
  readonly detail: string;
  /** The record's text, cut to 1,024 characters; shown only when the user asks for values. */
  readonly text: string;
}

/** One input file's tally, complete once its last batch has been taken. */
export interface InputTally {
  readonly path: string;
  /** Bytes as stored (compressed size for compressed files). */
  bytes: number;
  /** Hash of the stored bytes, lower-case hex. */
  sha256: string;
  records: number;
  rejected: Partial<Record<RejectReason, number>>;
  /** Records that a script of the user's made no row of. */
  dropped: number;
  /** Cells beyond the header's width, dropped. */
  extraCells: number;
  /** Invalid UTF-8 sequences, each read as U+FFFD. */
  invalidUtf8: number;
}

/** An ordered stream of records. */
export interface RecordSource {
  /**
   * Column names where the data itself carries them, else columns are positions: a CSV header's
   * from the start; once the last batch has been taken, those of the records' own keys, in the
   * order of the batches' names but without the names that no record had.
   */
  readonly names: readonly string[] | undefined;
  /** May be iterated once. */
  readonly batches: AsyncIterable<Batch>;
  readonly tallies: readonly InputTally[];
  /** What stands between CSV cells; absent for capture records. */
  readonly delimiter?: string | undefined;
  /**
   * Tells, once the last batch has been taken, whether both semantics read the same rows from these
   * inputs; absent where they always do.
   */
  readonly isSameUnderBoth?: (() => boolean) | undefined;
}

/** The same source with other batches; what it tells at the end it tells then, not now. */
export function withBatches(source: RecordSource, batches: AsyncIterable<Batch>): RecordSource {
  return Object.create(source, { batches: { value: batches } }) as RecordSource;
}

/** Takes each rejected record as it is met, in input order. */
export type RejectionListener = (rejection: Rejection) => void;

/** A file (or standard input) as stored bytes. */
export interface ByteInput {
  /** The path as the user gave it or as it was found below it; `-` is standard input. */
  readonly path: string;
  /** Size in bytes when known beforehand. */
  readonly size: number | undefined;
  /**
   * Chunks of any size; a chunk may be overwritten once the next one is asked for. They may lie in
   * the room that is offered.
   */
  chunks(room?: ChunkRoom): AsyncIterable<Uint8Array>;
  /** Reads the stored bytes [from, to), which the caller keeps; absent where only in order. */
  readonly read?: ((from: number, to: number) => Promise<Uint8Array>) | undefined;
  /** Set where nobody asks for the hash of its bytes. */
  readonly isUnhashed?: boolean | undefined;
}
