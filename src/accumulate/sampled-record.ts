/** Records of a sample by name: decoded for the few that are sampled, once for all features. */
import type { Batch, RecordOrigins } from "../source/batch/batch.ts";
import { RecordPriorities } from "./record-priorities.ts";

const FEW = 8;

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

/** The records of one batch after another. */
export class BatchRecords {
  readonly #priorities: RecordPriorities;
  #origins: RecordOrigins | undefined;
  #file = 0;
  readonly #known: Map<number, SampledRecord> = new Map();
  #layRecord: Batch["layRecord"];
  #records = 0;
  /** The records of priorities below the highest ceiling asked for. */
  #early: readonly number[] = [];
  #ceiling = 0;

  constructor(seed: number) {
    this.#priorities = new RecordPriorities(seed);
  }

  /** By record; may be longer than the batch. */
  get priorities(): Float64Array {
    return this.#priorities.values;
  }

  /**
   * Takes a batch of the run's file of this number; what it tells holds as long as the batch. No
   * record of a priority from `ceiling` on is asked for.
   */
  take({ records, origins, layRecord }: Batch, file: number, ceiling?: number): void {
    this.#priorities.take(origins, records, file, ceiling);
    this.#layRecord = layRecord;
    this.#records = records;
    this.#early = [];
    this.#ceiling = this.#priorities.least;
    this.#origins = origins;
    this.#file = file;
    this.#known.clear();
  }

  /** The least priority of the batch's records. */
  get least(): number {
    return this.#priorities.least;
  }

  /**
   * Gives all records whose priority is below a ceiling, and maybe others, lowest first; their
   * cells are laid then.
   */
  below(ceiling: number): readonly number[] {
    if (ceiling <= this.#ceiling) return this.#early;
    const { values } = this.#priorities;
    const early: number[] = [];
    for (let record = 0; record < this.#records; record++) {
      if (values[record]! < ceiling) early.push(record);
    }
    if (this.#layRecord !== undefined) early.forEach(this.#layRecord);
    this.#early = early.sort((a, b) => values[a]! - values[b]!);
    this.#ceiling = ceiling;
    return early;
  }

  /** Whether more than a few records may have a priority below a ceiling. */
  hasMany(ceiling: number): boolean {
    if (ceiling > this.#ceiling) return true;
    const next = this.#early[FEW];
    return next !== undefined && this.priorities[next]! < ceiling;
  }

  /** The same object for every feature. */
  at(record: number): SampledRecord {
    const known = this.#known.get(record);
    if (known !== undefined) return known;
    const origins = this.#origins!;
    const sampled: SampledRecord = {
      file: origins.file,
      line: origins.lines[record]!,
      place: [this.#file, this.#priorities.rows[record]!],
      eventId: origins.eventIds?.at(record),
      inferenceId: origins.inferenceIds?.at(record),
      inferenceTime: origins.inferenceTimes?.at(record),
    };
    this.#known.set(record, sampled);
    return sampled;
  }
}
