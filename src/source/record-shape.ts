/**
 * A kind of records of a program: objects of one prototype with the same keys in the same order, or
 * arrays of one length.
 *
 * Cells are read by code that is made for the kind, `record["calls"]` and so on. V8 knows where
 * such members lie, so that it takes an eighth of the time of `record[key]` in a loop over keys.
 * Where a program may not make code of texts, that loop reads them.
 */
import { NO_COLUMN } from "./capture/named-columns.ts";

/** Cells that are read by one function: longer ones V8 does not optimise. */
const PART_CELLS = 64;

/** The cells of records, those of a column together: numbers, and texts where these are NaN. */
export interface CellStore {
  readonly numbers: Float64Array;
  /** Null for a missing cell. */
  readonly texts: (string | null)[];
  /** Puts what is no number, or NaN, at a place; returns the units of its text, NaN for no cell. */
  readonly put: (place: number, value: unknown) => number;
}

/** Reads cells of a record, the first record's `at` places on; returns as `put` does, summed. */
type CellsReader = (
  record: object,
  at: number,
  numbers: Float64Array,
  put: CellStore["put"],
) => number;

export class RecordShape {
  /** Column of each cell, `NO_COLUMN` for none. */
  readonly columns: readonly number[];
  /** Columns that other kinds have and this one has not. */
  absent: readonly number[] = [];
  /** Undefined for arrays. */
  readonly #keys: readonly string[] | undefined;
  readonly #prototype: object | null;
  readonly #readers: readonly CellsReader[];

  /**
   * Takes a record of the kind, the columns of its cells, and the place of the first cell of each
   * column; the last of these is for cells without one.
   */
  constructor(record: object, columns: readonly number[], places: readonly number[]) {
    this.columns = columns;
    this.#keys = Array.isArray(record) ? undefined : Object.keys(record);
    this.#prototype = Object.getPrototypeOf(record);
    const keys = this.#keys ?? columns.map((_, cell) => cell);
    const cells = columns.map((column, cell) => ({
      key: keys[cell]!,
      place: column === NO_COLUMN ? places.at(-1)! : places[column]!,
    }));
    this.#readers = Array.from({ length: Math.ceil(cells.length / PART_CELLS) }, (_, part) =>
      readerOf(cells.slice(part * PART_CELLS, (part + 1) * PART_CELLS)),
    );
  }

  /** Whether a record is of this kind. */
  takes(record: object): boolean {
    const keys = this.#keys;
    if (keys === undefined) return Array.isArray(record) && record.length === this.columns.length;
    if (Object.getPrototypeOf(record) !== this.#prototype) return false;
    let cell = 0;
    // No other way to look at the keys makes no list of them.
    for (const key in record) {
      if (key !== keys[cell]) return false;
      cell += 1;
    }
    return cell === keys.length;
  }

  /**
   * Reads the cells of a record of this kind into the store as its record `at`; returns the UTF-16
   * units of its texts, NaN where it holds what is no cell.
   */
  read(record: object, at: number, { numbers, put }: CellStore): number {
    let units = 0;
    for (const read of this.#readers) units += read(record, at, numbers, put);
    return units;
  }
}

interface CellPlace {
  readonly key: string | number;
  readonly place: number;
}

function readerOf(cells: readonly CellPlace[]): CellsReader {
  try {
    return compileReader(cells);
  } catch (error) {
    if (error instanceof EvalError) return loopingReader(cells);
    throw error;
  }
}

function compileReader(cells: readonly CellPlace[]): CellsReader {
  const lines = cells.map(
    ({ key, place }) =>
      `value = record[${JSON.stringify(key)}];
       if (typeof value === "number" && value === value) numbers[at + ${place}] = value;
       else units += put(at + ${place}, value);`,
  );
  const body = ["let value, units = 0;", ...lines, "return units;"].join("\n");
  return new Function("record", "at", "numbers", "put", body) as CellsReader;
}

function loopingReader(cells: readonly CellPlace[]): CellsReader {
  return (record, at, numbers, put) => {
    const members = record as Readonly<Record<string | number, unknown>>;
    let units = 0;
    for (const { key, place } of cells) {
      const value = members[key];
      if (typeof value === "number" && !Number.isNaN(value)) numbers[at + place] = value;
      else units += put(at + place, value);
    }
    return units;
  };
}
