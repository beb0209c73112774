/**
 * Whether a baseline and the alternative's profile of the same file say the same, as far as both
 * say it: cells present and missing; a number column's mean, deviation and extremes; a category's
 * cells.
 */
import { readFileSync } from "node:fs";
import type { PapaparseFeature } from "./papaparse-profile.ts";

export const RELATIVE_ERROR_MAX = 1e-9;

interface Presence {
  readonly num_present: number;
  readonly num_missing: number;
}

interface Numerical {
  readonly common: Presence;
  readonly mean: number;
  readonly std_dev: number;
  readonly min: number;
  readonly max: number;
}

interface Textual {
  readonly common: Presence;
  readonly distribution?: {
    readonly categorical: {
      readonly buckets: readonly { readonly value: string; readonly count: number }[];
    };
  };
}

interface Statistics {
  readonly features: readonly {
    readonly name: string;
    readonly numerical_statistics?: Numerical;
    readonly string_statistics?: Textual;
  }[];
}

/** Lists the differences, none when the two agree. */
export function differences(statisticsPath: string, alternativePath: string): string[] {
  const statistics: Statistics = JSON.parse(readFileSync(statisticsPath, "utf8"));
  const others: PapaparseFeature[] = JSON.parse(readFileSync(alternativePath, "utf8"));
  const found: string[] = [];
  const compare = (what: string, ours = Number.NaN, theirs = Number.NaN): void => {
    const isClose = Math.abs(ours - theirs) <= RELATIVE_ERROR_MAX * Math.abs(theirs);
    if (!isClose) found.push(`${what}: ${ours} in statistics.json, ${theirs} in the alternative`);
  };
  compare("columns", statistics.features.length, others.length);
  for (const [
    at,
    { name, numerical_statistics, string_statistics },
  ] of statistics.features.entries()) {
    const other = others[at];
    if (name !== other?.name) found.push(`column ${at}: ${name} against ${other?.name}`);
    const common = (numerical_statistics ?? string_statistics)?.common;
    compare(`${name} num_present`, common?.num_present, other?.present);
    compare(`${name} num_missing`, common?.num_missing, other?.missing);
    if (numerical_statistics !== undefined) {
      const { mean, std_dev, min, max } = numerical_statistics;
      compare(`${name} mean`, mean, other?.mean);
      compare(`${name} std_dev`, std_dev, other?.stdDev);
      compare(`${name} min`, min, other?.min);
      compare(`${name} max`, max, other?.max);
    }
    const texts = new Map(other?.texts);
    for (const { value, count } of string_statistics?.distribution?.categorical.buckets ?? []) {
      compare(`${name} ${JSON.stringify(value)}`, count, texts.get(value));
    }
  }
  return found;
}
