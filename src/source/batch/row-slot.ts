import type { BatchBuilder } from "./batch-builder.ts";

/** Where the cells of one side go. */
export interface SideSlot {
  /** The column of the first one. */
  readonly column: number;
  readonly cells: number;
}

/** Where the cells of a record go: the next one of a batch that is not full. */
export interface RowSlot {
  readonly builder: BatchBuilder;
  /** Columns of that batch. */
  readonly width: number;
  readonly input: SideSlot | undefined;
  readonly output: SideSlot | undefined;
}
