/**
 * Ascending sort of doubles: small whole numbers by counting, others by a window of their bits,
 * in the kernel where the machine can run it.
 */
import { countWholes } from "./count-wholes.ts";
import { openNumberKernel } from "./number-kernel.ts";
import { sortWindow, WINDOW_VALUES_MAX } from "./sort-window.ts";

/** Below this many values the passes over the counters cost more than they save. */
const RADIX_MIN = 200;

/** Sorts values[0, length) in place; they must not be NaN or -0. */
export function sortDoubles(values: Float64Array, length: number): void {
  const sorted = values.subarray(0, length);
  const isFew = length >= RADIX_MIN && length <= WINDOW_VALUES_MAX;
  if (isFew && countWholes(values, length)) return;
  const isSorted = isFew && (openNumberKernel()?.sortWindow(sorted) ?? sortWindow(values, length));
  if (!isSorted) sorted.sort();
}
