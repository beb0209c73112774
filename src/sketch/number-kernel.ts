/**
 * Loops over columns of numbers in the kernel, whose memory they share: nothing stays in it between
 * two calls.
 */
import { type Kernel, openKernel, SCRATCH_AT } from "../kernel/kernel.ts";
import type { RankMap } from "./rank-map.ts";

/** Columns that are folded at once. */
export const COLUMNS = 4;
/** The statistics of one column: n, sum, avg, m2, min, max, negatives and zeros. */
export const STATISTICS = 8;
/** Columns that share a vector. */
const LANES = 2;
/** Values of an area. */
export const VALUES_MAX = 4096;
const BYTES = 8;
const MOMENTS_AT: number = SCRATCH_AT;
const MOMENTS_PLACE: number = MOMENTS_AT / BYTES;
/** Areas of 4,096 doubles: columns, or the values of a sort, its scratch and its counters. */
const AREA_BYTES: number = BYTES * VALUES_MAX;
const AREAS_AT: number = MOMENTS_AT + BYTES * STATISTICS * COLUMNS;
const [AREA_A, AREA_B, AREA_C, AREA_D] = [0, 1, 2, 3].map((i) => AREAS_AT + i * AREA_BYTES) as [
  number,
  number,
  number,
  number,
];

const EXPONENTS = 2048;
const SUMS_AT: number = AREAS_AT + COLUMNS * AREA_BYTES;
/** The exponents of which there are sums, and a byte for each exponent that tells so. */
const USED_AT: number = SUMS_AT + BYTES * STATISTICS * EXPONENTS;
const FLAGS_AT: number = USED_AT + 2 * EXPONENTS;
const SCRATCH_BYTES: number = FLAGS_AT + EXPONENTS - SCRATCH_AT;

export class NumberKernel {
  /** Eight sums for each exponent of a double, zero between two uses: see `exact-powers.ts`. */
  readonly sums: Float64Array;
  readonly #kernel: Kernel;
  readonly #memory: Float64Array;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#memory = new Float64Array(kernel.buffer);
    this.sums = this.#memory.subarray(SUMS_AT / BYTES, USED_AT / BYTES);
  }

  /**
   * Adds numbers to the sums, each as often as its rank is above the one before, and returns the
   * exponents met, valid until the next call.
   */
  addCounted(items: Float64Array, ranks: Float64Array): Uint16Array {
    let listed = 0;
    for (let from = 0; from < items.length; from += VALUES_MAX) {
      const until = Math.min(items.length, from + VALUES_MAX);
      this.#memory.set(items.subarray(from, until), AREA_A / BYTES);
      this.#memory.set(ranks.subarray(from, until), AREA_B / BYTES);
      const below = from === 0 ? 0 : ranks[from - 1]!;
      const { code } = this.#kernel;
      const count = until - from;
      listed = code.addCounted(AREA_A, AREA_B, count, below, SUMS_AT, USED_AT, listed);
    }
    new Uint8Array(this.#kernel.buffer, FLAGS_AT, EXPONENTS).fill(0);
    return new Uint16Array(this.#kernel.buffer, USED_AT, listed);
  }

  /** As the function of this name does, for at most 4,096 numbers and as many items. */
  shareOfLevel(h: number, isTop: boolean, { items, ranks }: RankMap): Float64Array {
    const memory = this.#memory;
    memory.set(items, AREA_A / BYTES);
    memory.set(ranks, AREA_B / BYTES);
    const { code } = this.#kernel;
    const top = isTop ? 1 : 0;
    const size = code.shareOfLevel(AREA_A, AREA_B, items.length, 2 ** h, top, AREA_C);
    return memory.slice(AREA_C / BYTES, AREA_C / BYTES + size);
  }

  /**
   * Folds the first `count` values of four columns into `moments`, the statistics of one column
   * after those of another.
   */
  foldColumns(moments: Float64Array, columns: readonly Float64Array[], count: number): void {
    for (let i = 0; i < moments.length; i++) this.#memory[placeOf(i)] = moments[i]!;
    for (let from = 0; from < count; from += VALUES_MAX) {
      const until = Math.min(count, from + VALUES_MAX);
      columns.forEach((values, column) => {
        this.#memory.set(values.subarray(from, until), (AREAS_AT + column * AREA_BYTES) / BYTES);
      });
      const { code } = this.#kernel;
      code.foldColumns(MOMENTS_AT, AREA_A, AREA_B, AREA_C, AREA_D, until - from);
    }
    for (let i = 0; i < moments.length; i++) moments[i] = this.#memory[placeOf(i)]!;
  }

  /** Sorts up to 4,096 values, none NaN or -0; false when they are out of order still. */
  sortWindow(values: Float64Array): boolean {
    this.#memory.set(values, AREA_A / BYTES);
    const isSorted = this.#kernel.code.sortWindow(AREA_A, AREA_B, AREA_C, values.length) === 1;
    values.set(this.#memory.subarray(AREA_A / BYTES, AREA_A / BYTES + values.length));
    return isSorted;
  }
}

/** Opened with the first call; null where the machine can not run it. */
let opened: NumberKernel | null | undefined;

/** The kernel of this thread; undefined where the machine can not run one. */
export function openNumberKernel(): NumberKernel | undefined {
  if (opened === undefined) {
    const kernel = openKernel(SCRATCH_BYTES);
    opened = kernel === undefined ? null : new NumberKernel(kernel);
  }
  return opened ?? undefined;
}

/** Where a statistic stands in the kernel's memory: two columns share each vector. */
function placeOf(i: number): number {
  const column = Math.floor(i / STATISTICS);
  const pair = Math.floor(column / LANES);
  return MOMENTS_PLACE + LANES * (STATISTICS * pair + (i % STATISTICS)) + (column % LANES);
}
