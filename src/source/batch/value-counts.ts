/**
 * Values of typed columns counted instead of being written, where a consumer of the batches has
 * counters for them: numbers in its counters of decimals; of equal texts one is written, with the
 * number of its cells. Cells that neither is done to are laid, each with its row.
 *
 * Invariant: what the counters, the laid cells and the missing ones hold together is what batches
 * of laid cells would, and batches end where they would: the bytes of texts that were not written
 * are told to the builder. Memory: 12 bytes a cell of a batch.
 */
import { type Cells, MISSING } from "../../base/cells.ts";
import {
  type Batch,
  type CellsWanted,
  type Column,
  type CounterOffer,
  RUN_CELLS_MAX,
} from "./batch.ts";
import type { BatchBuilder } from "./batch-builder.ts";
import { NumberCounter } from "./number-counter.ts";

let stamps = 0;

/** What is counted of the columns of a builder's batches. */
export class ValueCounts implements CounterOffer {
  readonly #builder: BatchBuilder;
  readonly #numbers: NumberCounter | undefined;
  readonly #columns: ColumnCounts[] = [];
  #isTold = false;

  constructor(builder: BatchBuilder) {
    this.#builder = builder;
    this.#numbers = builder.kernel && NumberCounter.open(builder.kernel);
  }

  /** Whether the builder has records enough to be shown, so that what is wanted is told. */
  get isAsking(): boolean {
    return !this.#isTold && this.#builder.records >= RUN_CELLS_MAX;
  }

  set(position: number, wanted: CellsWanted): void {
    this.#columnAt(position).decimals = typeof wanted === "string" ? undefined : wanted.decimals;
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
    this.#isTold = true;
    const columns = batch.columns.map(
      (column, position) => this.#columns[position]?.show(column, batch.records) ?? column,
    );
    return { ...batch, columns, counters: this };
  }

  #columnAt(position: number): ColumnCounts {
    for (let at = this.#columns.length; at <= position; at++) {
      this.#columns.push(new ColumnCounts(this.#builder, this.#numbers, at));
    }
    return this.#columns[position]!;
  }
}

/** The cells of one column in the batch under way. */
export class ColumnCounts {
  /** The consumer's counters; undefined where it has none. */
  decimals: number | undefined;
  /** Whether the column is counted in this batch. */
  isActive = false;
  /** Missing cells that are not laid. */
  missing = 0;
  /** Bytes of the texts of all cells so far, over all batches. */
  bytes = 0;
  /** Tells batches and columns apart: what was laid under this number still stands. */
  stamp = 0;
  readonly #builder: BatchBuilder;
  readonly #numbers: NumberCounter | undefined;
  readonly #position: number;
  #laid = 0;
  #rows: Uint32Array = new Uint32Array(0);
  #weights: Uint32Array = new Uint32Array(0);
  /** Bytes of the text of each cell that is laid. */
  #lengths: Uint32Array = new Uint32Array(0);

  constructor(builder: BatchBuilder, numbers: NumberCounter | undefined, position: number) {
    this.#builder = builder;
    this.#numbers = numbers;
    this.#position = position;
  }

  /** Begins a batch, whose first cells can be counted or not. */
  begin(canCount: boolean): void {
    const { kernel, stride } = this.#builder;
    const hasCounters = this.decimals !== undefined && this.#numbers !== undefined;
    this.isActive = canCount && hasCounters && kernel !== undefined;
    if (!this.isActive) return;
    this.missing = 0;
    this.stamp = ++stamps;
    this.#laid = 0;
    if (this.#rows.length < stride) {
      this.#rows = new Uint32Array(stride);
      this.#weights = new Uint32Array(stride);
      this.#lengths = new Uint32Array(stride);
    }
  }

  /** A place in the kernel's memory for the doubles of a run. */
  get values(): Float64Array {
    return this.#numbers!.values;
  }

  /**
   * Counts `count` doubles of an array in the kernel's memory, each with `placesMin` decimals at
   * least; returns how many have no counter, or are NaN, and lists them in `rest`.
   */
  countNumbers(values: Float64Array, from: number, count: number, placesMin: 0 | 1): number {
    const numbers = this.#numbers!;
    this.leaveOut(numbers.count(values, from, count, this.decimals!, placesMin));
    return numbers.rest[0]!;
  }

  /** The number in its run of a double that was left by the last count. */
  restAt(each: number): number {
    return this.#numbers!.rest[1 + each]!;
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
    this.#lengths[cell] = end - start;
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
    this.#weights[cell]! += 1;
    return this.#lengths[cell]!;
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
