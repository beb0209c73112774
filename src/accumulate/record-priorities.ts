/**
 * How early each record of a run is taken into a sample: a hash of a seed and of the record's
 * place, so that the same records are taken however they are read.
 */
import { foldBits, mixBits } from "../base/mix-bits.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { BATCH_RECORDS_MAX, type Batch } from "../source/batch/batch.ts";

const GOLDEN = 0x9e37_79b9;
const HIGH_UNIT = 2 ** 21;
/** The fields of `Place`, and behind them of an `Early` for each record, 32 bits each. */
const [LINE, ROW, LIST, EARLY_FIELDS] = [0, 1, 2, 2];
const WORDS: number = LIST + EARLY_FIELDS * BATCH_RECORDS_MAX;
/** What all priorities are below. */
export const PRIORITY_END: number = 2 ** 53;

type SampledBatch = Pick<Batch, "records" | "columns" | "origins">;

/** Priorities of the records of one batch after another; batches of a file come in their order. */
export class RecordPriorities {
  /** Whole numbers below 2^53, one each for the early records of the batch taken last. */
  readonly values: Float64Array = new Float64Array(BATCH_RECORDS_MAX);
  /** From 0, which row of its line each early record is: a captured line may hold several. */
  readonly rows: Uint32Array = new Uint32Array(BATCH_RECORDS_MAX);
  readonly #seed: number;
  readonly #kernel: Kernel | undefined;
  /** The line and row of the record before, and the records listed last. */
  readonly #words: Uint32Array;
  #file = -1;
  #fileBits = 0;

  /** Takes the kernel that may look at batches in its memory. */
  constructor(seed: number, kernel?: Kernel | undefined) {
    this.#seed = mixBits(foldBits(seed));
    const at = kernel?.allocate(4 * WORDS);
    this.#kernel = at === undefined ? undefined : kernel;
    this.#words =
      at === undefined ? new Uint32Array(WORDS) : new Uint32Array(kernel!.buffer, at, WORDS);
  }

  /**
   * Takes a batch of the run's file of this number, from 0; returns its early records, those of
   * priorities below `ceiling`, in the batch's order.
   */
  take(batch: SampledBatch, file: number, ceiling: number = Number.POSITIVE_INFINITY): number[] {
    const { values, rows } = this;
    const words = this.#words;
    if (file !== this.#file) {
      this.#file = file;
      this.#fileBits = mixBits(this.#seed + mixBits(file ^ GOLDEN));
      words[LINE] = 0;
    }
    const { lines } = batch.origins;
    const bits = this.#fileBits;
    // Most records are told by half of their priority.
    const listed = this.#list(batch, Math.min(Math.floor(ceiling / HIGH_UNIT), 0xffff_ffff));
    const early: number[] = [];
    for (let at = LIST; at < LIST + EARLY_FIELDS * listed; at += EARLY_FIELDS) {
      const record = words[at]!;
      const row = words[at + 1]!;
      const line = lines[record]!;
      const high = halfOf(line, row, bits);
      const priority = high * HIGH_UNIT + (mixBits(high ^ mixBits(line ^ bits)) >>> 11);
      if (priority >= ceiling) continue;
      values[record] = priority;
      rows[record] = row;
      early.push(record);
    }
    return early;
  }

  /** Lists the records of which half of the priority is at most `highest`; returns their number. */
  #list({ records, columns, origins: { lines } }: SampledBatch, highest: number): number {
    const words = this.#words;
    const bits = this.#fileBits;
    if (this.#kernel !== undefined && this.#kernel === columns[0]?.kernel) {
      const placeAt = words.byteOffset;
      const listAt = placeAt + 4 * LIST;
      const { code } = this.#kernel;
      return code.listEarly(lines.byteOffset, records, bits, highest, placeAt, listAt);
    }
    let last = words[LINE]!;
    let row = words[ROW]!;
    let at = LIST;
    for (let record = 0; record < records; record++) {
      const line = lines[record]!;
      row = line === last ? row + 1 : 0;
      last = line;
      if (halfOf(line, row, bits) > highest) continue;
      words[at++] = record;
      words[at++] = row;
    }
    words[LINE] = last;
    words[ROW] = row;
    return (at - LIST) / EARLY_FIELDS;
  }
}

/** The upper 32 bits of a priority. */
function halfOf(line: number, row: number, bits: number): number {
  return mixBits(mixBits(line + bits) + row) >>> 0;
}
