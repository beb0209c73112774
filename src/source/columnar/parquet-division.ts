/**
 * How a row group of a Parquet file is divided, because the library decodes all that it is asked
 * for before it gives the first row.
 *
 * Lanes are runs of columns that are read by themselves, side by side: stored bytes are in memory
 * three times for a moment, as they came, as a whole and cut into columns. Slices are runs of rows,
 * one after another: each of them reads and unpacks the row group's stored bytes anew, and decodes
 * its own rows.
 */

/** A column as it is stored; one of the table's own may be several. */
export interface StoredColumn {
  /** Its name, within structs, lists and maps those around it first. */
  readonly path: readonly string[];
  readonly values: number;
  /** Bytes in the row group: as stored, and unpacked but still encoded. */
  readonly bytes: number;
  readonly unpackedBytes: number;
  /** Whether the library can pass over its values, whoever wrote them. */
  readonly isSkippable: boolean;
}

export interface DivisionBounds {
  /** Stored bytes of a lane of several columns. */
  readonly laneBytesMax: number;
  /** Decoded bytes of a slice, estimated. */
  readonly sliceBytesMax: number;
  /** Slices that are worth their repeated reading. */
  readonly slicesMax: number;
}

const VALUE_BYTES = 8;
/** The library looks for each name of a lane among all columns: of more than these there is one. */
const LANED_COLUMNS_MAX = 8192;

/**
 * Lists the names of each lane's columns, all of them in their order. It is one lane without names,
 * for all columns, where that is enough, and where the library, which takes `a` for `a.b` too,
 * could not tell columns by their names, or not soon.
 */
export function lanesOf(
  columns: readonly StoredColumn[],
  { laneBytesMax }: DivisionBounds,
): readonly (string[] | undefined)[] {
  if (columns.length > LANED_COLUMNS_MAX) return [undefined];
  const lanes: string[][] = [];
  let laneBytes = 0;
  let last: string | undefined;
  for (const { path, bytes } of columns) {
    const [name = ""] = path;
    if (name !== last) {
      if (lanes.length === 0 || laneBytes + bytes > laneBytesMax) {
        lanes.push([]);
        laneBytes = 0;
      }
      lanes.at(-1)!.push(name);
    }
    laneBytes += bytes;
    last = name;
  }
  return lanes.length <= 1 || !areTold(columns, lanes.flat()) ? [undefined] : lanes;
}

/** Finds the rows of a slice: whole parts of `rowsOfPart`, all of them where these are few. */
export function rowsOfSlice(
  columns: readonly StoredColumn[],
  rows: number,
  rowsOfPart: number,
  { sliceBytesMax, slicesMax }: DivisionBounds,
): number {
  const decoded = columns.map(({ values, unpackedBytes }) =>
    Math.max(values * VALUE_BYTES, unpackedBytes),
  );
  const slices = decoded.reduce((sum, bytes) => sum + bytes, 0) / sliceBytesMax;
  const parts = rows / rowsOfPart / Math.min(Math.max(slices, 1), slicesMax);
  return Math.ceil(parts) * rowsOfPart;
}

/** A run of rows of a row group, the first of them from 0. */
export interface RowSlice {
  readonly offset: number;
  readonly limit: number;
}

/**
 * Lists slices of `rows` rows from `offset` on: the first of at most `rowsMax` rows, each of at
 * most twice as many as the one before it, none of more than `sliceRows`.
 */
export function* slicesOf(
  rows: number,
  sliceRows: number,
  offset: number = 0,
  rowsMax: number = Number.POSITIVE_INFINITY,
): Generator<RowSlice> {
  let most = rowsMax;
  for (let at = offset; at < rows; most *= 2) {
    const limit = Math.min(sliceRows, most, rows - at);
    yield { offset: at, limit };
    at += limit;
  }
}

/** Whether a name, and what begins with it and a point, is one column of the table. */
function areTold(columns: readonly StoredColumn[], names: readonly string[]): boolean {
  const known = new Set(names);
  if (known.size < names.length) return false;
  return columns.every(({ path }) => {
    const dotted = `${path.join(".")}.`;
    for (let dot = dotted.indexOf("."); dot !== -1; dot = dotted.indexOf(".", dot + 1)) {
      const prefix = dotted.slice(0, dot);
      if (prefix !== path[0] && known.has(prefix)) return false;
    }
    return true;
  });
}
