import { mergeRuns } from "./merge-runs.ts";
import { sortDoubles } from "./sort-doubles.ts";

const EMPTY = new Float64Array(0);

/** Items of one weight, in a buffer that grows by doubling. */
export class KllLevel {
  readonly capacity: number;
  items: Float64Array = EMPTY;
  length = 0;
  compactions = 0;
  offset = 0;
  /** Where ascending runs start; undefined where the order is not known. */
  #starts: number[] | undefined = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  view(): Float64Array {
    return this.items.subarray(0, this.length);
  }

  /** Appends values in any order. */
  append(values: Float64Array): void {
    if (values.length === 0) return;
    this.#starts = undefined;
    this.#push(values);
  }

  /** Appends values that ascend. */
  appendRun(values: Float64Array): void {
    if (values.length === 0) return;
    this.#starts?.push(this.length);
    this.#push(values);
  }

  #push(values: Float64Array): void {
    const length = this.length + values.length;
    if (length > this.items.length) {
      const grown = new Float64Array(Math.max(length, 2 * this.items.length));
      grown.set(this.view());
      this.items = grown;
    }
    this.items.set(values, this.length);
    this.length = length;
  }

  /** Passes every second of the sorted items up, leaving an odd last one; returns how many fell. */
  compactInto(above: KllLevel, onSorted: ((values: Float64Array) => void) | undefined): number {
    const even = this.length & ~1;
    if (this.compactions % 2 === 1) this.offset = 1 - this.offset;
    this.compactions += 1;
    const { items } = this;
    if (this.#starts === undefined) sortDoubles(items, even);
    else mergeRuns(items, even, this.#starts);
    onSorted?.(items.subarray(0, even));
    const half = even / 2;
    halve(items, half, this.offset);
    above.appendRun(items.subarray(0, half));
    this.length -= even;
    if (this.length === 1) items[0] = items[even]!;
    this.#starts = this.length === 1 ? [0] : [];
    return half;
  }

  countUpTo(x: number): number {
    const { items, length } = this;
    let count = 0;
    for (let i = 0; i < length; i++) if (items[i]! <= x) count += 1;
    return count;
  }

  countBelow(x: number): number {
    const { items, length } = this;
    let count = 0;
    for (let i = 0; i < length; i++) if (items[i]! < x) count += 1;
    return count;
  }
}

/** Moves every second item, from `offset` on, to the front. */
function halve(items: Float64Array, half: number, offset: number): void {
  let i = 0;
  // Four at a time, since a turn of the loop costs more than a move.
  for (let from = offset; i < half - 3; i += 4, from += 8) {
    const second = items[from + 2]!;
    const third = items[from + 4]!;
    const fourth = items[from + 6]!;
    items[i] = items[from]!;
    items[i + 1] = second;
    items[i + 2] = third;
    items[i + 3] = fourth;
  }
  for (; i < half; i++) items[i] = items[2 * i + offset]!;
}
