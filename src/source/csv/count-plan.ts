/**
 * Which columns of the batches to come are counted while they are read, and where, and of which
 * ones zeros are left out: an offer of the reader that a consumer of its batches may take, batch by
 * batch.
 *
 * Cells whose counters exist are counted; the others are laid, one behind another with their row
 * numbers, as are all cells of the columns that are not counted, but for their zeros. Invariant:
 * what the counters, the laid cells and the zeros hold together is what batches of laid cells
 * would.
 *
 * Cells are visited one by one, which costs more than laying all in order unless enough of them
 * need not be laid. How many zeros there are is known of batches taken so; every 16th one is, to
 * find out. The first batch is shown when it has a few records, so that the rest of it can be
 * counted. Memory: 4 bytes a cell of a batch, 32 a column and 16 KiB.
 */
import { MISSING } from "../../base/cells.ts";
import {
  type Batch,
  type CellsWanted,
  type Column,
  type CountedPart,
  type CounterOffer,
  RUN_CELLS_MAX,
} from "../batch/batch.ts";
import type { BatchBuilder } from "../batch/batch-builder.ts";

/** The fields of `CountedColumn`, 32 bits each. */
const COLUMN_FIELDS = ["decimals", "texts", "laid", "missing"] as const;
const FIELDS: number = COLUMN_FIELDS.length;
const [DECIMALS, TEXTS, LAID, MISSING_CELLS] = [0, 1, 2, 3];

/** Blocks of 64 bytes of the longest record that is counted. */
const BLOCKS_MAX = 1024;
/** The share of cells that need not be laid from which on a batch is counted. */
const SPARED_MIN = 0.5;
/** Batches from one that shows how many zeros there are to the next. */
const PROBE_BATCHES = 16;
const ZERO = 48;
const NO_ROWS = new Uint32Array(0);

export class CountPlan implements CounterOffer {
  readonly #width: number;
  readonly #stride: number;
  /** One `CountedColumn` behind another. */
  readonly #columns: Uint32Array;
  /** Row numbers of the cells laid, as far apart as their ranges. */
  readonly #rows: Uint32Array;
  readonly #record: Uint32Array;
  readonly #masks: Uint32Array;
  /** Whether a column's zeros are left out, by position. */
  readonly #isSparse: boolean[] = [];
  /** How a column of which nothing was laid was shown last, by position. */
  readonly #counted: (Column & { readonly counted: CountedPart })[] = [];
  /** Zeros left out of a record, in the batch counted last. */
  #zerosPerRecord = 0;
  /** Batches until zeros are counted again. */
  #untilProbe = 0;
  /** Records with which the batch under way is to be shown, so that what is wanted is told. */
  recordsMax: number = RUN_CELLS_MAX;
  /** Whether the batch under way is counted. */
  isActive = false;

  private constructor(width: number, stride: number, pieces: readonly Uint32Array[]) {
    this.#width = width;
    this.#stride = stride;
    [this.#columns, this.#rows, this.#record, this.#masks] = pieces as [
      Uint32Array,
      Uint32Array,
      Uint32Array,
      Uint32Array,
    ];
  }

  /** For a builder's batches; undefined where no kernel is, or no room in its memory. */
  static open({ kernel, width, stride }: BatchBuilder): CountPlan | undefined {
    if (kernel === undefined) return undefined;
    const lengths = [FIELDS * width, width * stride, 3 * width, 6 * BLOCKS_MAX];
    const pieces: Uint32Array[] = [];
    for (const length of lengths) {
      const at = kernel.allocate(4 * length);
      if (at === undefined) return undefined;
      pieces.push(new Uint32Array(kernel.buffer, at, length));
    }
    return new CountPlan(width, stride, pieces);
  }

  /** Where the kernel finds all this; see `CsvRun`. */
  get places(): Readonly<Record<"columns" | "rows" | "record" | "masks" | "blocksMax", number>> {
    return {
      columns: this.#columns.byteOffset,
      rows: this.#rows.byteOffset,
      record: this.#record.byteOffset,
      masks: this.#masks.byteOffset,
      blocksMax: BLOCKS_MAX,
    };
  }

