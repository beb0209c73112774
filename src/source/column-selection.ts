/**
 * Which columns of a file are read: `columns` names those to keep, `exclude` those to leave out.
 *
 * A column is named by its name, by its position from 0, or by `_cN`, in this order of preference.
 * The file's order is kept whatever the order of the options.
 */
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";

const SUGGESTIONS_MAX = 3;

export interface SelectionOptions {
  readonly columns?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/**
 * Returns the positions of the columns to read, ascending; undefined stands for all of them. Throws
 * a usage error for a name that `names` does not hold, and when nothing is left.
 */
export function selectColumns(
  names: readonly string[],
  { columns, exclude }: SelectionOptions,
  file: string,
): readonly number[] | undefined {
  if (columns === undefined && exclude === undefined) return undefined;
  const kept = new Set(
    columns === undefined
      ? names.keys()
      : columns.map((name) => findColumn("--columns", name, names, file)),
  );
  for (const name of exclude ?? []) kept.delete(findColumn("--exclude", name, names, file));
  if (kept.size > 0) return [...kept].sort((a, b) => a - b);
  throw new TidemarkError({
    code: "usage",
    what: "--columns and --exclude leave no column",
    expected: "at least one column to read",
  });
}

function findColumn(option: string, name: string, names: readonly string[], file: string): number {
  const exact = names.indexOf(name);
  if (exact >= 0) return exact;
  const position = /^(?:_c)?(\d+)$/.exec(name)?.[1];
  if (position !== undefined && Number(position) < names.length) return Number(position);
  const close = closeNames(name, names).map((each) => excerpt(each));
  throw new TidemarkError({
    code: "usage",
    what: `${option} names ${excerpt(name)}, which is not a column of ${file}`,
    expected: `a column name, or a position from 0 to ${names.length - 1}`,
    hint: close.length === 0 ? undefined : `Did you mean ${close.join(" or ")}?`,
  });
}

/** Lists names that a slip could have turned into `name`, closest first. */
function closeNames(name: string, names: readonly string[]): readonly string[] {
  const slipsMax = Math.max(1, Math.floor(name.length / 3));
  return names
    .map((each) => ({ each, slips: countSlips(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ slips }) => slips <= slipsMax)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, SUGGESTIONS_MAX)
    .map(({ each }) => each);
}

/** Levenshtein's distance: insertions, deletions and replacements from `a` to `b`. */
function countSlips(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
