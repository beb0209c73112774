/**
 * Constraints as a contract of the Open Data Contract Standard 3.1.0, in YAML.
 *
 * Completeness and domains are metrics of the standard's library, which count what is wrong in
 * percent; signs are an option of the type. What the library has no metric for (types in part,
 * drift, columns) is a rule of the engine tidemark, with its numbers.
 */
import { loadYaml } from "../../base/load-yaml.ts";
import { isNonNegativeChecked } from "../../checks/non-negative.ts";
import {
  type Constraints,
  configOf,
  type FeatureConfig,
  type FeatureConstraints,
} from "../../constraints/constraints.ts";
import type { InferredType } from "../../profile/profile.ts";

const LOGICAL_TYPES: Readonly<Record<InferredType, string | undefined>> = {
  Integral: "integer",
  Fractional: "number",
  String: "string",
  Unknown: undefined,
};

type Rule = Readonly<Record<string, unknown>>;

/**
 * Renders the contract, a draft until someone adopts it. Its version names the constraints: `hash`
 * is the SHA-256 of their file.
 */
export async function renderOdcs(
  constraints: Constraints,
  name: string,
  hash: string,
): Promise<string> {
  const { stringify } = await loadYaml();
  const contract = {
    apiVersion: "v3.1.0",
    kind: "DataContract",
    id: name,
    name,
    version: `sha256-${hash.slice(0, 16)}`,
    status: "draft",
    schema: [
      {
        name,
        logicalType: "object",
        properties: constraints.features.map((feature) => {
          return propertyOf(feature, configOf(constraints.config, feature));
        }),
        quality: [
          custom("Columns", "consistency", {
            checks: ["missing_column_check", "extra_column_check"],
            columns: constraints.features.length,
          }),
        ],
      },
    ],
  };
  return stringify(contract, { lineWidth: 0, aliasDuplicateObjects: false });
}

function propertyOf(feature: FeatureConstraints, config: FeatureConfig): object {
  const { name, inferredType, completeness } = feature;
  const logicalType = LOGICAL_TYPES[inferredType];
  const rules = config.evaluateConstraints ? rulesOf(feature, config) : [];
  return {
    name,
    ...(logicalType === undefined ? {} : { logicalType }),
    ...(isNonNegativeChecked(feature, "tidemark") && config.evaluateConstraints
      ? { logicalTypeOptions: { minimum: 0 } }
      : {}),
    ...(completeness === 1 && config.evaluateConstraints ? { required: true } : {}),
    ...(rules.length === 0 ? {} : { quality: rules }),
  };
}

function rulesOf(feature: FeatureConstraints, config: FeatureConfig): readonly Rule[] {
  const { inferredType, completeness, domains } = feature;
  return [
    ...(completeness === undefined
      ? []
      : [library("Completeness", "completeness", "nullValues", 1 - completeness)]),
    ...(domains === undefined || inferredType !== "String"
      ? []
      : [
          {
            ...library("Domain", "conformity", "invalidValues", 1 - config.domainContentThreshold),
            arguments: { validValues: domains },
          },
        ]),
    ...(inferredType === "Unknown"
      ? []
      : [
          custom("Type", "conformity", {
            check: "data_type_check",
            type: inferredType,
            threshold: config.datatypeCheckThreshold,
          }),
        ]),
    ...(config.performComparison ? [driftRule(inferredType, config)] : []),
  ];
}

/** A library metric that may be at most `share` of the rows. */
function library(name: string, dimension: string, metric: string, share: number): Rule {
  const limit = share === 0 ? { mustBe: 0 } : { mustBeLessOrEqualTo: percentOf(share) };
  return { name, dimension, type: "library", metric, unit: "percent", ...limit };
}

/** Rounded up to nine decimals, so that no rule is broken by how its percent was computed. */
function percentOf(share: number): number {
  return Math.ceil(Number((share * 1e11).toPrecision(12))) / 1e9;
}

function driftRule(type: InferredType, config: FeatureConfig): Rule {
  const isText = type === "String";
  return custom("Drift", "consistency", {
    check: "baseline_drift_check",
    method: isText ? config.categoricalDriftMethod : "LInfinity",
    comparison: config.comparisonMethod,
    threshold: isText ? config.categoricalComparisonThreshold : config.comparisonThreshold,
  });
}

function custom(name: string, dimension: string, implementation: object): Rule {
  return { name, dimension, type: "custom", engine: "tidemark", implementation };
}
