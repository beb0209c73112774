/**
 * How counts are spread over the levels of a sketch: by their binary digits, a digit at level b
 * weighing 2^b, but not above a top level, where a number stands several times.
 */
import { openNumberKernel, VALUES_MAX } from "./number-kernel.ts";
import type { RankMap } from "./rank-map.ts";

/** So many equal items are written by the array itself. */
const FILLED_MIN = 16;

/** Fewer numbers are not worth a copy into the kernel. */
const KERNEL_MIN = 100;

/**
 * The highest level that n values known by their counts go to: the one at which they fill the raw
 * level of a sketch once, about as high as that of n numbers folded in one by one.
 */
export function topFor(n: number, capacity: number): number {
  return Math.max(0, Math.ceil(Math.log2(n / capacity)));
}

/** The share of each number's count that level `h` takes, as items in ascending order. */
export function shareOfLevel(h: number, top: number, values: RankMap): Float64Array {
  const size = Math.max(values.items.length, h === top ? values.n / 2 ** h : 0);
  const isForKernel = values.items.length >= KERNEL_MIN && size <= VALUES_MAX;
  const kernel = isForKernel ? openNumberKernel() : undefined;
  return kernel?.shareOfLevel(h, h === top, values) ?? shareOneByOne(h, top, values);
}

function shareOneByOne(h: number, top: number, values: RankMap): Float64Array {
  const { items, ranks, n } = values;
  const weight = 2 ** h;
  const isTop = h === top;
  const taken = new Float64Array(isTop ? Math.floor(n / weight) : items.length);
  let size = 0;
  let below = 0;
  for (let i = 0; i < items.length; i++) {
    const rank = ranks[i]!;
    const times = Math.floor((rank - below) / weight);
    below = rank;
    if (!isTop) {
      if (times % 2 === 1) taken[size++] = items[i]!;
    } else if (times < FILLED_MIN) {
      for (const until = size + times; size < until; size++) taken[size] = items[i]!;
    } else {
      taken.fill(items[i]!, size, size + times);
      size += times;
    }
  }
  return taken.subarray(0, size);
}

/** How often each of the numbers stands in level `h`. */
export function timesAtLevel(h: number, top: number, { ranks }: RankMap): Float64Array {
  const weight = 2 ** h;
  const times = new Float64Array(ranks.length);
  let below = 0;
  for (let i = 0; i < ranks.length; i++) {
    const all = Math.floor((ranks[i]! - below) / weight);
    times[i] = h === top ? all : all % 2;
    below = ranks[i]!;
  }
  return times;
}
