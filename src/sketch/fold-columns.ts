/** Moments of four columns at once, in the kernel (`kernel/assembly/column-moments.ts`). */
import { type Kernel, openKernel } from "../kernel/kernel.ts";

export const COLUMNS = 4;
/** The statistics of one column: n, sum, avg, m2, min, max, negatives and zeros. */
export const STATISTICS = 8;
const LANES = 2;
const VALUES_MAX = 4096;
const BYTES = 8;
const MOMENTS_AT = 64;
const VALUES_AT: number = MOMENTS_AT + BYTES * STATISTICS * COLUMNS;
const COLUMN_BYTES: number = BYTES * VALUES_MAX;

/** Opened with the first call; null where a machine can not run it. */
let kernel: Kernel | null | undefined;

/**
 * Folds the first `count` values of four columns into `moments`, the statistics of one column after
 * those of another. False, changing nothing, where the machine can not run the kernel.
 */
export function foldColumns(
  moments: Float64Array,
  columns: readonly Float64Array[],
  count: number,
): boolean {
  kernel ??= open();
  if (kernel === null) return false;
  const held = new Float64Array(kernel.buffer);
  for (let i = 0; i < moments.length; i++) held[placeOf(i)] = moments[i]!;
  for (let from = 0; from < count; from += VALUES_MAX) {
    const until = Math.min(count, from + VALUES_MAX);
    columns.forEach((values, column) => {
      held.set(values.subarray(from, until), (VALUES_AT + column * COLUMN_BYTES) / BYTES);
    });
    const [a, b, c, d] = [0, 1, 2, 3].map((column) => VALUES_AT + column * COLUMN_BYTES);
    kernel.code.foldColumns(MOMENTS_AT, a!, b!, c!, d!, until - from);
  }
  for (let i = 0; i < moments.length; i++) moments[i] = held[placeOf(i)]!;
  return true;
}

function open(): Kernel | null {
  const opened = openKernel();
  opened?.reserve(VALUES_AT + COLUMNS * COLUMN_BYTES);
  return opened ?? null;
}

/** Two columns share each vector. */
function placeOf(i: number): number {
  const column = Math.floor(i / STATISTICS);
  const pair = Math.floor(column / LANES);
  const place = LANES * (STATISTICS * pair + (i % STATISTICS)) + (column % LANES);
  return MOMENTS_AT / BYTES + place;
}
