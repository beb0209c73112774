/**
 * Records held column by column.
 *
 * A batch is cut by content alone (never by how the bytes arrived), whichever comes first of the
 * three limits below, so chunk sizes can not change a result. Batches of one file hold records of
 * that file only, and all records of a batch have the same number of columns.
 */
import type { Cells } from "../base/cells.ts";

export const BATCH_RECORDS_MAX = 4096;
export const BATCH_CELLS_MAX = 262_144;
export const BATCH_BYTES_MAX: number = 4 * 1024 * 1024;

/** One column of a batch. A kernel that has counted cells already will add a second kind. */
export interface Column extends Cells {
  readonly kind: "cells";
}

/** A text per record; undefined for a record that has none. */
export interface RecordTexts {
  at(record: number): string | undefined;
}

/** Where the records of a batch came from, so that evidence can name them. */
export interface RecordOrigins {
  readonly file: string;
  /** Line of each record's first byte, from 1; may be longer than the batch. */
  readonly lines: Uint32Array;
  /** What the capture record of each record tells of itself; undefined where none does. */
  readonly eventIds: RecordTexts | undefined;
  readonly inferenceIds?: RecordTexts | undefined;
  /** As written. */
  readonly inferenceTimes?: RecordTexts | undefined;
}

/** `records` rows as columns of `records` cells each. Valid until the next batch is asked for. */
export interface Batch {
  readonly records: number;
  readonly columns: readonly Column[];
  readonly origins: RecordOrigins;
  /**
   * Names of the columns where records are laid by name or over a baseline's features. All such
   * batches of a source are one sequence: the names of a later one begin with those of an earlier.
   */
  readonly names?: readonly string[] | undefined;
}
