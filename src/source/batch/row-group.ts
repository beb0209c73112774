/**
 * Rows under way to batches: those of one width, or those laid by name, whose columns may grow.
 *
 * A batch of the latter has the columns that had been met by its end. Invariant: which rows share a
 * batch depends on the rows alone. Memory: one batch.
 */

import type { CaptureKernel } from "../capture/capture-kernel.ts";
import { CountedRows } from "../capture/counted-rows.ts";
import type { Batch } from "./batch.ts";
import { BatchBuilder } from "./batch-builder.ts";
import { openBatchMemory } from "./batch-memory.ts";
import { ValueCounts } from "./value-counts.ts";

/** Columns kept free when columns were added once, so that few batches end for want of them. */
const GROWTH = 1.25;

export class RowGroup {
  readonly builder: BatchBuilder;
  /** Reads alike lines into the builder's batches. */
  readonly kernel: CaptureKernel | undefined;
  /** Counts rows that the kernel reads; undefined where they are all laid. */
  counted: CountedRows | undefined;
  /** Counts values of records in memory; undefined where they are laid. */
  readonly counts: ValueCounts | undefined;
  #offersRows: boolean;
  /** Names of the columns, live; undefined for rows of one width. */
  readonly #names: readonly string[] | undefined;
  #width: number;
  #file = "";

  /**
   * Takes the width, or names that may grow; the kernel is no other group's. Counts are offered as
   * long as the width stays the same.
   */
  constructor(
    columns: number | readonly string[],
    kernel?: CaptureKernel | undefined,
    offersCounts = false,
  ) {
    this.builder = new BatchBuilder(kernel?.memory ?? openBatchMemory());
    this.kernel = kernel;
    this.#offersRows = offersCounts && kernel !== undefined;
    this.counts = offersCounts && kernel === undefined ? new ValueCounts(this.builder) : undefined;
    const isByName = typeof columns === "object";
    this.#names = isByName ? columns : undefined;
    this.#width = isByName ? columns.length : columns;
  }

  /** Begins a file; the batch must be empty. */
  begin(file: string): void {
    this.#file = file;
    this.#fit();
  }

  /** Whether the batch must be finished and reset before a row can be added. */
  get isOutgrown(): boolean {
    return this.#names !== undefined && this.#names.length > this.#width;
  }

  /** Takes the row that was added last, its cells laid at its place in all columns. */
  takeLaid(): void {
    (this.counted ?? this.counts)?.takeLaid();
  }

  /** Shows the rows added as a batch, valid until `reset`. */
  finish(): Batch {
    const laid = this.builder.finish();
    const batch = (this.counted ?? this.counts)?.finish(laid) ?? laid;
    const names = this.#names;
    if (names === undefined) return batch;
    const columns = batch.columns.slice(0, names.length);
    return { ...batch, columns, names: names.slice(0, columns.length) };
  }

  /** Begins the next batch of the same file. */
  reset(): void {
    this.builder.reset();
    this.#fit();
    this.counted?.begin();
  }

  #fit(): void {
    if (this.isOutgrown) this.#width = Math.ceil(this.#names!.length * GROWTH);
    this.builder.begin(this.#file, this.#width);
    if (!this.#offersRows) return;
    if (this.counted === undefined) this.counted = CountedRows.open(this.builder);
    else if (this.counted.width !== this.#width) this.counted = undefined;
    this.#offersRows = this.counted !== undefined;
  }
}
