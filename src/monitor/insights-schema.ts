/**
 * The shape of `insights.json` as a schema: for those who check a file before they use it, and the
 * source of `schema/insights.schema.json`. Keys that are not listed are refused, so a key added to
 * the type must be added here.
 */
import { SEMANTICS } from "../base/semantics.ts";
import type { SchemaOf, Zod } from "../base/validate.ts";
import { ADVISORY_CHECK_TYPES } from "../checks/check.ts";
import { REJECT_REASONS } from "../source/record-source.ts";
import { EMPTINESS_REASONS } from "./emptiness.ts";
import {
  advisorySchema,
  movedSchema,
  offendersSchema,
  segmentSchema,
  shapeSchema,
  sideSummarySchema,
} from "./evidence-schema.ts";
import { INSIGHTS_VERSION, type Insights } from "./insights.ts";
import { schemaPrimitives } from "./schema-primitives.ts";

const CHECK_TYPES = [
  "missing_column_check",
  "extra_column_check",
  "data_type_check",
  "completeness_check",
  "categorical_values_check",
  "non_negative_check",
  "baseline_drift_check",
  ...ADVISORY_CHECK_TYPES,
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

const anObject = { error: "an object" };

/** Builds the schema of a whole file; what is not finite is read back from its text. */
export const insightsSchema: SchemaOf<Insights> = (z) => {
  const { count, text, texts, hash, oneOf, listOf } = schemaPrimitives(z);
  const input = z.strictObject(
    {
      path: text.describe("As given, or as found below what was given; - is standard input."),
      bytes: count.describe("As stored: the compressed size of a compressed file."),
      sha256: hash.describe("Of the stored bytes."),
      records: count,
      rejected: z.record(text, count, anObject).describe("Records not read, by reason."),
      dropped: count.optional().describe("Records that a script made no row of."),
      extra_cells: count.describe("Cells beyond the header's width, dropped."),
      invalid_utf8: count.describe("Invalid UTF-8 sequences, each replaced by U+FFFD."),
    },
    anObject,
  );
  const groundTruth = z.strictObject(
    {
      inputs: listOf(input),
      labels: count.describe("Ids that have a label."),
      duplicates: count.describe("Labels that a later one for the same id replaced."),
      matched: count.describe("Records with a label."),
      unmatched: count.describe("Records left out for want of a label."),
      unused: count.describe("Labels without a record."),
    },
    anObject,
  );
  const output = z.strictObject({ name: text, sha256: hash }, anObject);
  const window = z.strictObject({ start: text.optional(), end: text.optional() }, anObject);
  const dataset = z.strictObject(
    {
      rows: count,
      columns: count,
      matching: oneOf(["name", "position"])
        .optional()
        .describe("How columns met features; checks only."),
      missing: texts.describe("Features that are no column of the run, where names are known."),
      extra: texts.describe("Columns of the run that are no feature, where names are known."),
      checks: listOf(checkSchema(z)),
    },
    anObject,
  );
  return z.strictObject(
    {
      $schema: text.optional().describe("Names this schema."),
      version: z
        .literal(INSIGHTS_VERSION, { error: `${INSIGHTS_VERSION}, the only version there is` })
        .describe("Counts breaking changes of this format."),
      engine: z.strictObject({ name: oneOf(["tidemark"]), version: text }, anObject),
      command: oneOf(["baseline", "check"]),
      semantics: oneOf(SEMANTICS),
      inputs: listOf(input),
      baseline: z
        .strictObject({ path: text, sha256: hash }, anObject)
        .optional()
        .describe("The constraints.json that was checked."),
      ground_truth: groundTruth
        .optional()
        .describe("The labels that captured records were joined with, where asked for."),
      outputs: listOf(output).describe("The other files of the run."),
      window: window
        .optional()
        .describe("The times [start, end) that records were taken from, as given."),
      dataset,
      verdict: verdictSchema(z),
      emptiness: emptinessSchema(z)
        .optional()
        .describe("Why there is nothing to judge; absent where there is."),
      features: listOf(featureSchema(z)),
      warnings: texts,
    },
    anObject,
  );
};

function checkSchema(z: Zod) {
  const { text, oneOf, ...types } = schemaPrimitives(z);
  const number = types.number.optional();
  const status = oneOf(CHECK_STATUSES);
  const sample = {
    n: number.describe("Size of the current sample."),
    m: number.describe("Size of the baseline's sample."),
    simple: number.describe("The largest difference of the two distributions."),
    robust: number.describe("The same less the margin, at least 0."),
  };
  const other = z.strictObject(
    { semantics: oneOf(SEMANTICS), status, observed: number, ...sample },
    anObject,
  );
  const numberOrText = z.union([types.number, text], { error: "a number or a text" }).optional();
  return z.strictObject(
    {
      type: oneOf(CHECK_TYPES),
      status,
      observed: number.describe("What was compared: a share, a distance, a number of columns."),
      expected: numberOrText,
      threshold: number,
      reason: text.optional().describe("Why nothing was judged."),
      method: oneOf(["LInfinity", "ChiSquared"]).optional(),
      kind: oneOf(["distance", "pvalue"]).optional(),
      direction: oneOf(["greater_is_drift", "less_is_drift"]).optional(),
      ...sample,
      margin: number.describe("By how much samples this small may differ by chance."),
      at: numberOrText.describe("Where the difference is largest."),
      detectable: number.describe(
        "The smallest difference that this window could have shown: a gap of the distributions, " +
          "or of chi-squared a change of a category's share.",
      ),
      power: number.describe(
        "Chi-squared: the chance with which a change of that size is a violation, at least.",
      ),
      statistic: number,
      degrees_of_freedom: number,
      p_value: number,
      critical_value: number,
      passes_at: number.describe(
        "The threshold at which a violation would pass. Absent where no number decides " +
          "(columns, signs, advisories): see passes_with.",
      ),
      passes_with: text
        .optional()
        .describe("What makes a violation pass that no number of constraints.json decides."),
      pointer: text
        .optional()
        .describe(
          "JSON pointer into constraints.json: to the number that passes_at would replace.",
        ),
      offenders: offendersSchema(z).optional().describe("The records behind a violation."),
      other: other
        .optional()
        .describe("The same under the other semantics: for drift always, else where it differs."),
    },
    anObject,
  );
}

function featureSchema(z: Zod) {
  const { count, text, oneOf, listOf } = schemaPrimitives(z);
  const place = z.strictObject({ file: text, line: count }, anObject);
  const evidence = z.strictObject(
    {
      integral: count,
      fractional: count,
      boolean: count,
      string: count,
      uncastable: count.describe("Cells of a number's form that are none, such as - 5."),
      non_finite: count.describe("Cells beyond the largest double."),
      negative: count,
      first_string: place
        .optional()
        .describe("Where the first cell stands that made the column String."),
    },
    anObject,
  );
  const counts = z.strictObject(
    { present: count, missing: count, distinct: count.optional() },
    anObject,
  );
  return z.strictObject(
    {
      name: text,
      position: count.optional().describe("Column of the run, from 0; absent without a column."),
      type: oneOf(["Integral", "Fractional", "String", "Unknown"]).optional(),
      evidence: evidence.optional().describe("Present cells by class."),
      counts: counts.optional(),
      checks: listOf(checkSchema(z)),
      baseline: sideSummarySchema(z).optional(),
      current: sideSummarySchema(z).optional(),
      shape: shapeSchema(z).optional().describe("Both distributions on common buckets."),
      moved: movedSchema(z).optional().describe("What differs, in words and numbers."),
      advisories: listOf(advisorySchema(z))
        .optional()
        .describe("Rules beside the verdict; violations only where asked for."),
      segments: listOf(segmentSchema(z))
        .optional()
        .describe("Values of other features where the shift is concentrated."),
    },
    anObject,
  );
}

function emptinessSchema(z: Zod) {
  const { count, text, oneOf, listOf } = schemaPrimitives(z);
  const rejected = z.strictObject(
    {
      reason: oneOf(REJECT_REASONS),
      count,
      detail: text.optional().describe("What is wrong with the first one."),
      file: text.optional().describe("Where the first one stands."),
      line: count.optional(),
      event_id: text.optional(),
    },
    anObject,
  );
  return z.strictObject(
    {
      reason: oneOf(EMPTINESS_REASONS),
      message: text,
      hours: z
        .strictObject({ count, first: text, last: text }, anObject)
        .optional()
        .describe("Hours that have files, whatever the window."),
      rejected: listOf(rejected).optional().describe("By reason, most frequent first."),
    },
    anObject,
  );
}

function verdictSchema(z: Zod) {
  const { count, texts, oneOf } = schemaPrimitives(z);
  const other = z.strictObject(
    {
      semantics: oneOf(SEMANTICS),
      status: oneOf(["passed", "violated", "not_comparable"]),
      violations: count.optional(),
      only_here: texts.optional().describe("Violations not seen there, as feature: check."),
      only_there: texts.optional().describe("Violations seen only there, as feature: check."),
    },
    anObject,
  );
  return z.strictObject(
    {
      status: oneOf(["profiled", "passed", "violated", "no_data"]),
      violations: count,
      by_check: z.partialRecord(oneOf(CHECK_TYPES), count, anObject),
      unjudged: count.describe("Checks that had nothing to judge."),
      advisories: count.optional().describe("Advisories that were raised."),
      clearing: texts
        .optional()
        .describe("The fewest features without whose violations the run would pass."),
      other: other.optional().describe("What the other semantics says of the same records."),
    },
    anObject,
  );
}
