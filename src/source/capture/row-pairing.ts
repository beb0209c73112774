/**
 * How the rows of a request meet the rows of its reply, for bodies that hold several.
 *
 * | input rows a, output rows b | rows |
 * | --- | --- |
 * | a = b | row by row |
 * | b = 1 with a cells without names, a > 1 | one output cell per input row |
 * | a = 1, b > 1 | the input is repeated |
 * | a side without rows | the rows of the other |
 */
import type { Fault } from "./capture-record.ts";

/** Cells of one side's row: [from, to) in the side's cells. */
export interface CellRange {
  readonly from: number;
  readonly to: number;
  /** The cells' names, where the payload gives them. */
  readonly names?: readonly string[] | undefined;
}

/** One row of a record; a side that has no part in it is undefined. */
export interface PairedRow {
  readonly input: CellRange | undefined;
  readonly output: CellRange | undefined;
}

/** Pairs the rows of both sides; a fault when no line of the table above fits. */
export function pairRows(
  input: readonly CellRange[],
  output: readonly CellRange[],
): readonly PairedRow[] | Fault {
  if (output.length === 0) return input.map((row) => ({ input: row, output: undefined }));
  if (input.length === 0) return output.map((row) => ({ input: undefined, output: row }));
  if (input.length === output.length)
    return input.map((row, i) => ({ input: row, output: output[i] }));
  const [firstInput, firstOutput] = [input[0]!, output[0]!];
  if (output.length === 1 && isSpread(firstOutput, input.length)) {
    return input.map((row, i) => ({
      input: row,
      output: { from: firstOutput.from + i, to: firstOutput.from + i + 1 },
    }));
  }
  if (input.length === 1) return output.map((row) => ({ input: firstInput, output: row }));
  const detail = `${input.length} input rows do not pair with ${output.length} output rows`;
  return { reason: "row_pairing", detail };
}

/** Whether a row is one prediction per input row; named cells are values of several kinds. */
function isSpread({ from, to, names }: CellRange, rows: number): boolean {
  return names === undefined && to - from === rows;
}

/** Counts the cells of a side's row; none where the side has no part in the row. */
export function lengthOf(range: CellRange | undefined): number {
  return range === undefined ? 0 : range.to - range.from;
}