  set(position: number, wanted: CellsWanted): void {
    const at = FIELDS * position;
    const places = typeof wanted === "string" ? undefined : wanted;
    this.#columns[at + DECIMALS] = places?.decimals ?? 0;
    this.#columns[at + TEXTS] = places?.texts ?? 0;
    this.#isSparse[position] = wanted === "sparse";
  }

  /** Begins a batch, which is laid unless counting it is offered. */
  begin(isOffered = true): void {
    const columns = this.#columns;
    let counted = 0;
    let sparse = 0;
    for (let position = 0; position < this.#width; position++) {
      const at = FIELDS * position;
      columns[at + LAID] = 0;
      columns[at + MISSING_CELLS] = 0;
      if (columns[at + DECIMALS] !== 0) counted++;
      else if (this.#isSparse[position]) sparse++;
    }
    const zeros = this.#untilProbe === 0 ? sparse : Math.min(sparse, this.#zerosPerRecord);
    this.isActive = isOffered && counted + zeros > SPARED_MIN * this.#width;
    this.#untilProbe = this.isActive ? PROBE_BATCHES : Math.max(0, this.#untilProbe - 1);
  }

  /** Lays all cells of a record of the batch's next row; as `BatchBuilder.addRecord`. */
  lay(
    {
      columnStarts,
      columnEnds,
      records,
    }: Pick<BatchBuilder, "columnStarts" | "columnEnds" | "records">,
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
    this.recordsMax = Number.POSITIVE_INFINITY;
    const { columns, records } = batch;
    if (!this.isActive) return { ...batch, counters: this };
    const shown = columns.map((column, position) => this.#show(column, position, records));
    const zeros = shown.reduce((sum, column) => sum + (column.zeros ?? 0), 0);
    if (records > 0) this.#zerosPerRecord = zeros / records;
    return { ...batch, columns: shown, counters: this };
  }

  #show(column: Column, position: number, records: number): Column {
    const at = FIELDS * position;
    const count = this.#columns[at + LAID]!;
    const isCounted = this.#columns[at + DECIMALS] !== 0;
    if (isCounted && count === 0) return this.#showCounted(column, position, records);
    const first = position * this.#stride;
    const rows = this.#rows.subarray(first, first + count);
    const { bytes, starts, ends, kernel } = column;
    if (isCounted) {
      const counted = { cells: records, missing: this.#columns[at + MISSING_CELLS]! };
      return { bytes, starts, ends, kernel, count, rows, counted };
    }
    if (count === records) return column;
    if (this.#isSparse[position]) {
      return { bytes, starts, ends, kernel, count, rows, zeros: records - count };
    }
    layZeros(column, rows);
    return column;
  }

  /** Shows a column of which nothing was laid: as a rule, as in the last batch. */
  #showCounted(column: Column, position: number, cells: number): Column {
    const missing = this.#columns[FIELDS * position + MISSING_CELLS]!;
    const last = this.#counted[position];
    const { bytes, starts, ends, kernel } = column;
    if (last?.bytes === bytes && last.counted.cells === cells && last.counted.missing === missing) {
      return last;
    }
    const counted = { cells, missing };
    const shown = { bytes, starts, ends, kernel, count: 0, rows: NO_ROWS, counted };
    this.#counted[position] = shown;
    return shown;
  }
}

/** Lays the zeros left out of a column whose laid cells are those of `rows`. */
function layZeros({ bytes, starts, ends, count }: Column, rows: Uint32Array): void {
  // All zeros are alike: any will do, and there is one.
  const zero = bytes.indexOf(ZERO);
  let laid = rows.length;
  // From the back, so that cells are moved before their place is taken.
  for (let row = count - 1; row >= laid; row--) {
    const isLaid = laid > 0 && rows[laid - 1] === row;
    if (isLaid) laid--;
    starts[row] = isLaid ? starts[laid]! : zero;
    ends[row] = isLaid ? ends[laid]! : zero + 1;
  }
}
