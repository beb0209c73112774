/**
 * Constraints as a suite of Great Expectations 1.x, in JSON.
 *
 * Completeness, domains, signs and the set of columns have an expectation of the same meaning. Of
 * types it is looked at whether numbers are numbers: a data frame has types of its own. Drift has
 * none: the distances that it knows are others, so it is left out and the suite's `meta` says so.
 */
import { VERSION } from "../../base/version.ts";
import { isNonNegativeChecked } from "../../checks/non-negative.ts";
import {
  type Constraints,
  configOf,
  type FeatureConstraints,
} from "../../constraints/constraints.ts";

interface Expectation {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly meta: { readonly tidemark: string };
}

/**
 * What pandas, Spark and SQL call numbers. Whole ones are not told from others: with a missing cell
 * among them a data frame keeps them as floats.
 */
const NUMBERS = [
  ...["int", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"],
  ...["Int8", "Int16", "Int32", "Int64", "IntegerType", "LongType", "ShortType", "ByteType"],
  ...["INT", "INTEGER", "SMALLINT", "TINYINT", "BIGINT", "BYTEINT", "INT64"],
  ...["float", "float16", "float32", "float64", "Float32", "Float64", "FloatType", "DoubleType"],
  ...["FLOAT", "DOUBLE", "DOUBLE_PRECISION", "REAL", "NUMERIC", "DECIMAL", "FLOAT64"],
  "DecimalType",
];

/** Renders the suite. */
export function renderGreatExpectations(constraints: Constraints, name: string): string {
  const suite = {
    name,
    expectations: [
      expectation("missing_column_check", "expect_table_columns_to_match_set", {
        column_set: constraints.features.map((feature) => feature.name),
        exact_match: true,
      }),
      ...constraints.features.flatMap((feature) => expectationsOf(feature, constraints)),
    ],
    meta: { tidemark: { version: VERSION, without: ["baseline_drift_check"] } },
    notes: "Of a constraints.json. Drift has no expectation of the same measure.",
  };
  return `${JSON.stringify(suite, null, 2)}\n`;
}

function expectationsOf(
  feature: FeatureConstraints,
  { config: shared }: Constraints,
): readonly Expectation[] {
  const { name: column, inferredType, completeness, domains } = feature;
  const config = configOf(shared, feature);
  if (!config.evaluateConstraints) return [];
  const isNumber = inferredType === "Integral" || inferredType === "Fractional";
  return [
    ...(isNumber
      ? [
          expectation("data_type_check", "expect_column_values_to_be_in_type_list", {
            column,
            type_list: NUMBERS,
            mostly: config.datatypeCheckThreshold,
          }),
        ]
      : []),
    ...(completeness === undefined
      ? []
      : [
          expectation("completeness_check", "expect_column_values_to_not_be_null", {
            column,
            mostly: completeness,
          }),
        ]),
    ...(domains === undefined || inferredType !== "String"
      ? []
      : [
          expectation("categorical_values_check", "expect_column_values_to_be_in_set", {
            column,
            value_set: domains,
            mostly: config.domainContentThreshold,
          }),
        ]),
    ...(isNonNegativeChecked(feature, "tidemark")
      ? [
          expectation("non_negative_check", "expect_column_values_to_be_between", {
            column,
            min_value: 0,
          }),
        ]
      : []),
  ];
}

function expectation(check: string, type: string, kwargs: Expectation["kwargs"]): Expectation {
  return { type, kwargs, meta: { tidemark: check } };
}
