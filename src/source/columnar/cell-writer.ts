/** What writes the cells of one column into batches, many of them at a time. */
import { MISSING } from "../../base/cells.ts";
import { RUN_CELLS_MAX } from "../batch/batch.ts";
import type { BatchBuilder } from "../batch/batch-builder.ts";
import type { ColumnCounts } from "../batch/value-counts.ts";
import { SpellKernel } from "./spell-kernel.ts";

/** Writes the cells at positions [`from`, `to`), from 0, behind those of a run, in order. */
export type CellWriter = (from: number, to: number, run: CellRun) => void;

/**
 * Counts cells instead: the first is that of the batch's row `row`. What has no counter is written
 * through `run`, in which nothing stands, and laid.
 */
export type CellCounter = (
  from: number,
  to: number,
  row: number,
  counts: ColumnCounts,
  run: CellRun,
) => void;

let batches = 0;

/** Cells of one column on their way into a batch, in whose text they lie, maybe several in one. */
export class CellRun {
  /** Takes texts; nothing may wait to be read. */
  readonly builder: BatchBuilder;
  /** As in `Cells`; the first `count` are valid. */
  readonly starts: Uint32Array = new Uint32Array(RUN_CELLS_MAX);
  readonly ends: Uint32Array = new Uint32Array(RUN_CELLS_MAX);
  count = 0;
  /** Tells texts apart: what was written under this number still stands where it did. */
  batch: number = ++batches;

  #spelling: SpellKernel | undefined;

  constructor(builder: BatchBuilder) {
    this.builder = builder;
  }

  /** What spells doubles in the memory of the batch; undefined where nothing does. */
  get spelling(): SpellKernel | undefined {
    const { kernel } = this.builder;
    if (kernel === undefined) return undefined;
    this.#spelling ??= SpellKernel.open(kernel, RUN_CELLS_MAX);
    return this.#spelling;
  }

  /** Says that the text written so far is gone. */
  beginBatch(): void {
    this.batch = ++batches;
  }

  /** Offers the batch's bytes with room for so many from its `position` on. */
  room(bytes: number): Uint8Array {
    this.builder.reserve(bytes);
    return this.builder.bytes;
  }

  /** Adds a cell and returns where it ends. */
  add(start: number, end: number): number {
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
    return end;
  }

  addMissing(): void {
    this.starts[this.count++] = MISSING;
  }

  /** Bytes of all cells. */
  get bytes(): number {
    let bytes = 0;
    for (let cell = 0; cell < this.count; cell++) {
      if (this.starts[cell] !== MISSING) bytes += this.ends[cell]! - this.starts[cell]!;
    }
    return bytes;
  }
}

/** Lays the present cell at a position as it is written; returns its number in the column. */
export function layWritten(
  at: number,
  row: number,
  counts: ColumnCounts,
  run: CellRun,
  write: CellWriter,
): number {
  run.count = 0;
  write(at, at + 1, run);
  return counts.lay(run.starts[0]!, run.ends[0]!, row);
}

/** Writes the ASCII characters of a text at a place and returns where they end. */
export function writeAscii(bytes: Uint8Array, at: number, text: string): number {
  for (let each = 0; each < text.length; each++) bytes[at + each] = text.charCodeAt(each);
  return at + text.length;
}
