/**
 * From a JSON payload to rows of cells, named where the payload names them.
 *
 * | payload | rows and columns |
 * | --- | --- |
 * | object | one row; nested values as `a.b`, `a[0]`, `a[0][1]` |
 * | array of objects | a row each |
 * | array of arrays of scalars | a row each, by position |
 * | array of scalars; scalar | one row, by position |
 * | object of one key that holds an array of objects or arrays | the array's rows |
 * | rows of the one key `features` that holds an array of scalars | that array, by position |
 * | `columns` and `data` (pandas' "split"), also in `dataframe_split` | rows named by `columns` |
 * | object of arrays of scalars, each as long as the other side has rows | a row per index |
 *
 * The last line is how model servers answer a request of several rows: `{"label": [..], "score":
 * [..]}`. A key that holds `.`, `[`, `]` or `"` is written `["key"]`; null is a missing cell; empty
 * objects and arrays have no columns. Memory: that of the rows.
 */
import { COLUMNS_MAX, NAMES_LENGTH_MAX } from "../column-limits.ts";
import type { JsonTokens } from "./json-tokens.ts";

export interface FlattenOptions {
  /** Rows of the other side, where an object of arrays of that length is as many rows. */
  readonly rowsExpected?: number | undefined;
  /** Whether a top-level key is a column's name as it stands, so that it needs no brackets. */
  readonly isName?: ((key: string) => boolean) | undefined;
}

/** A row's cells, null for missing; `names` has one name per cell, or is undefined by position. */
export interface FlatRow {
  readonly names: readonly string[] | undefined;
  readonly texts: readonly (string | null)[];
}

/** What keeps a payload from being rows, to stand behind "the input". */
export interface ShapeProblem {
  readonly problem: string;
}

type Scalar = string | null;
type Entries = ReadonlyMap<string, JsonTokens>;

const TOO_WIDE: ShapeProblem = {
  problem: `has a row of more than ${COLUMNS_MAX} columns, or with names too long`,
};
const MIXED: ShapeProblem = { problem: "mixes objects, arrays and scalars in one array" };
const NESTED: ShapeProblem = { problem: "has nested values in a row without names" };
const NO_TABLE: ShapeProblem = { problem: "has columns and data that do not fit each other" };

/** Flattens a payload into rows; none for an empty array. */
export function flattenJson(
  value: JsonTokens,
  options: FlattenOptions = {},
): readonly FlatRow[] | ShapeProblem {
  const rows = rowsOf(value, options);
  if (isShapeProblem(rows)) return rows;
  return rows.some(({ texts }) => texts.length > COLUMNS_MAX) ? TOO_WIDE : rows;
}

export function isShapeProblem(value: readonly FlatRow[] | ShapeProblem): value is ShapeProblem {
  return "problem" in value;
}

/** Whether a payload is one object of scalars. */
export function isFlatObject(value: JsonTokens): boolean {
  return isObject(value) && [...value.values()].every(isScalar);
}

function rowsOf(value: JsonTokens, options: FlattenOptions): readonly FlatRow[] | ShapeProblem {
  if (isScalar(value)) return [{ names: undefined, texts: [value] }];
  if (!isObject(value)) return rowsOfArray(value, options);
  const only = value.size === 1 ? [...value.values()][0]! : undefined;
  const split = only !== undefined && value.has("dataframe_split") ? only : value;
  if (isObject(split) && isSplitTable(split)) return rowsOfTable(split, options);
  if (isArray(only) && (only.every(isObject) || only.every(isArray))) {
    return rowsOfArray(only, options);
  }
  return rowsOfIndexes(value, options) ?? rowsOfArray([value], options);
}

function rowsOfArray(
  items: readonly JsonTokens[],
  options: FlattenOptions,
): readonly FlatRow[] | ShapeProblem {
  if (items.length === 0) return [];
  if (items.every(isScalar)) return [{ names: undefined, texts: items }];
  const lists = items.every(isArray) ? items : featuresOf(items);
  if (lists !== undefined) {
    if (!lists.every(isScalarArray)) return NESTED;
    return lists.map((texts) => ({ names: undefined, texts }));
  }
  if (!items.every(isObject)) return MIXED;
  const rows: FlatRow[] = [];
  for (const item of items) {
    const row = new Row();
    for (const [key, value] of item) {
      if (!row.add(nameOf(key, options), value)) return TOO_WIDE;
    }
    rows.push(row);
  }
  return rows;
}

