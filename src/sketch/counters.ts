/** Arrays of counters, which may lie in a kernel's memory; each cell is at least 0. */
import type { Kernel } from "../kernel/kernel.ts";

/** Fewer counters are sooner looked at than a kernel is called. */
const KERNEL_MIN = 256;

/** Counters that are not 0: their indexes, divided, and what they count. */
export interface ListedCounts {
  readonly items: Float64Array;
  readonly counts: Float64Array;
}

/** Adds all counters. */
export function sumOf(counts: Float64Array, kernel?: Kernel | undefined): number {
  if (isWorthCalling(counts, kernel)) {
    return kernel!.code.sumCounts(counts.byteOffset, counts.length);
  }
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/** Lists all counters that are not 0, in their order; no item is -0. */
export function listCounts(
  counts: Float64Array,
  divisor: number,
  kernel?: Kernel | undefined,
): ListedCounts {
  const { length } = counts;
  const bytes = 2 * counts.byteLength;
  const at = isWorthCalling(counts, kernel) ? kernel!.allocate(bytes, false) : undefined;
  if (at === undefined) return listOneByOne(counts, divisor);
  const size = kernel!.code.listCounts(counts.byteOffset, length, divisor, at);
  const listed = new Float64Array(kernel!.buffer, at, 2 * length);
  kernel!.free(at, bytes);
  return { items: listed.slice(0, size), counts: listed.slice(length, length + size) };
}

function listOneByOne(counts: Float64Array, divisor: number): ListedCounts {
  const items = new Float64Array(counts.length);
  const taken = new Float64Array(counts.length);
  let size = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (count === 0) continue;
    items[size] = i / divisor + 0;
    taken[size] = count;
    size += 1;
  }
  return { items: items.slice(0, size), counts: taken.slice(0, size) };
}

/** Counters that are shared lie in the memory of the kernel that their table has. */
function isWorthCalling(counts: Float64Array, kernel: Kernel | undefined): boolean {
  const isLong = kernel !== undefined && counts.length >= KERNEL_MIN;
  return isLong && counts.buffer instanceof SharedArrayBuffer;
}
