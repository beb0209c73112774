/**
 * The shape of `insights.json` as a schema: for those who check a file before they use it, and the
 * source of `schema/insights.schema.json`. Keys that are not listed are refused, so a key added to
 * the type must be added here.
 */
import { SEMANTICS } from "../base/semantics.ts";
import type { SchemaOf, Zod } from "../base/validate.ts";
import { INSIGHTS_VERSION, type Insights } from "./insights.ts";

const CHECK_TYPES = [
  "missing_column_check",
  "extra_column_check",
  "data_type_check",
  "completeness_check",
  "categorical_values_check",
  "non_negative_check",
  "baseline_drift_check",
] as const;

const CHECK_STATUSES = [
  "passed",
  "violated",
  "no_data",
  "not_comparable",
  "insufficient_sample",
  "insufficient_categories",
  "skipped",
] as const;

/** Builds the schema of a whole file; what is not finite is read back from its text. */
export const insightsSchema: SchemaOf<Insights> = (z) => {
  const { count, text, texts, hash } = primitives(z);
  const checks = checksSchema(z);
  return z.strictObject({
    version: z.literal(INSIGHTS_VERSION).describe("Counts breaking changes of this format."),
    engine: z.strictObject({ name: z.literal("tidemark"), version: text }),
    command: z.enum(["baseline", "check"]),
    semantics: z.enum(SEMANTICS),
    inputs: z.array(
      z.strictObject({
        path: text.describe("As given, or as found below what was given; - is standard input."),
        bytes: count.describe("As stored: the compressed size of a compressed file."),
        sha256: hash.describe("Of the stored bytes."),
        records: count,
        rejected: z.record(text, count).describe("Records not read, by reason."),
        extra_cells: count.describe("Cells beyond the header's width, dropped."),
        invalid_utf8: count.describe("Invalid UTF-8 sequences, each replaced by U+FFFD."),
      }),
    ),
    outputs: z
      .array(z.strictObject({ name: text, sha256: hash }))
      .describe("The other files of the run."),
    window: z
      .strictObject({ start: text.optional(), end: text.optional() })
      .optional()
      .describe("The times [start, end) that records were taken from, as given."),
    dataset: z.strictObject({
      rows: count,
      columns: count,
      matching: z
        .enum(["name", "position"])
        .optional()
        .describe("How columns met features; checks only."),
      missing: texts.describe("Features that are no column of the run, where names are known."),
      extra: texts.describe("Columns of the run that are no feature, where names are known."),
      checks,
    }),
    verdict: verdictSchema(z),
    features: z.array(featureSchema(z)),
    warnings: texts,
  });
};

function primitives(z: Zod) {
  const text = z.string();
  return {
    text,
    texts: z.array(text),
    count: z.int().min(0),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    number: z
      .union([z.number(), z.literal("Infinity").transform(() => Number.POSITIVE_INFINITY)])
      .optional(),
    semantics: z.enum(SEMANTICS),
    checkType: z.enum(CHECK_TYPES),
    status: z.enum(CHECK_STATUSES),
  };
}

function checksSchema(z: Zod) {
  const { number, text, checkType, status, semantics } = primitives(z);
  const sample = {
    n: number.describe("Size of the current sample."),
    m: number.describe("Size of the baseline's sample."),
    simple: number.describe("The largest difference of the two distributions."),
    robust: number.describe("The same less the margin, at least 0."),
  };
  const check = z.strictObject({
    type: checkType,
    status,
    observed: number.describe("What was compared: a share, a distance, a number of columns."),
    expected: z.union([number.unwrap(), text]).optional(),
    threshold: number,
    reason: text.optional().describe("Why nothing was judged."),
    method: z.enum(["LInfinity", "ChiSquared"]).optional(),
    kind: z.enum(["distance", "pvalue"]).optional(),
    direction: z.enum(["greater_is_drift", "less_is_drift"]).optional(),
    ...sample,
    margin: number.describe("By how much samples this small may differ by chance."),
    at: z.union([z.number(), text]).optional().describe("Where the difference is largest."),
    detectable: number.describe("The smallest difference that would have been a violation."),
    statistic: number,
    degrees_of_freedom: number,
    p_value: number,
    critical_value: number,
    other: z
      .strictObject({ semantics, status, observed: number, ...sample })
      .optional()
      .describe("The same check under the other semantics, where it says something else."),
  });
  return z.array(check);
}

function featureSchema(z: Zod) {
  const { count, text } = primitives(z);
  return z.strictObject({
    name: text,
    position: count.optional().describe("Column of the run, from 0; absent without a column."),
    type: z.enum(["Integral", "Fractional", "String", "Unknown"]).optional(),
    evidence: z
      .strictObject({
        integral: count,
        fractional: count,
        boolean: count,
        string: count,
        uncastable: count.describe("Cells of a number's form that are none, such as - 5."),
        non_finite: count.describe("Cells beyond the largest double."),
        negative: count,
        first_string: z
          .strictObject({ file: text, line: count })
          .optional()
          .describe("Where the first cell stands that made the column String."),
      })
      .optional()
      .describe("Present cells by class."),
    counts: z
      .strictObject({ present: count, missing: count, distinct: count.optional() })
      .optional(),
    checks: checksSchema(z),
  });
}

function verdictSchema(z: Zod) {
  const { count, texts, checkType, semantics } = primitives(z);
  return z.strictObject({
    status: z.enum(["profiled", "passed", "violated"]),
    violations: count,
    by_check: z.partialRecord(checkType, count),
    unjudged: count.describe("Checks that had nothing to judge."),
    other: z
      .strictObject({
        semantics,
        status: z.enum(["passed", "violated", "not_comparable"]),
        violations: count.optional(),
        only_here: texts.optional().describe("Violations not seen there, as feature: check."),
        only_there: texts.optional().describe("Violations seen only there, as feature: check."),
      })
      .optional()
      .describe("What the other semantics says of the same records."),
  });
}
