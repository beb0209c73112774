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
  /**
   * Puts what is neither a number nor a text, or is NaN, at a place; returns the UTF-16 units of
   * its text, NaN for no cell.
   */
  readonly put: (place: number, value: unknown) => number;
}

/**
 * Reads cells of a record, the first record's `at` places on; returns the units of their texts,
 * NaN for a record that is of another kind or holds what is no cell.
 */
type CellsReader = (
  record: object,
  at: number,
  numbers: Float64Array,
  texts: (string | null)[],
  put: CellStore["put"],
) => number;

export class RecordShape {
  /** Column of each cell, `NO_COLUMN` for none. */
  readonly columns: readonly number[];
  /** Columns that other kinds have and this one has not. */
  absent: readonly number[] = [];
  /** The first one looks at the kind too. */
  readonly #readers: readonly CellsReader[];

  /**
   * Takes a record of the kind, the columns of its cells, and the place of the first cell of each
   * column; the last of these is for cells without one.
   */
  constructor(record: object, columns: readonly number[], places: readonly number[]) {
    this.columns = columns;
    const kind = kindOf(record);
    const keys = kind.keys ?? columns.map((_, cell) => cell);
    const cells = columns.map((column, cell) => ({
      key: keys[cell]!,
      place: column === NO_COLUMN ? places.at(-1)! : places[column]!,
    }));
    const parts = Math.max(1, Math.ceil(cells.length / PART_CELLS));
    this.#readers = Array.from({ length: parts }, (_, part) =>
      readerOf(
        cells.slice(part * PART_CELLS, (part + 1) * PART_CELLS),
        part === 0 ? kind : undefined,
      ),
    );
  }

  /**
   * Reads the cells of a record into the store as its record `at`; returns the UTF-16 units of its
   * texts, NaN where it is not of this kind or holds what is no cell: what was read then means
   * nothing.
   */
  read(record: object, at: number, { numbers, texts, put }: CellStore): number {
    let units = 0;
    for (const read of this.#readers) units += read(record, at, numbers, texts, put);
    return units;
  }
}

interface Kind {
  /** Undefined for arrays, which have a length instead. */
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  readonly prototype: object | null;
}

function kindOf(record: object): Kind {
  const prototype: object | null = Object.getPrototypeOf(record);
  if (Array.isArray(record)) return { keys: undefined, length: record.length, prototype };
  const keys = Object.keys(record);
  return { keys, length: keys.length, prototype };
}

interface CellPlace {
  readonly key: string | number;
  readonly place: number;
}

/** Makes what reads some cells, and looks at the kind where that is given. */
function readerOf(cells: readonly CellPlace[], kind: Kind | undefined): CellsReader {
  try {
    return compileReader(cells, kind);
  } catch (error) {
    if (error instanceof EvalError) return loopingReader(cells, kind);
    throw error;
  }
}

const KEYS_CHECK = `
  let cell = 0;
  for (const key in record) {
    if (key !== keys[cell]) return NaN;
    cell += 1;
  }
  if (cell !== length) return NaN;`;
/** Behind the first member, where V8 knows the prototype: elsewhere it is asked of the runtime. */
const PROTOTYPE_CHECK = "if (Object.getPrototypeOf(record) !== prototype) return NaN;";
const LENGTH_CHECK = "if (!Array.isArray(record) || record.length !== length) return NaN;";

function compileReader(cells: readonly CellPlace[], kind: Kind | undefined): CellsReader {
  const isObject = kind?.keys !== undefined;
  const lines = cells.map(
    ({ key, place }, cell) => `
      value = record[${JSON.stringify(key)}];
      ${isObject && cell === 0 ? PROTOTYPE_CHECK : ""}
      if (typeof value === "number" && value === value) numbers[at + ${place}] = value;
      else if (typeof value === "string") {
        numbers[at + ${place}] = NaN;
        texts[at + ${place}] = value;
        units += value.length;
      } else units += put(at + ${place}, value);`,
  );
  const make = new Function(
    "keys",
    "length",
    "prototype",
    `return (record, at, numbers, texts, put) => {
      ${isObject ? KEYS_CHECK : kind === undefined ? "" : LENGTH_CHECK}
      let value, units = 0;
      ${lines.join("")}
      ${isObject && cells.length === 0 ? PROTOTYPE_CHECK : ""}
      return units;
    }`,
  );
  return make(kind?.keys, kind?.length, kind?.prototype) as CellsReader;
}

function loopingReader(cells: readonly CellPlace[], kind: Kind | undefined): CellsReader {
  return (record, at, numbers, texts, put) => {
    if (kind !== undefined && !isOfKind(record, kind)) return Number.NaN;
    const members = record as Readonly<Record<string | number, unknown>>;
    let units = 0;
    for (const { key, place } of cells) {
      const value = members[key];
      if (typeof value === "number" && !Number.isNaN(value)) numbers[at + place] = value;
      else if (typeof value === "string") {
        numbers[at + place] = Number.NaN;
        texts[at + place] = value;
        units += value.length;
      } else units += put(at + place, value);
    }
    return units;
  };
}

function isOfKind(record: object, { keys, length, prototype }: Kind): boolean {
  if (keys === undefined) return Array.isArray(record) && record.length === length;
  let cell = 0;
  // No other way to look at the keys makes no list of them.
  for (const key in record) {
    if (key !== keys[cell]) return false;
    cell += 1;
  }
  return cell === length && Object.getPrototypeOf(record) === prototype;
}
