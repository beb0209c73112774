/**
 * How early each record of a run is taken into a sample: a hash of a seed and of the record's
 * place, so that the same records are taken however they are read.
 */
import { foldBits, mixBits } from "../base/mix-bits.ts";
import { BATCH_RECORDS_MAX, type RecordOrigins } from "../source/batch/batch.ts";

const GOLDEN = 0x9e37_79b9;
const HIGH_UNIT = 2 ** 21;
/** What all priorities are below. */
export const PRIORITY_END: number = 2 ** 53;

/** Priorities of the records of one batch after another; batches of a file come in their order. */
export class RecordPriorities {
  /** Whole numbers below 2^53, one each for the early records of the batch taken last. */
  readonly values: Float64Array = new Float64Array(BATCH_RECORDS_MAX);
  /** From 0, which row of its line each early record is: a captured line may hold several. */
  readonly rows: Uint32Array = new Uint32Array(BATCH_RECORDS_MAX);
  readonly #seed: number;
  #file = -1;
  #fileBits = 0;
  #line = 0;
  #row = 0;

  constructor(seed: number) {
    this.#seed = mixBits(foldBits(seed));
  }

  /**
   * Takes a batch of the run's file of this number, from 0; returns its early records, those of
   * priorities below `ceiling`, in the batch's order.
   */
  take(
    { lines }: RecordOrigins,
    records: number,
    file: number,
    ceiling: number = Number.POSITIVE_INFINITY,
  ): number[] {
    const { values, rows } = this;
    if (file !== this.#file) {
      this.#file = file;
      this.#fileBits = mixBits(this.#seed + mixBits(file ^ GOLDEN));
      this.#line = 0;
    }
    const bits = this.#fileBits;
    let last = this.#line;
    let row = this.#row;
    const early: number[] = [];
    // Most records are told by half of their priority.
    const highest = Math.min(Math.floor(ceiling / HIGH_UNIT), 0xffff_ffff) >>> 0;
    for (let i = 0; i < records; i++) {
      const line = lines[i]!;
      row = line === last ? row + 1 : 0;
      last = line;
      const high = mixBits(mixBits(line + bits) + row) >>> 0;
      if (high > highest) continue;
      const priority = high * HIGH_UNIT + (mixBits(high ^ mixBits(line ^ bits)) >>> 11);
      if (priority >= ceiling) continue;
      values[i] = priority;
      rows[i] = row;
      early.push(i);
    }
    this.#line = last;
    this.#row = row;
    return early;
  }
}
