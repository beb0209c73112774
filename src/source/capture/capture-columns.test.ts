import { describe, expect, it } from "vitest";
import type { SelectionOptions } from "../column-selection.ts";
import { CaptureColumns } from "./capture-columns.ts";

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

  it("chooses named cells by their position in the row as long as positions are given", () => {
    const columns = new CaptureColumns({ columns: ["0", "_c2"], exclude: ["2"] });
    expect(columns.isByName).toBe(false);
    expect(["a", undefined, "2"].map((name, at) => columns.keeps(at, name))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("chooses by name as soon as one name is given, and nothing of a row without names", () => {
    const columns = new CaptureColumns({ columns: ["a", "1", "b"], exclude: ["b", "_c0"] });
    expect(columns.isByName).toBe(true);
    const names = ["a", "b", "c", "1", undefined];
    expect(names.map((name) => columns.keeps(0, name))).toEqual([true, false, false, true, false]);
    const excluded = new CaptureColumns({ exclude: ["a", "_c0"] });
    const others = ["a", "b", "_c0", undefined];
    expect(others.map((name) => excluded.keeps(0, name))).toEqual([false, true, false, true]);
    expect([columns.widthOf(9), columns.wholeWidthOf(9), excluded.widthOf(9)]).toEqual([0, 0, 0]);
    expect(excluded.wholeWidthOf(9)).toBe(0);
  });

  it("refuses to leave no column", () => {
    const message =
      "--columns and --exclude leave no column; expected at least one column to read.";
    for (const options of [
      { columns: ["1"], exclude: ["_c1"] },
      { columns: ["a"], exclude: ["a"] },
    ]) {
      expect(() => new CaptureColumns(options)).toThrow(
        expect.objectContaining({ code: "usage", message }),
      );
    }
  });
});
