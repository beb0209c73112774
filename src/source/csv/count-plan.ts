/**
 * Which columns of the batches to come are counted while they are read, and where: an offer of the
 * reader that a consumer of its batches may take, batch by batch.
 *
 * Cells whose counters exist are counted; the others are laid, one behind another with their row
 * numbers, as are all cells of the columns that are not counted. Invariant: what the counters and
 * the laid cells hold together is what batches of laid cells would.
 * Memory: 4 bytes a cell of a batch, 32 a column and 16 KiB.
 */
import { MISSING } from "../../base/cells.ts";
import type { Batch, Column, CounterOffer, CounterPlaces } from "../batch/batch.ts";
import type { BatchBuilder } from "../batch/batch-builder.ts";

/** The fields of `CountedColumn`, 32 bits each. */
const COLUMN_FIELDS = ["decimals", "texts", "laid", "missing"] as const;
const FIELDS: number = COLUMN_FIELDS.length;
const [DECIMALS, TEXTS, LAID, MISSING_CELLS] = [0, 1, 2, 3];

/** Blocks of 64 bytes of the longest record that is counted. */
const BLOCKS_MAX = 1024;

export class CountPlan implements CounterOffer {
  readonly #width: number;
  readonly #stride: number;
  /** One `CountedColumn` behind another. */
  readonly #columns: Uint32Array;
  /** Row numbers of the cells laid, as far apart as their ranges. */
  readonly #rows: Uint32Array;
  readonly #laid: Uint32Array;
  readonly #record: Uint32Array;
  readonly #masks: Uint32Array;
  #laidCount: number;
  /** Whether the batch under way is counted. */
  isActive = false;

  private constructor(width: number, stride: number, pieces: readonly Uint32Array[]) {
    this.#width = width;
    this.#stride = stride;
    [this.#columns, this.#rows, this.#laid, this.#record, this.#masks] = pieces as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ];
    this.#laidCount = width;
  }

  /** For a builder's batches; undefined where no kernel is, or no room in its memory. */
  static open({ kernel, width, stride }: BatchBuilder): CountPlan | undefined {
    if (kernel === undefined) return undefined;
    const lengths = [FIELDS * width, width * stride, width, 3 * width, 4 * BLOCKS_MAX];
    const pieces: Uint32Array[] = [];
    for (const length of lengths) {
      const at = kernel.allocate(4 * length);
      if (at === undefined) return undefined;
      pieces.push(new Uint32Array(kernel.buffer, at, length));
    }
    return new CountPlan(width, stride, pieces);
  }

  /** Where the kernel finds all this; see `CsvRun`. */
  get places(): Readonly<
    Record<"columns" | "rows" | "laid" | "laidCount" | "record" | "masks" | "blocksMax", number>
  > {
    return {
      columns: this.#columns.byteOffset,
      rows: this.#rows.byteOffset,
      laid: this.#laid.byteOffset,
      laidCount: this.#laidCount,
      record: this.#record.byteOffset,
      masks: this.#masks.byteOffset,
      blocksMax: BLOCKS_MAX,
    };
  }

  /** Says where the batches to come count a column; undefined for a column to be laid. */
  set(position: number, places: CounterPlaces | undefined): void {
    const at = FIELDS * position;
    this.#columns[at + DECIMALS] = places?.decimals ?? 0;
    this.#columns[at + TEXTS] = places?.texts ?? 0;
  }

  /** Begins a batch. It is counted when most columns are. */
  begin(): void {
    const columns = this.#columns;
    this.#laidCount = 0;
    for (let position = 0; position < this.#width; position++) {
      const at = FIELDS * position;
      columns.fill(0, at + LAID, at + FIELDS);
      if (columns[at + DECIMALS] === 0) this.#laid[this.#laidCount++] = position;
    }
    this.isActive = 2 * this.#laidCount < this.#width;
  }

  /** Lays all cells of a record of the batch's next row; as `BatchBuilder.addRecord`. */
  lay(
    { columnStarts, columnEnds, records }: BatchBuilder,
    starts: Uint32Array,
    ends: Uint32Array,
    cells: number,
  ): void {
    for (let position = 0; position < this.#width; position++) {
      const laid = FIELDS * position + LAID;
      const at = position * this.#stride + this.#columns[laid]!;
      this.#columns[laid]! += 1;
      columnStarts[at] = position < cells ? starts[position]! : MISSING;
      columnEnds[at] = position < cells ? ends[position]! : 0;
      this.#rows[at] = records;
    }
  }

  /** Shows the batch under way as what was counted and laid of it. */
  finish(batch: Batch): Batch {
    const { columns, records } = batch;
    if (!this.isActive) return { ...batch, counters: this };
    const shown = columns.map((column, position) => this.#show(column, position, records));
    return { ...batch, columns: shown, counters: this };
  }

  #show(column: Column, position: number, records: number): Column {
    const at = FIELDS * position;
    const count = this.#columns[at + LAID]!;
    if (this.#columns[at + DECIMALS] === 0) return { ...column, count };
    const first = position * this.#stride;
    const counted = { cells: records, missing: this.#columns[at + MISSING_CELLS]! };
    const rows = count === 0 ? undefined : this.#rows.subarray(first, first + count);
    const { bytes, starts, ends, kernel } = column;
    return { bytes, starts, ends, kernel, count, rows, counted };
  }
}
