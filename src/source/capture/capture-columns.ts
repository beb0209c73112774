/**
 * Which cells of a captured row are read: by position or by name.
 *
 * When `columns` and `exclude` hold positions only (`3` or `_c3`, from 0), they count the cells of
 * the whole row, that of both sides, as it comes. When they hold a name, all of them are names,
 * which only rows of JSON have; beside cells with names, one without is read unless `columns` is
 * given.
 */
import { TidemarkError } from "../../base/tidemark-error.ts";
import type { SelectionOptions } from "../column-selection.ts";

type Key = number | string;

/** Chooses cells: the kept ones, less the excluded ones. */
export class CaptureColumns {
  /** Whether cells are chosen by name, so that nothing can be chosen of a row without names. */
  readonly isByName: boolean;
  readonly #kept: ReadonlySet<Key> | undefined;
  readonly #excluded: ReadonlySet<Key>;

  /** Throws a usage error when nothing can be left. */
  constructor({ columns, exclude = [] }: SelectionOptions) {
    const positions = new Map(
      [...(columns ?? []), ...exclude].map((column) => [column, positionOf(column)]),
    );
    this.isByName = [...positions.values()].includes(undefined);
    const keyOf = (column: string): Key => (this.isByName ? column : positions.get(column)!);
    this.#excluded = new Set(exclude.map(keyOf));
    if (columns === undefined) return;
    const kept = new Set(columns.map(keyOf));
    for (const key of this.#excluded) kept.delete(key);
    this.#kept = kept;
    if (kept.size > 0) return;
    throw new TidemarkError({
      code: "usage",
      what: "--columns and --exclude leave no column",
      expected: "at least one column to read",
    });
  }

  /** Whether every cell is read. */
  get isAll(): boolean {
    return this.#kept === undefined && this.#excluded.size === 0;
  }

  /** Whether a cell is read, given its position in the whole row and its name if it has one. */
  keeps(position: number, name: string | undefined): boolean {
    const key = this.isByName ? name : position;
    if (key === undefined) return this.#kept === undefined;
    return !this.#excluded.has(key) && (this.#kept?.has(key) ?? true);
  }

  /**
   * Counts what is left of a row of `width` cells without names; 0 also when the row lacks a kept
   * column, and when columns are chosen by name.
   */
  widthOf(width: number): number {
    if (this.isByName) return 0;
    if (this.#kept === undefined) return width - countBelow(this.#excluded, width);
    return countBelow(this.#kept, width) === this.#kept.size ? this.#kept.size : 0;
  }

  /** Computes the width of a row of which `left` cells are left; 0 when it can not be told. */
  wholeWidthOf(left: number): number {
    return this.#kept === undefined && !this.isByName ? left + this.#excluded.size : 0;
  }

  /** Moves the cells that are read to the front of a row of `width` cells without names. */
  select(starts: Uint32Array, ends: Uint32Array, width: number): void {
    if (this.isAll) return;
    let to = 0;
    for (let cell = 0; cell < width; cell++) {
      if (!this.keeps(cell, undefined)) continue;
      starts[to] = starts[cell]!;
      ends[to++] = ends[cell]!;
    }
  }
}

function positionOf(column: string): number | undefined {
  const digits = /^(?:_c)?(\d{1,9})$/.exec(column)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function countBelow(positions: ReadonlySet<Key>, width: number): number {
  let count = 0;
  for (const position of positions) if (Number(position) < width) count += 1;
  return count;
}
