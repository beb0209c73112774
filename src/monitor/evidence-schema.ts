/** The shapes of `insights-evidence.ts` as schemas, for `insights-schema.ts`. */
import type { Zod, ZodType } from "../base/validate.ts";
import {
  ADVISORY_RULES,
  type Advisory,
  type CategoricalShape,
  type CategoryShares,
  type Moved,
  type NumericShape,
  type Offenders,
  type Segment,
  type SideSummary,
} from "./insights-evidence.ts";
import { schemaPrimitives } from "./schema-primitives.ts";

const anObject = { error: "an object" };

export function offendersSchema(z: Zod): ZodType<Offenders> {
  const { count, text, number, listOf, oneOf } = schemaPrimitives(z);
  const region = z.strictObject(
    {
      above: number.optional(),
      up_to: number.optional(),
      value: z.union([number, text]).optional(),
    },
    anObject,
  );
  const offender = z.strictObject(
    {
      file: text,
      line: count,
      event_id: text.optional(),
      inference_id: text.optional(),
      inference_time: text.optional(),
      value: text.optional().describe("The cell's text, cut; only where values are shown."),
    },
    anObject,
  );
  return z.strictObject(
    {
      count: count.describe("Of drift: the sampled records where the share grew most."),
      of: oneOf(["all", "sample"]),
      sampled: count.optional().describe("Records of the sample that count is of."),
      region: region
        .optional()
        .describe("Where the share grew most: above < x <= up_to, or one value or category."),
      sample: listOf(offender).describe("Seeded, in input order."),
    },
    anObject,
  );
}

export function sideSummarySchema(z: Zod): ZodType<SideSummary> {
  const { count, text, number, share, oneOf } = schemaPrimitives(z);
  const top = z.strictObject({ value: z.union([number, text]), share }, anObject);
  return z.strictObject(
    {
      n: count.describe("Present cells, or values where the feature is numeric."),
      missing_rate: share,
      mean: number.optional(),
      std_dev: number.optional(),
      min: number.optional(),
      max: number.optional(),
      zero_rate: share.optional().describe("Share of values that are 0."),
      quantiles: z
        .record(text, number, anObject)
        .optional()
        .describe("By name, from p0.1 to p99.9."),
      quantiles_from: oneOf(["exact", "sketch", "t-digest"]).optional(),
      top: top.optional().describe("The most frequent value."),
    },
    anObject,
  );
}

export function shapeSchema(z: Zod): ZodType<NumericShape | CategoricalShape> {
  const { count, number, share, listOf } = schemaPrimitives(z);
  const buckets = z.strictObject(
    {
      bounds: listOf(number).describe(
        "Ascending; bucket i + 1 lies between bounds[i] and bounds[i + 1], the outer two are open.",
      ),
      baseline: listOf(share),
      current: listOf(share),
      psi: listOf(number)
        .optional()
        .describe("What each bucket adds to the population stability index."),
    },
    anObject,
  );
  const cdf = z
    .strictObject({ at: listOf(number), baseline: listOf(share), current: listOf(share) }, anObject)
    .optional()
    .describe("Shares of values <= at.");
  const others = z.strictObject({ count, baseline: share, current: share }, anObject);
  return z.union(
    [
      z.strictObject(
        {
          kind: z.literal("numeric"),
          buckets: buckets.describe("[lower, upper), as in statistics.json."),
          deciles: buckets.optional().describe("(lower, upper], of the baseline."),
          cdf,
        },
        anObject,
      ),
      z.strictObject(
        {
          kind: z.literal("categorical"),
          categories: listOf(categorySchema(z)).describe("Most different first."),
          others: others.optional().describe("All others together."),
        },
        anObject,
      ),
    ],
    anObject,
  );
}

export function movedSchema(z: Zod): ZodType<Moved> {
  const { count, text, number, share, listOf } = schemaPrimitives(z);
  const categories = listOf(categorySchema(z)).optional();
  const ofOneSide = z
    .strictObject({ count, values: listOf(categorySchema(z)) }, anObject)
    .optional();
  return z.strictObject(
    {
      sentence: text,
      at: z
        .union([number, text])
        .optional()
        .describe("Where the gap between both distributions is largest."),
      gap: number.optional().describe("The gap there, current less baseline."),
      median_shift: number
        .optional()
        .describe("In baseline units: interquartile range / 1.349, else std_dev."),
      spread_ratio: number.optional(),
      spike: z
        .strictObject({ value: number, baseline: share, current: share }, anObject)
        .optional(),
      gained: categories,
      lost: categories,
      new: ofOneSide,
      vanished: ofOneSide,
    },
    anObject,
  );
}

export function advisorySchema(z: Zod): ZodType<Advisory> {
  const { count, text, number, oneOf } = schemaPrimitives(z);
  return z.strictObject(
    {
      rule: oneOf(ADVISORY_RULES),
      status: oneOf(["raised", "passed", "insufficient_sample"]),
      observed: number,
      threshold: number.describe("The least that matters: an effect, not a significance."),
      bound: number.describe("What samples of these sizes exceed by chance in 3 of 1,000 cases."),
      p_value: number.describe("The rule's own."),
      adjusted_p_value: number
        .optional()
        .describe("The feature's, of all its rules, among all features of the run."),
      n: count,
      m: count,
      sentence: text,
    },
    anObject,
  );
}

export function segmentSchema(z: Zod): ZodType<Segment> {
  const { count, text, number, share } = schemaPrimitives(z);
  return z.strictObject(
    {
      feature: text,
      value: text,
      records: count,
      share,
      distance_within: number,
      distance_without: number,
    },
    anObject,
  );
}

function categorySchema(z: Zod): ZodType<CategoryShares> {
  const { text, share } = schemaPrimitives(z);
  return z.strictObject({ value: text, baseline: share, current: share }, anObject);
}
