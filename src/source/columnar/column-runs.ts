/** Takes runs of cells of typed columns into batches: laid one by one, or counted. */
import type { BatchBuilder } from "../batch/batch-builder.ts";
import type { ValueCounts } from "../batch/value-counts.ts";
import type { NullTokens } from "../null-tokens.ts";
import { type CellCounter, CellRun, type CellWriter } from "./cell-writer.ts";

/** What takes the cells of a column. */
export interface ColumnWriter {
  readonly write: CellWriter;
  /** Undefined where cells can only be written. */
  readonly count: CellCounter | undefined;
}

export class ColumnRuns {
  readonly #builder: BatchBuilder;
  readonly #tokens: NullTokens | undefined;
  readonly #counts: ValueCounts | undefined;
  readonly #run: CellRun;
  /** Undefined where the run holds the cells. */
  #countedBytes: number | undefined;

  /** Takes texts that are missing, or what counts the builder's columns: not both. */
  constructor(
    builder: BatchBuilder,
    tokens: NullTokens | undefined,
    counts: ValueCounts | undefined,
  ) {
    this.#builder = builder;
    this.#tokens = tokens;
    this.#counts = counts;
    this.#run = new CellRun(builder);
  }

  /** Says that the text written so far is gone. */
  beginBatch(): void {
    this.#run.beginBatch();
  }

  /** Bytes of the texts of the cells that were taken last. */
  get bytes(): number {
    return this.#countedBytes ?? this.#run.bytes;
  }

  /**
   * Takes cells of a column at positions [`from`, `to`) for the rows behind the builder's records,
   * at most `RUN_CELLS_MAX` of them.
   */
  write(column: number, { write, count }: ColumnWriter, from: number, to: number): void {
    const run = this.#run;
    run.count = 0;
    this.#countedBytes = undefined;
    const counts = this.#counts?.column(column, count !== undefined);
    if (counts === undefined) {
      write(from, to, run);
      this.#lay(column);
      return;
    }
    const { records } = this.#builder;
    const { bytes } = counts;
    if (count !== undefined) {
      count(from, to, records, counts, run);
    } else {
      write(from, to, run);
      counts.layRun(run, records);
    }
    this.#countedBytes = counts.bytes - bytes;
  }

  #lay(column: number): void {
    const { bytes, columnStarts, columnEnds, stride, records } = this.#builder;
    const { starts, ends, count } = this.#run;
    this.#tokens?.apply(bytes, starts, ends, count);
    const at = column * stride + records;
    for (let cell = 0; cell < count; cell++) {
      columnStarts[at + cell] = starts[cell]!;
      columnEnds[at + cell] = ends[cell]!;
    }
  }
}
