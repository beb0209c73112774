/**
 * Searches of ascending numbers by halving. They are loops of their own, as a condition that is
 * called at each step takes most of the time.
 */

/** Finds the first place in [from, until) of a number that is not below `x`; `until` for none. */
export function countBelow(
  numbers: ArrayLike<number>,
  x: number,
  from = 0,
  until: number = numbers.length,
): number {
  let low = from;
  let high = until;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Finds the first place in [from, until) of a number above `x`; `until` for none. */
export function countUpTo(
  numbers: ArrayLike<number>,
  x: number,
  from = 0,
  until: number = numbers.length,
): number {
  let low = from;
  let high = until;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
