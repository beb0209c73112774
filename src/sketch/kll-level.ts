import { sortDoubles } from "./sort-doubles.ts";

/** Items of one weight, in a buffer that grows by doubling. */
export class KllLevel {
  readonly capacity: number;
  items: Float64Array = new Float64Array(0);
  length = 0;
  compactions = 0;
  offset = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  view(): Float64Array {
    return this.items.subarray(0, this.length);
  }

  append(values: Float64Array): void {
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
    sortDoubles(items, even);
    onSorted?.(items.subarray(0, even));
    const half = even / 2;
    for (let i = 0; i < half; i++) items[i] = items[2 * i + this.offset]!;
    above.append(items.subarray(0, half));
    this.length -= even;
    if (this.length === 1) items[0] = items[even]!;
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