/** The arrays of rows that are nothing else; undefined where one is something else. */
function featuresOf(items: readonly JsonTokens[]): readonly (readonly JsonTokens[])[] | undefined {
  const lists: (readonly JsonTokens[])[] = [];
  for (const item of items) {
    const list = isObject(item) && item.size === 1 ? item.get("features") : undefined;
    if (!isArray(list) || !isScalarArray(list)) return undefined;
    lists.push(list);
  }
  return lists;
}

function isSplitTable(value: Entries): boolean {
  const keys = [...value.keys()].filter((key) => key !== "index");
  return keys.length === 2 && value.has("columns") && value.has("data");
}

function rowsOfTable(value: Entries, options: FlattenOptions): readonly FlatRow[] | ShapeProblem {
  const keys = value.get("columns")!;
  const data = value.get("data")!;
  if (!isArray(keys) || !keys.every(isText) || !isArray(data)) return NO_TABLE;
  const names = keys.map((key) => nameOf(key, options));
  const rows: FlatRow[] = [];
  for (const cells of data) {
    if (!isArray(cells) || cells.length !== names.length) return NO_TABLE;
    const row = new Row();
    for (const [i, cell] of cells.entries()) if (!row.add(names[i]!, cell)) return TOO_WIDE;
    rows.push(row);
  }
  return rows;
}

/** Rows of an object that holds one array per column; undefined where it does not. */
function rowsOfIndexes(value: Entries, options: FlattenOptions): readonly FlatRow[] | undefined {
  if (value.has("features") && value.size === 1) return undefined;
  const names: string[] = [];
  const lists: (readonly Scalar[])[] = [];
  for (const [key, list] of value) {
    if (!isArray(list) || list.length !== options.rowsExpected) return undefined;
    if (!isScalarArray(list)) return undefined;
    names.push(nameOf(key, options));
    lists.push(list);
  }
  if (lists.length === 0) return undefined;
  return lists[0]!.map((_, i) => ({ names, texts: lists.map((list) => list[i]!) }));
}

/** A named row under way. */
class Row implements FlatRow {
  readonly names: string[] = [];
  readonly texts: Scalar[] = [];
  #namesLength = 0;

  /** Adds a value's cells; false when the row is full. */
  add(name: string, value: JsonTokens): boolean {
    if (isScalar(value)) {
      this.names.push(name);
      this.texts.push(value);
      this.#namesLength += name.length;
      return this.texts.length <= COLUMNS_MAX && this.#namesLength <= NAMES_LENGTH_MAX;
    }
    if (isArray(value)) return value.every((item, i) => this.add(`${name}[${i}]`, item));
    for (const [key, item] of value) {
      const segment = segmentOf(key);
      const path = segment === key ? `${name}.${key}` : name + segment;
      if (!this.add(path, item)) return false;
    }
    return true;
  }
}

/** Names the column of a top-level key. */
function nameOf(key: string, { isName }: FlattenOptions): string {
  const segment = segmentOf(key);
  return segment !== key && isName?.(key) ? key : segment;
}

/** Spells a key as a part of a column's name. */
export function segmentOf(key: string): string {
  return /[.[\]"]/.test(key) ? `[${JSON.stringify(key)}]` : key;
}

function isScalar(value: JsonTokens): value is Scalar {
  return value === null || typeof value === "string";
}

function isText(value: JsonTokens): value is string {
  return typeof value === "string";
}

function isArray(value: JsonTokens | undefined): value is readonly JsonTokens[] {
  return Array.isArray(value);
}

function isScalarArray(items: readonly JsonTokens[]): items is readonly Scalar[] {
  return items.every(isScalar);
}

function isObject(value: JsonTokens): value is Entries {
  return value instanceof Map;
}
