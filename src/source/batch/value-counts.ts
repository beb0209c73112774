/**
 * Values of typed columns counted instead of being written, where a consumer of the batches has
 * counters for them: numbers in its counters of decimals; of equal texts one is written, with the
 * number of its cells. Cells that neither is done to are laid, each with its row.
 *
 * Invariant: what the counters, the laid cells and the missing ones hold together is what batches
 * of laid cells would, and batches end where they would: the bytes of texts that were not written
 * are told to the builder. Memory: 8 bytes a cell of a batch.
 */
import { type Cells, MISSING } from "../../base/cells.ts";
import {
  type Batch,
  type CellsWanted,
  COUNTER_SCALES,
  type Column,
  type CounterOffer,
  type CounterPlaces,
} from "./batch.ts";
import type { BatchBuilder } from "./batch-builder.ts";

/** Places of a number that is counted at most, and the kinds of numbers by sign and places. */
const SCALES = 4;
const KINDS: number = 2 * SCALES;

const POWERS: Float64Array = Float64Array.of(1, 10, 100, 1000);
/** What has fewer digits may have a counter. */
const DIGITS_MAX = 65_536;
/** Bytes of the text of each such number, those of the same places together. */
const TEXT_BYTES: Uint8Array = new Uint8Array(SCALES * DIGITS_MAX);
for (let places = 0; places < SCALES; places++) {
  const lengths = TEXT_BYTES.subarray(places * DIGITS_MAX, (places + 1) * DIGITS_MAX);
  for (let length = 1, from = 0; from < DIGITS_MAX; from = 10 ** length++) {
    lengths.fill(places === 0 ? length : Math.max(length, places + 1) + 1, from);
  }
}

const NONE = new Float64Array(0);
let stamps = 0;

/** What is counted of the columns of a builder's batches. */
export class ValueCounts implements CounterOffer {
  readonly #builder: BatchBuilder;
  readonly #columns: ColumnCounts[] = [];

  constructor(builder: BatchBuilder) {
    this.#builder = builder;
  }

  set(position: number, wanted: CellsWanted): void {
    this.#columnAt(position).places = typeof wanted === "string" ? undefined : wanted;
  }

  /**
   * The column whose cells of this batch are to be counted; undefined where they are to be laid,
   * as they are where the first ones of the batch can not be counted.
   */
  column(position: number, canCount: boolean): ColumnCounts | undefined {
    const column = this.#columnAt(position);
    if (this.#builder.records === 0) column.begin(canCount);
    return column.isActive ? column : undefined;
  }

  /** Moves the cells of the record that was added last behind those laid of their columns. */
  takeLaid(): void {
    const { columnStarts, columnEnds, records, stride } = this.#builder;
    const row = records - 1;
    for (const [position, column] of this.#columns.entries()) {
      // A column of which nothing was counted has all its cells where they belong.
      if (row === 0) column.isActive = false;
      if (!column.isActive) continue;
      const at = position * stride + row;
      if (columnStarts[at] === MISSING) column.missing += 1;
      else column.lay(columnStarts[at]!, columnEnds[at]!, row);
    }
  }

  /** Shows the batch under way as what was counted and laid of it. */
  finish(batch: Batch): Batch {
    const columns = batch.columns.map(
      (column, position) => this.#columns[position]?.show(column, batch.records) ?? column,
    );
    return { ...batch, columns, counters: this };
  }

  #columnAt(position: number): ColumnCounts {
    for (let at = this.#columns.length; at <= position; at++) {
      this.#columns.push(new ColumnCounts(this.#builder, at));
    }
    return this.#columns[position]!;
  }
}

/** The cells of one column in the batch under way. */
export class ColumnCounts {
  /** Where the consumer counts; undefined where it does not. */
  places: CounterPlaces | undefined;
  /** Whether the column is counted in this batch. */
  isActive = false;
  /** Missing cells that are not laid. */
  missing = 0;
  /** Bytes of the texts of all cells so far, over all batches. */
  bytes = 0;
  /** Tells batches and columns apart: what was laid under this number still stands. */
  stamp = 0;
  /** The counters of all columns. */
  counters: Float64Array = NONE;
  /** Of each sign and scale the first counter, and how many digits have one. */
  readonly bases: Uint32Array = new Uint32Array(KINDS);
  readonly lengths: Uint32Array = new Uint32Array(KINDS);
  readonly #builder: BatchBuilder;
  readonly #position: number;
  /** Most decimals of the numbers that were counted in the batch. */
  #scale = 0;
  #laid = 0;
  #rows: Uint32Array = new Uint32Array(0);
  #weights: Uint32Array = new Uint32Array(0);

  constructor(builder: BatchBuilder, position: number) {
    this.#builder = builder;
    this.#position = position;
  }

  /** Begins a batch, whose first cells can be counted or not. */
  begin(canCount: boolean): void {
    const { kernel, stride } = this.#builder;
    const { places } = this;
    this.isActive = canCount && places !== undefined && kernel !== undefined;
    if (!this.isActive) return;
    this.missing = 0;
    this.#scale = 0;
    this.stamp = ++stamps;
    this.#laid = 0;
    if (this.#rows.length < stride) {
      this.#rows = new Uint32Array(stride);
      this.#weights = new Uint32Array(stride);
    }
    const { buffer } = kernel!;
    if (this.counters.buffer !== buffer) this.counters = new Float64Array(buffer);
    const fields = new Uint32Array(buffer, places!.decimals, 4 * COUNTER_SCALES);
    for (let kind = 0; kind < KINDS; kind++) {
      const at = 2 * (kind < SCALES ? kind : kind - SCALES + COUNTER_SCALES);
      this.bases[kind] = fields[at]! / Float64Array.BYTES_PER_ELEMENT;
      this.lengths[kind] = fields[at + 1]!;
    }
  }

