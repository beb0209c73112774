/**
 * Whether two contenders found the same in a table, as far as both say it: rows; per column cells
 * present and missing, a number column's mean, deviation and extremes, distinct values, and the
 * cells of each category.
 */
import type { FoundColumn, FoundProfile } from "./rivals/found-profile.ts";

export const RELATIVE_ERROR_MAX = 1e-9;
/** Estimates of distinct values may differ by this many of their standard errors taken together. */
export const DISTINCT_ERRORS_MAX = 4;

const NUMBERS = ["present", "missing", "mean", "stdDev", "min", "max"] as const;

export interface Agreement {
  /** Figures that both contenders give. */
  readonly compared: number;
  readonly differences: readonly string[];
}

/** Compares what we found with what a rival found. */
export function compareProfiles(ours: FoundProfile, theirs: FoundProfile): Agreement {
  let compared = 0;
  const differences: string[] = [];
  const distinctError = DISTINCT_ERRORS_MAX * Math.hypot(ours.distinctError, theirs.distinctError);
  const compare = (
    what: string,
    our: number | undefined,
    their: number | undefined,
    errorMax = RELATIVE_ERROR_MAX,
  ): void => {
    if (our === undefined || their === undefined) return;
    compared++;
    const isClose = Math.abs(our - their) <= errorMax * Math.abs(their);
    if (!isClose) differences.push(`${what}: ${our} of ours, ${their} of theirs`);
  };
  const compareColumn = (our: FoundColumn, their: FoundColumn): void => {
    for (const key of NUMBERS) compare(`${our.name} ${key}`, our[key], their[key]);
    compare(`${our.name} distinct`, our.distinct, their.distinct, distinctError);
    if (their.texts === undefined) return;
    const texts = new Map(their.texts);
    for (const [text, cells] of our.texts ?? []) {
      compare(`${our.name} ${JSON.stringify(text)}`, cells, texts.get(text) ?? 0);
    }
  };
  compare("rows", ours.rows, theirs.rows);
  if (theirs.columns.length > 0) compare("columns", ours.columns.length, theirs.columns.length);
  for (const [at, their] of theirs.columns.entries()) {
    const our = ours.columns[at];
    if (our?.name === their.name) compareColumn(our, their);
    else differences.push(`column ${at}: ${our?.name} of ours, ${their.name} of theirs`);
  }
  return { compared, differences };
}
