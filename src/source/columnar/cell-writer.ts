/** What writes the cells of one column into batches. */
import type { BatchBuilder } from "../batch/batch-builder.ts";

/**
 * Writes the cell at a position, from 0, behind the batch's text, where it ends at `position`;
 * false, and nothing is written, for a missing cell.
 */
export type CellWriter = (at: number, builder: BatchBuilder) => boolean;
