/**
 * Records held column by column.
 *
 * A batch is cut by content alone (never by how the bytes arrived), whichever comes first of the
 * three limits below, so chunk sizes can not change a result. Batches of one file hold records of
 * that file only, and all records of a batch have the same number of columns.
 */
import type { Cells } from "../../base/cells.ts";
import type { Kernel } from "../../kernel/kernel.ts";

export const BATCH_RECORDS_MAX = 4096;
export const BATCH_CELLS_MAX = 262_144;
export const BATCH_BYTES_MAX: number = 4 * 1024 * 1024;

/** Cells of a column taken at a time at most: calls cost little then, and few cells are held. */
export const RUN_CELLS_MAX = 128;

/** Counts the records a batch of `width` columns may hold: what its cells allow, at least 1. */
export function recordsOfBatch(width: number): number {
  const byCells = Math.floor(BATCH_CELLS_MAX / Math.max(width, 1));
  return Math.max(1, Math.min(BATCH_RECORDS_MAX, byCells));
}

/** Where the counters of a column lie in the kernel's memory; see `assembly/count-text.ts`. */
export interface CounterPlaces {
  /** `COUNTER_SCALES` pairs of an address and a length, and as many of negative decimals. */
  readonly decimals: number;
  /** 0 for none. */
  readonly texts: number;
}

/** How a column's cells are wanted: all laid, all but zeros laid, or counted. */
export type CellsWanted = "dense" | "sparse" | CounterPlaces;

/** Takes what is wanted of columns of the batches to come. */
export interface CounterOffer {
  /** A sparse column may be dense all the same, as all are at first. */
  set(position: number, wanted: CellsWanted): void;
}

/** A column that was counted: each of its cells is missing, in a counter, laid, or a zero. */
export interface CountedPart {
  /** All cells, those laid among them. */
  readonly cells: number;
  /** Missing ones that are not laid. */
  readonly missing: number;
}

/** One column of a batch. */
export interface Column extends Cells {
  /** For a column that was counted, of which the cells are what is left. */
  readonly counted?: CountedPart | undefined;
  /** Record of each cell, where they are not one for each. */
  readonly rows?: Uint32Array | undefined;
  /** Cells that each one stands for, where that is not one; only of a column that was counted. */
  readonly weights?: Uint32Array | undefined;
  /** For a sparse column, the number of records that `rows` does not list: their text is `0`. */
  readonly zeros?: number | undefined;
  /** The kernel in whose memory its ranges and text lie; undefined for other memory. */
  readonly kernel?: Kernel | undefined;
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

/** Where a unit of content ended; see `content-units.ts`. */
export interface UnitEnd {
  /** Newlines of the batch's file up to there, or since where it was read from. */
  readonly lines: number;
  /** Byte of the whole content; undefined where it must be told by the lines. */
  readonly offset: number | undefined;
}

/** `records` rows as columns of `records` cells each. Valid until the next batch is asked for. */
export interface Batch {
  readonly records: number;
  readonly columns: readonly Column[];
  readonly origins: RecordOrigins;
  /** Absent where the reader does not count. */
  readonly counters?: CounterOffer | undefined;
  /**
   * Lays the cells of a record at its place in every column, over what was laid there: only once
   * the columns have been folded. Absent where all cells are laid.
   */
  readonly layRecord?: ((record: number) => void) | undefined;
  /**
   * Set where what comes next belongs to the same batch, which was shown early to learn what is
   * wanted of its columns. Nothing may depend on how many records it has.
   */
  readonly isPart?: boolean | undefined;
  /** Set where the batch, which may be empty then, is the last one of a unit. */
  readonly unitEnd?: UnitEnd | undefined;
  /**
   * Names of the columns where records are laid by name or over a baseline's features. All such
   * batches of a source are one sequence: the names of a later one begin with those of an earlier.
   */
  readonly names?: readonly string[] | undefined;
}
