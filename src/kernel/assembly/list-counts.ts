/**
 * Counters of one column as its distinct numbers: as `sketch/counters.ts`.
 *
 * Invariant: counts are whole numbers whose sum is below 2^53, so that nothing is rounded.
 */

/** Adds `length` counters up. */
export function sumCounts(counts: usize, length: u32): f64 {
  let sum: f64 = 0;
  for (const end = counts + ((<usize>length) << 3); counts < end; counts += 8) {
    sum += load<f64>(counts);
  }
  return sum;
}

/**
 * Writes the index of each of `length` counters that is not 0, divided, to `to`, and what it
 * counts so many places behind; returns how many there are. No number is -0.
 */
export function listCounts(counts: usize, length: u32, divisor: f64, to: usize): u32 {
  const bytes = (<usize>length) << 3;
  let size: usize = 0;
  for (let at: usize = 0; at < bytes; at += 8) {
    const count = load<f64>(counts + at);
    if (count === 0) continue;
    store<f64>(to + size, <f64>(at >> 3) / divisor + 0);
    store<f64>(to + bytes + size, count);
    size += 8;
  }
  return <u32>(size >> 3);
}
