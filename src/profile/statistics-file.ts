/**
 * `statistics.json` to and from a profile: the only place that knows its keys.
 *
 * Three generations are read alike; they differ in the `completeness` and
 * `approximate_num_distinct_values` keys, which only the 2024 one has.
 */
import { type ServiceJson, writeServiceJson } from "../base/service-json.ts";
import { type SchemaOf, validate } from "../base/validate.ts";
import { KllSketch } from "../sketch/kll-sketch.ts";
import {
  completenessOf,
  type FeatureProfile,
  type InferredType,
  type NumericSummary,
  type Profile,
} from "./profile.ts";

/** The generations of the service's files, named by the year they were first seen in. */
export const SCHEMAS = ["2024", "2023", "2021"] as const;

export type Schema = (typeof SCHEMAS)[number];

export interface StatisticsOptions {
  readonly schema?: Schema | undefined;
  /** Leave the sketch's items out: up to 2,050 rows they are the column's values. */
  readonly redactSketch?: boolean | undefined;
  /** What to write for a feature without a present cell, `Unknown` unless said otherwise. */
  readonly unknownAs?: "Unknown" | "String" | undefined;
}

/** Renders a profile as the service does, without a trailing newline. */
export function writeStatistics(profile: Profile, options: StatisticsOptions = {}): string {
  return writeServiceJson({
    version: 0,
    dataset: { item_count: BigInt(profile.itemCount) },
    features: profile.features.map((feature) => featureToJson(feature, options)),
  });
}

function featureToJson(feature: FeatureProfile, options: StatisticsOptions): ServiceJson {
  const isLatest = (options.schema ?? "2024") === "2024";
  const common = {
    num_present: BigInt(feature.present),
    num_missing: BigInt(feature.missing),
  };
  const completeness = isLatest ? completenessOf(feature) : undefined;
  const isUnknown = feature.inferredType === "Unknown";
  const head = {
    name: feature.name,
    inferred_type: isUnknown ? (options.unknownAs ?? "Unknown") : feature.inferredType,
  };
  if (feature.numeric !== undefined) {
    const { mean, sum, stdDev, min, max } = feature.numeric;
    const distinct = feature.distinct ?? 0;
    return {
      ...head,
      numerical_statistics: {
        common,
        mean,
        sum,
        std_dev: stdDev,
        min,
        max,
        approximate_num_distinct_values: isLatest ? BigInt(distinct) : undefined,
        completeness,
        distribution: distributionToJson(feature.numeric, options.redactSketch ?? false),
      },
    };
  }
  const buckets = feature.categories?.map(({ value, count }) => ({ value, count: BigInt(count) }));
  return {
    ...head,
    string_statistics: {
      common,
      distinct_count: feature.distinct ?? 0,
      completeness,
      distribution: buckets === undefined ? undefined : { categorical: { buckets } },
    },
  };
}

function distributionToJson(
  { distribution }: NumericSummary,
  isRedacted: boolean,
): ServiceJson | undefined {
  if (distribution === undefined) return undefined;
  const { buckets, sketch } = distribution;
  return {
    kll: {
      buckets: buckets.map(({ lowerBound, upperBound, count }) => ({
        lower_bound: lowerBound,
        upper_bound: upperBound,
        count,
      })),
      sketch: {
        parameters: { c: sketch.c, k: sketch.k },
        data: isRedacted ? [[]] : (sketch.runs() ?? sketch.levels()),
      },
    },
  };
}

/**
 * Reads a statistics file in any JSON layout and of any generation. Throws a configuration error
 * with line and column where a key is missing or of the wrong type.
 */
export async function readStatistics(text: string, file: string): Promise<Profile> {
  const parsed = await validate(text, file, statisticsSchema);
  return {
    itemCount: parsed.dataset.item_count,
    features: parsed.features.map((feature): FeatureProfile => {
      const { name, inferred_type: inferredType } = feature;
      const numeric = feature.numerical_statistics;
      const { common } = numeric ?? feature.string_statistics ?? EMPTY;
      const distribution = feature.string_statistics?.distribution?.categorical;
      return {
        name,
        inferredType,
        present: common.num_present,
        missing: common.num_missing,
        distinct:
          numeric?.approximate_num_distinct_values ?? feature.string_statistics?.distinct_count,
        numeric: numeric === undefined ? undefined : numericFromJson(numeric),
        categories: distribution?.buckets,
        measured: undefined,
      };
    }),
  };
}

