/**
 * How early each record of a run is taken into a sample: a hash of a seed and of the record's
 * place, so that the same records are taken however they are read.
 */
import { foldBits, mixBits } from "../base/mix-bits.ts";
import { BATCH_RECORDS_MAX, type RecordOrigins } from "../source/batch/batch.ts";

const GOLDEN = 0x9e37_79b9;
const HIGH_UNIT = 2 ** 21;

/** Priorities of the records of one batch after another; batches of a file come in their order. */
export class RecordPriorities {
  /** Whole numbers below 2^53, one each for the records of the batch taken last. */
  readonly values: Float64Array = new Float64Array(BATCH_RECORDS_MAX);
  /** From 0, which row of its line each record is: a captured line may hold several. */
  readonly rows: Uint32Array = new Uint32Array(BATCH_RECORDS_MAX);
  /** The least of the priorities. */
  least: number = Number.POSITIVE_INFINITY;
  readonly #seed: number;
  #file = -1;
  #fileBits = 0;
  #line = 0;
  #row = 0;

  constructor(seed: number) {
    this.#seed = mixBits(foldBits(seed));
  }

  /**
   * Takes a batch of the run's file of this number, from 0. Priorities from `ceiling` on are told
   * to be so, and no more of them.
   */
  take(
    { lines }: RecordOrigins,
    records: number,
    file: number,
    ceiling: number = Number.POSITIVE_INFINITY,
  ): void {
    const { values, rows } = this;
    if (file !== this.#file) {
      this.#file = file;
      this.#fileBits = mixBits(this.#seed + mixBits(file ^ GOLDEN));
      this.#line = 0;
    }
    const bits = this.#fileBits;
    let last = this.#line;
    let row = this.#row;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < records; i++) {
      const line = lines[i]!;
      row = line === last ? row + 1 : 0;
      last = line;
      rows[i] = row;
      const high = mixBits(mixBits(line + bits) + row);
      let priority = (high >>> 0) * HIGH_UNIT;
      if (priority < ceiling) priority += mixBits(high ^ mixBits(line ^ bits)) >>> 11;
      values[i] = priority;
      if (priority < least) least = priority;
    }
    this.#line = last;
    this.#row = row;
    this.least = least;
  }
}
