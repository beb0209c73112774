/**
 * Which cells of a captured row are read. Captured rows carry no names, so columns are named by
 * their position from 0, as `3` or `_c3`, counted in the whole row of both sides.
 */
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";
import type { SelectionOptions } from "./column-selection.ts";

/** Chooses cells by position: the kept ones, less the excluded ones. */
export class CaptureColumns {
  readonly #kept: ReadonlySet<number> | undefined;
  readonly #excluded: ReadonlySet<number>;

  /** Throws a usage error for what is no position, and when nothing can be left. */
  constructor({ columns, exclude = [] }: SelectionOptions) {
    this.#excluded = parsePositions("--exclude", exclude);
    if (columns === undefined) return;
    const kept = parsePositions("--columns", columns);
    for (const position of this.#excluded) kept.delete(position);
    this.#kept = kept;
    if (kept.size > 0) return;
    throw new TidemarkError({
      code: "usage",
      what: "--columns and --exclude leave no column",
      expected: "at least one column to read",
    });
  }

  /** Counts what is left of a row of `width` cells; 0 also when the row lacks a kept column. */
  widthOf(width: number): number {
    if (this.#kept === undefined) return width - countBelow(this.#excluded, width);
    return countBelow(this.#kept, width) === this.#kept.size ? this.#kept.size : 0;
  }

  /** Computes the width of a row of which `left` cells are left; 0 when it can not be told. */
  wholeWidthOf(left: number): number {
    return this.#kept === undefined ? left + this.#excluded.size : 0;
  }

  /** Moves the cells that are read to the front of a row of `width` cells. */
  select(starts: Uint32Array, ends: Uint32Array, width: number): void {
    if (this.#kept === undefined && this.#excluded.size === 0) return;
    let to = 0;
    for (let cell = 0; cell < width; cell++) {
      if (this.#kept === undefined ? this.#excluded.has(cell) : !this.#kept.has(cell)) continue;
      starts[to] = starts[cell]!;
      ends[to++] = ends[cell]!;
    }
  }
}

function parsePositions(option: string, columns: readonly string[]): Set<number> {
  return new Set(
    columns.map((column) => {
      const digits = /^(?:_c)?(\d{1,9})$/.exec(column)?.[1];
      if (digits !== undefined) return Number(digits);
      throw new TidemarkError({
        code: "usage",
        what: `${option} names ${excerpt(column)}`,
        expected: "a position from 0, such as 3 or _c3",
        hint: "Captured rows carry no column names.",
      });
    }),
  );
}

function countBelow(positions: ReadonlySet<number>, width: number): number {
  let count = 0;
  for (const position of positions) if (position < width) count += 1;
  return count;
}
