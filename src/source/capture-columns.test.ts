import { describe, expect, it } from "vitest";
import { CaptureColumns } from "./capture-columns.ts";
import type { SelectionOptions } from "./column-selection.ts";

function select(options: SelectionOptions, width: number): number[] {
  const columns = new CaptureColumns(options);
  const starts = Uint32Array.from({ length: width }, (_, i) => i);
  const ends = Uint32Array.from({ length: width }, (_, i) => i + 1);
  columns.select(starts, ends, width);
  const left = columns.widthOf(width);
  expect([...ends.subarray(0, left)]).toEqual([...starts.subarray(0, left)].map((s) => s + 1));
  return [...starts.subarray(0, left)];
}

describe("CaptureColumns", () => {
  it("reads all columns by default", () => {
    expect(select({}, 3)).toEqual([0, 1, 2]);
  });

  it("keeps the named columns in the row's order", () => {
    expect(select({ columns: ["_c2", "0"] }, 4)).toEqual([0, 2]);
  });

  it("leaves excluded columns out, and minds none beyond the row", () => {
    expect(select({ exclude: ["1", "_c9"] }, 3)).toEqual([0, 2]);
    expect(select({ columns: ["0", "1"], exclude: ["1"] }, 3)).toEqual([0]);
  });

  it("leaves nothing of a row that lacks a kept column or has excluded ones only", () => {
    expect(select({ columns: ["0", "3"] }, 3)).toEqual([]);
    expect(select({ exclude: ["0"] }, 1)).toEqual([]);
  });

  it("refuses what is no position", () => {
    expect(() => new CaptureColumns({ exclude: ["Phone"] })).toThrow(
      expect.objectContaining({
        code: "usage",
        message:
          '--exclude names "Phone"; expected a position from 0, such as 3 or _c3. ' +
          "Captured rows carry no column names.",
      }),
    );
  });

  it("refuses to leave no column", () => {
    expect(() => new CaptureColumns({ columns: ["1"], exclude: ["_c1"] })).toThrow(
      expect.objectContaining({
        code: "usage",
        message: "--columns and --exclude leave no column; expected at least one column to read.",
      }),
    );
  });
});
