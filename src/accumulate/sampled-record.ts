/** Records of a sample by name: decoded for the few that are sampled, once for all features. */
import type { Kernel } from "../kernel/kernel.ts";
import type { Batch, RecordOrigins } from "../source/batch/batch.ts";
import { RecordPriorities } from "./record-priorities.ts";

/** Where a record stands and what it tells of itself. */
export interface SampledRecord {
  readonly file: string;
  readonly line: number;
  /** The place of its file in the run, and which row of its line it is, from 0. */
  readonly place: readonly [file: number, row: number];
  readonly eventId: string | undefined;
  readonly inferenceId: string | undefined;
  /** As written. */
  readonly inferenceTime: string | undefined;
}

/** Orders records as they were read. */
export function compareRecords(a: SampledRecord, b: SampledRecord): number {
  return a.place[0] - b.place[0] || a.line - b.line || a.place[1] - b.place[1];
}

/**
 * Those records of one batch after another that a sample may take, each known by its place in the
 * ascending order of their priorities.
 */
export class BatchRecords {
  readonly #priorities: RecordPriorities;
  /** By place. */
  #rows: readonly number[] = [];
  #known: SampledRecord[] = [];
  #file = 0;
  #origins: RecordOrigins | undefined;
  #layRecord: Batch["layRecord"];
  /** Number of the first places whose cells are laid. */
  #laid = 0;

  constructor(seed: number, kernel?: Kernel | undefined) {
    this.#priorities = new RecordPriorities(seed, kernel);
  }

  /**
   * Takes the records of a batch of the run's file of this number whose priorities are below a
   * ceiling; what it tells holds as long as the batch.
   */
  take(batch: Batch, file: number, ceiling?: number): void {
    const { values } = this.#priorities;
    const rows = this.#priorities.take(batch, file, ceiling);
    this.#rows = rows.sort((a, b) => values[a]! - values[b]!);
    if (this.#known.length > 0) this.#known = [];
    this.#file = file;
    this.#origins = batch.origins;
    this.#layRecord = batch.layRecord;
    this.#laid = 0;
  }

  /** The priority of a record; infinite from the place on where there is none. */
  priorityAt(place: number): number {
    const row = this.#rows[place];
    return row === undefined ? Number.POSITIVE_INFINITY : this.#priorities.values[row]!;
  }

  /** The row of the batch's columns where a record's cells stand, which are laid then. */
  rowAt(place: number): number {
    for (; this.#laid <= place; this.#laid++) this.#layRecord?.(this.#rows[this.#laid]!);
    return this.#rows[place]!;
  }

  /** The same object for every feature. */
  at(place: number): SampledRecord {
    this.#known[place] ??= this.#tellOf(this.#rows[place]!);
    return this.#known[place];
  }

  #tellOf(row: number): SampledRecord {
    const origins = this.#origins!;
    return {
      file: origins.file,
      line: origins.lines[row]!,
      place: [this.#file, this.#priorities.rows[row]!],
      eventId: origins.eventIds?.at(row),
      inferenceId: origins.inferenceIds?.at(row),
      inferenceTime: origins.inferenceTimes?.at(row),
    };
  }
}
