/** What a baseline's statistics.json says, in the words that contenders are compared in. */
import { readFileSync } from "node:fs";
import type { FoundColumn, FoundProfile } from "./found-profile.ts";

/** The distinct estimate's HyperLogLog has 512 registers. */
const DISTINCT_ERROR = 1.04 / Math.sqrt(512);

interface Statistics {
  readonly dataset: { readonly item_count: number };
  readonly features: readonly Feature[];
}

interface Feature {
  readonly name: string;
  readonly numerical_statistics?: {
    readonly common: Presence;
    readonly mean: number;
    readonly std_dev: number;
    readonly min: number;
    readonly max: number;
    readonly approximate_num_distinct_values?: number;
  };
  readonly string_statistics?: {
    readonly common: Presence;
    readonly distinct_count: number;
    readonly distribution?: {
      readonly categorical: {
        readonly buckets: readonly { readonly value: string; readonly count: number }[];
      };
    };
  };
}

interface Presence {
  readonly num_present: number;
  readonly num_missing: number;
}

export function readStatistics(path: string): FoundProfile {
  const { dataset, features }: Statistics = JSON.parse(readFileSync(path, "utf8"));
  const columns = features.map(readFeature);
  return { rows: dataset.item_count, distinctError: DISTINCT_ERROR, columns };
}

function readFeature({ name, numerical_statistics, string_statistics }: Feature): FoundColumn {
  const { num_present, num_missing } = (numerical_statistics ?? string_statistics)!.common;
  const counts = { name, present: num_present, missing: num_missing };
  if (numerical_statistics !== undefined) {
    const { mean, std_dev, min, max, approximate_num_distinct_values } = numerical_statistics;
    return {
      ...counts,
      mean,
      stdDev: std_dev,
      min,
      max,
      distinct: approximate_num_distinct_values,
    };
  }
  const buckets = string_statistics?.distribution?.categorical.buckets;
  const texts = buckets?.map(({ value, count }) => [value, count] as const);
  return { ...counts, distinct: string_statistics?.distinct_count, texts };
}
