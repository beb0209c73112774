/** Sums over arrays of counters, each cell at least 0. */

/** Adds all counters. */
export function sumOf(counts: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}
