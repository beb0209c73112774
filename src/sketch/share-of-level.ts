/**
 * How counts are spread over the levels of a sketch: by their binary digits, a digit at level b
 * weighing 2^b, but not above a top level, where a number stands several times.
 */
import type { RankMap } from "./rank-map.ts";

/** So many equal items are written by the array itself. */
const FILLED_MIN = 16;

/** The share of each number's count that level `h` takes, as items in ascending order. */
export function shareOfLevel(h: number, top: number, values: RankMap): Float64Array {
  const { items, n } = values;
  const taken = new Float64Array(h === top ? Math.floor(n / 2 ** h) : items.length);
  let size = 0;
  for (let i = 0; i < items.length; i++) {
    const until = size + timesOf(i, h, top, values);
    if (until - size < FILLED_MIN) while (size < until) taken[size++] = items[i]!;
    else taken.fill(items[i]!, size, until);
    size = until;
  }
  return taken.subarray(0, size);
}

/** How often each of the numbers stands in level `h`. */
export function timesAtLevel(h: number, top: number, values: RankMap): Float64Array {
  const times = new Float64Array(values.items.length);
  for (let i = 0; i < times.length; i++) times[i] = timesOf(i, h, top, values);
  return times;
}

function timesOf(i: number, h: number, top: number, { ranks }: RankMap): number {
  const count = i === 0 ? ranks[i]! : ranks[i]! - ranks[i - 1]!;
  const times = Math.floor(count / 2 ** h);
  return h === top ? times : times % 2;
}