  /** Counts a whole number; returns the bytes of its digits, 0 where it has no counter. */
  countWhole(number: number): number {
    const digits = Math.abs(number);
    const kind = number < 0 ? SCALES : 0;
    if (!(digits < this.lengths[kind]!)) return 0;
    this.counters[this.bases[kind]! + digits]! += 1;
    return TEXT_BYTES[digits]! + (number < 0 ? 1 : 0);
  }

  /** Counts a number that has a point where it is not whole, as `countWhole` does. */
  countNumber(number: number): number {
    return Number.isInteger(number) ? this.countWhole(number) : this.#countPointed(number);
  }

  /**
   * Counts a number with the fewest decimals that tell it, at least one; returns the bytes of its
   * text, 0 where it has no counter.
   */
  #countPointed(number: number): number {
    const magnitude = Math.abs(number);
    if (!(magnitude < DIGITS_MAX)) return 0;
    let scale = 1;
    let digits = (magnitude * POWERS[scale]! + 0.5) | 0;
    while (digits / POWERS[scale]! !== magnitude) {
      scale += 1;
      if (scale === SCALES) return 0;
      digits = (magnitude * POWERS[scale]! + 0.5) | 0;
    }
    const kind = number < 0 ? SCALES + scale : scale;
    if (digits >= this.lengths[kind]!) return 0;
    this.counters[this.bases[kind]! + digits]! += 1;
    this.#scale = Math.max(this.#scale, scale);
    return TEXT_BYTES[scale * DIGITS_MAX + digits]! + (number < 0 ? 1 : 0);
  }

  /**
   * Counts the numbers at positions [`from`, `to`), whole ones with a point or without; lists the
   * positions of those that have no counter, and of NaN, in `rest`, and returns how many they are.
   */
  countNumbers(
    numbers: ArrayLike<number>,
    from: number,
    to: number,
    hasPoint: boolean,
    rest: Uint32Array,
  ): number {
    const placesMin = hasPoint ? 1 : 0;
    let bytes = 0;
    let left = 0;
    for (let at = from; ; at++) {
      const isWhole = !hasPoint && this.#scale === 0;
      at = isWhole
        ? this.#countWholes(numbers, at, to)
        : this.#countScaled(numbers, at, to, placesMin);
      if (at === to) break;
      const counted = hasPoint ? this.#countPointed(numbers[at]!) : this.countNumber(numbers[at]!);
      if (counted === 0) rest[left++] = at;
      bytes += counted;
    }
    this.leaveOut(bytes);
    return left;
  }

  /** Counts whole numbers up to the first that is none of a few digits; returns where it stands. */
  #countWholes(numbers: ArrayLike<number>, from: number, to: number): number {
    const { counters, bases, lengths } = this;
    const first = bases[0]!;
    const length = lengths[0]!;
    let bytes = 0;
    let at = from;
    for (; at < to; at++) {
      const number = numbers[at]!;
      const whole = number | 0;
      if (whole !== number || whole >>> 0 >= length) break;
      counters[first + whole]! += 1;
      bytes += TEXT_BYTES[whole]!;
    }
    this.leaveOut(bytes);
    return at;
  }

  /** As for whole ones, numbers of no more decimals than were met, with so many at least. */
  #countScaled(numbers: ArrayLike<number>, from: number, to: number, placesMin: number): number {
    const { counters, bases, lengths } = this;
    const scale = Math.max(this.#scale, placesMin);
    const power = POWERS[scale]!;
    let bytes = 0;
    let at = from;
    for (; at < to; at++) {
      const number = numbers[at]!;
      let digits = (number * power + 0.5) | 0;
      if (digits / power !== number) break;
      let places = scale;
      while (places > placesMin && digits % 10 === 0) {
        digits = (digits / 10) | 0;
        places -= 1;
      }
      if (digits >>> 0 >= lengths[places]!) break;
      counters[bases[places]! + digits]! += 1;
      bytes += TEXT_BYTES[places * DIGITS_MAX + digits]!;
    }
    this.leaveOut(bytes);
    return at;
  }

  /** Lays a cell and returns its number, by which others of its text may be added. */
  lay(start: number, end: number, row: number): number {
    const { columnStarts, columnEnds, stride } = this.#builder;
    const cell = this.#laid++;
    const at = this.#position * stride + cell;
    columnStarts[at] = start;
    columnEnds[at] = end;
    this.#rows[cell] = row;
    this.#weights[cell] = 1;
    this.bytes += end - start;
    return cell;
  }

  /** Lays cells of successive rows from `row` on; those that are missing are counted. */
  layRun({ starts, ends, count }: Omit<Cells, "bytes">, row: number): void {
    for (let cell = 0; cell < count; cell++) {
      if (starts[cell] === MISSING) this.missing += 1;
      else this.lay(starts[cell]!, ends[cell]!, row + cell);
    }
  }

  /** Adds a cell of the text of one that was laid in this batch; returns its bytes. */
  addTo(cell: number): number {
    const { columnStarts, columnEnds, stride } = this.#builder;
    this.#weights[cell]! += 1;
    const at = this.#position * stride + cell;
    return columnEnds[at]! - columnStarts[at]!;
  }

  /** Says that texts of so many bytes would have been written, had they not been counted. */
  leaveOut(bytes: number): void {
    this.#builder.unwritten += bytes;
    this.bytes += bytes;
  }

  show({ bytes, starts, ends, kernel }: Column, records: number): Column | undefined {
    if (!this.isActive) return undefined;
    return {
      bytes,
      starts,
      ends,
      kernel,
      count: this.#laid,
      rows: this.#rows,
      weights: this.#weights,
      counted: { cells: records, missing: this.missing },
    };
  }
}
