import type { Column, RecordOrigins } from "../source/batch/batch.ts";

/** A column and where its cells came from. */
export interface PlacedColumn {
  readonly column: Column;
  readonly origins: RecordOrigins;
  /** Whether what comes next belongs to the same batch. */
  readonly isPart?: boolean | undefined;
}