const EMPTY = { common: { num_present: 0, num_missing: 0 } } as const;

function numericFromJson(json: NumericalStatisticsJson): NumericSummary {
  const kll = json.distribution?.kll;
  return {
    mean: json.mean,
    sum: json.sum,
    stdDev: json.std_dev,
    min: json.min,
    max: json.max,
    distribution:
      kll === undefined
        ? undefined
        : {
            buckets: kll.buckets.map((bucket) => ({
              lowerBound: bucket.lower_bound,
              upperBound: bucket.upper_bound,
              count: bucket.count,
            })),
            sketch: KllSketch.fromLevels(kll.sketch.data, kll.sketch.parameters),
          },
  };
}

export interface NumericalStatisticsJson {
  readonly common: { readonly num_present: number; readonly num_missing: number };
  readonly mean?: number | undefined;
  readonly sum?: number | undefined;
  readonly std_dev?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly approximate_num_distinct_values?: number | undefined;
  readonly distribution?:
    | {
        readonly kll?:
          | {
              readonly buckets: readonly {
                readonly lower_bound: number;
                readonly upper_bound: number;
                readonly count: number;
              }[];
              readonly sketch: {
                readonly parameters: { readonly c: number; readonly k: number };
                readonly data: readonly (readonly number[])[];
              };
            }
          | undefined;
      }
    | undefined;
}

export interface StatisticsJson {
  readonly dataset: { readonly item_count: number };
  readonly features: readonly {
    readonly name: string;
    readonly inferred_type: InferredType;
    readonly numerical_statistics?: NumericalStatisticsJson | undefined;
    readonly string_statistics?:
      | {
          readonly common: NumericalStatisticsJson["common"];
          readonly distinct_count?: number | undefined;
          readonly distribution?:
            | {
                readonly categorical?:
                  | {
                      readonly buckets: readonly {
                        readonly value: string;
                        readonly count: number;
                      }[];
                    }
                  | undefined;
              }
            | undefined;
        }
      | undefined;
  }[];
}

export const statisticsSchema: SchemaOf<StatisticsJson> = (z) => {
  const text = z.string({ error: "a text" });
  const double = z.number({ error: "a number" });
  // Jackson writes a double that JSON has no number for as a text.
  const statistic = z
    .union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number)], {
      error: "a number",
    })
    .optional();
  const count = z.number({ error: "a whole number" }).nonnegative({ error: "a number from 0 on" });
  const common = z.object(
    { num_present: count, num_missing: count },
    { error: "an object with num_present and num_missing" },
  );
  const kll = z.object(
    {
      buckets: z.array(z.object({ lower_bound: double, upper_bound: double, count: double }), {
        error: "a list of buckets",
      }),
      sketch: z.object(
        {
          parameters: z.object({ c: double, k: double }, { error: "an object with c and k" }),
          data: z.array(z.array(double, { error: "a list of numbers" }), {
            error: "a list of levels",
          }),
        },
        { error: "an object with parameters and data" },
      ),
    },
    { error: "an object with buckets and sketch" },
  );
  const buckets = z.array(z.object({ value: text, count }), { error: "a list of buckets" });
  const anObject = { error: "an object" };
  return z.object(
    {
      dataset: z.object({ item_count: count }, { error: "an object with item_count" }),
      features: z.array(
        z.object(
          {
            name: text,
            inferred_type: z.enum(["Integral", "Fractional", "String", "Unknown"], {
              error: "Integral, Fractional, String or Unknown",
            }),
            numerical_statistics: z
              .object(
                {
                  common,
                  mean: statistic,
                  sum: statistic,
                  std_dev: statistic,
                  min: statistic,
                  max: statistic,
                  approximate_num_distinct_values: double.optional(),
                  distribution: z.object({ kll: kll.optional() }, anObject).optional(),
                },
                anObject,
              )
              .optional(),
            string_statistics: z
              .object(
                {
                  common,
                  distinct_count: double.optional(),
                  distribution: z
                    .object({ categorical: z.object({ buckets }, anObject).optional() }, anObject)
                    .optional(),
                },
                anObject,
              )
              .optional(),
          },
          anObject,
        ),
        { error: "a list of features" },
      ),
    },
    { error: "an object with dataset and features" },
  );
};
