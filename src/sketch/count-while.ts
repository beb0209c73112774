/**
 * Finds the first place in [from, until) that fails a condition which no later one meets, or
 * `until` where none fails; by halving.
 */
export function countWhile(from: number, until: number, isMet: (place: number) => boolean): number {
  let low = from;
  let high = until;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isMet(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
