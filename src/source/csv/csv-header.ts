/**
 * CSV headers: names from the first record, and whether files agree on them.
 *
 * As in Spark's CSV reader: an empty header cell at position i is named `_c{i}`, and names that are
 * equal ignoring case get their position appended, here repeated until all differ.
 */

import { excerpt, TidemarkError } from "../../base/tidemark-error.ts";
import { COLUMNS_MAX } from "../column-limits.ts";
import type { Rejection } from "../record-source.ts";

/** Deequ's Integral and Fractional patterns in one. */
const NUMBER: RegExp = /^(?:-|\+)? ?\d+(?:\.\d+|(?:\.\d+)?[Ee][-+]?\d+)?$/;

export interface CsvHeader {
  readonly file: string;
  readonly line: number;
  readonly names: readonly string[];
}

/** Names the columns of a file without a header by the positions of its first record. */
export function positionHeader(file: string, line: number, cells: number): CsvHeader {
  return { file, line, names: Array.from({ length: cells }, (_, position) => `_c${position}`) };
}

export function headerFault({ file, line, column, detail }: Rejection): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file, line, column },
    what: `the header can not be read: ${detail}`,
    expected: "column names",
    hint: "Mend the first record, or pass --no-header if it holds no names.",
  });
}

/** Names columns from header cells; undefined is a missing cell. */
export function nameColumns(cells: readonly (string | undefined)[]): readonly string[] {
  let names = cells.map((cell, position) => (cell ? cell : `_c${position}`));
  for (;;) {
    const counts = new Map<string, number>();
    for (const name of names) {
      const key = name.toLowerCase();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    if (counts.size === names.length) return names;
    names = names.map((name, position) =>
      counts.get(name.toLowerCase()) === 1 ? name : `${name}${position}`,
    );
  }
}

/** Throws an input error when there are more columns than a table may have. */
export function refuseTooWide({ file, line, names }: CsvHeader): void {
  if (names.length <= COLUMNS_MAX) return;
  throw new TidemarkError({
    code: "input",
    location: { file, line, column: 1 },
    what: `the first record has ${names.length} cells`,
    expected: `at most ${COLUMNS_MAX} columns`,
    hint: "Check the delimiter and the line ends.",
  });
}

/** Throws an input error when every cell is a number, which names are not. */
export function refuseNumbers(
  cells: readonly (string | undefined)[],
  file: string,
  line: number,
): void {
  if (!cells.every((cell) => cell !== undefined && NUMBER.test(cell))) return;
  throw new TidemarkError({
    code: "input",
    location: { file, line, column: 1 },
    what: "every cell of the first record is a number",
    expected: "column names",
    hint: "Pass --no-header if the file has none, or --header if these are the names.",
  });
}

/**
 * Returns where in `other` each column of `first` stands, or undefined when the order is the same.
 * Throws an input error when the two do not hold the same names.
 */
export function alignHeader(first: CsvHeader, other: CsvHeader): readonly number[] | undefined {
  const position = first.names.findIndex((name, at) => name !== other.names[at]);
  if (position < 0 && first.names.length === other.names.length) return undefined;
  const positions = new Map(other.names.map((name, at) => [name, at]));
  const order = first.names.map((name) => positions.get(name) ?? -1);
  if (first.names.length === other.names.length && !order.includes(-1)) return order;
  throw new TidemarkError({
    code: "input",
    location: { file: other.file, line: other.line, column: 1 },
    what: `header differs from ${first.file}: ${difference(first, other, position)}`,
    expected: expectation(first, other, position),
    hint: "Give files with one header, or read them in separate runs.",
  });
}

function difference(first: CsvHeader, other: CsvHeader, position: number): string {
  if (first.names.length !== other.names.length) return `it has ${count(other.names.length)}`;
  return `column ${position + 1} is ${excerpt(other.names[position])}`;
}

function expectation(first: CsvHeader, other: CsvHeader, position: number): string {
  if (first.names.length !== other.names.length) return String(first.names.length);
  return excerpt(first.names[position]);
}

function count(columns: number): string {
  return columns === 1 ? "1 column" : `${columns} columns`;
}
