/**
 * `constraints.json` to and from constraints: the only place that knows its keys.
 *
 * Written as the service writes it, read as its documentation, its SDK and its own older images
 * spell it. Overrides are read from four places and never written.
 */
import { formatJavaDouble } from "../base/java-double.ts";
import { locate, parseJson } from "../base/located-json.ts";
import { writeServiceJson } from "../base/service-json.ts";
import { formatError, TidemarkError } from "../base/tidemark-error.ts";
import { parsedBy, type SchemaOf, validate, type Zod } from "../base/validate.ts";
import type { Schema } from "../profile/statistics-file.ts";
import {
  type ConfigOverrides,
  type Constraints,
  DEFAULT_CONFIG,
  type FeatureConstraints,
  type MonitoringConfig,
} from "./constraints.ts";
import { monitoringConfigSchema, SETTINGS, SHARE } from "./monitoring-config.ts";

/** A documentation page gives this as the default of two thresholds that are 1.0 in every file. */
const MISPRINTED_SHARE = 0.1;

/** Renders constraints as the service does, without a trailing newline. */
export function writeConstraints(constraints: Constraints, schema: Schema): string {
  return writeServiceJson({
    version: 0,
    features: constraints.features.map(({ name, inferredType, ...feature }) => ({
      name,
      inferred_type: inferredType,
      completeness: feature.completeness,
      num_constraints:
        feature.isNonNegative === undefined
          ? undefined
          : { is_non_negative: feature.isNonNegative },
      string_constraints: feature.domains === undefined ? undefined : { domains: feature.domains },
    })),
    monitoring_config: {
      evaluate_constraints: enabled(constraints.config.evaluateConstraints),
      emit_metrics: enabled(constraints.config.emitMetrics),
      datatype_check_threshold: constraints.config.datatypeCheckThreshold,
      domain_content_threshold: constraints.config.domainContentThreshold,
      distribution_constraints: {
        perform_comparison: enabled(constraints.config.performComparison),
        comparison_threshold: constraints.config.comparisonThreshold,
        comparison_method: constraints.config.comparisonMethod,
        ...(schema === "2021" ? {} : categoricalSettings(constraints.config)),
      },
    },
  });
}

function categoricalSettings(config: MonitoringConfig): Record<string, number | string> {
  return {
    categorical_comparison_threshold:
      config.categoricalComparisonThreshold ?? config.comparisonThreshold,
    categorical_drift_method: config.categoricalDriftMethod,
  };
}

function enabled(isEnabled: boolean): string {
  return isEnabled ? "Enabled" : "Disabled";
}

export interface ReadConstraints {
  readonly constraints: Constraints;
  /** The file as parsed, so that verdicts can point into it. */
  readonly json: unknown;
  /** Whole sentences about what is allowed and probably not meant. */
  readonly warnings: readonly string[];
}

/**
 * Reads a constraints file of any generation and spelling. What is silent takes the defaults; a
 * feature without type or completeness is not checked for it. Throws a configuration error for
 * wrong values and for repeated feature names.
 */
export async function readConstraints(text: string, file: string): Promise<ReadConstraints> {
  const parsed = await validate(text, file, constraintsSchema);
  const features = parsed.features.map((feature): FeatureConstraints => {
    const { num_constraints: numeric, string_constraints: string } = feature;
    return {
      name: feature.name,
      inferredType: feature.inferred_type,
      completeness: feature.completeness,
      isNonNegative: numeric?.is_non_negative,
      domains: string?.domains,
      overrides: {
        ...numeric?.monitoring_config_overrides,
        ...string?.monitoring_config_overrides,
        ...feature.monitoring_config_overrides,
        ...feature.monitoringConfigOverrides,
      },
    };
  });
  refuseRepeatedNames(features, text, file);
  const config: MonitoringConfig = {
    ...DEFAULT_CONFIG,
    categoricalComparisonThreshold: undefined,
    ...parsed.monitoring_config,
  };
  const warnings = [
    ...warningsOf(parsed.monitoring_config ?? {}, "", file),
    ...features.flatMap(({ name, overrides }) =>
      warningsOf(overrides, ` of feature ${JSON.stringify(name)}`, file),
    ),
  ];
  return { constraints: { features, config }, json: parseJson(text, file), warnings };
}

const constraintsSchema = (z: Zod) => {
  const anObject = { error: "an object" };
  const text = z.string({ error: "a text" });
  const overrides = monitoringConfigSchema(z, "ignored").optional();
  const feature = z.object(
    {
      name: text,
      inferred_type: z
        .enum(["Integral", "Fractional", "String", "Unknown"], {
          error: "Integral, Fractional, String or Unknown",
        })
        .default("Unknown"),
      completeness: parsedBy(z, SHARE.expected, SHARE.parse, SHARE.jsonSchema).optional(),
      num_constraints: z
        .object(
          {
            is_non_negative: z.boolean({ error: "true or false" }).optional(),
            monitoring_config_overrides: overrides,
          },
          anObject,
        )
        .optional(),
      string_constraints: z
        .object(
          {
            domains: z.array(text, { error: "a list of texts" }).optional(),
            monitoring_config_overrides: overrides,
          },
          anObject,
        )
        .optional(),
      monitoring_config_overrides: overrides,
      monitoringConfigOverrides: overrides,
    },
    anObject,
  );
  return z.object(
    {
      version: z.literal(0, { error: "0, the only version there is" }).optional(),
      features: z.array(feature, { error: "a list of features" }),
      monitoring_config: overrides,
    },
    { error: "an object with features" },
  );
};

/** The same for whoever only asks what a text may hold. */
export const constraintsFileSchema: SchemaOf<unknown> = constraintsSchema;

function refuseRepeatedNames(
  features: readonly FeatureConstraints[],
  text: string,
  file: string,
): void {
  const seen = new Set<string>();
  const repeated = new Map<string, number>();
  for (const [index, { name }] of features.entries()) {
    if (seen.has(name) && !repeated.has(name)) repeated.set(name, index);
    seen.add(name);
  }
  const [first] = repeated.values();
  if (first === undefined) return;
  const names = [...repeated.keys()].map((name) => JSON.stringify(name)).join(", ");
  throw new TidemarkError({
    code: "configuration",
    location: { file, ...locate(text, ["features", first, "name"]) },
    what: `features are named alike: ${names}`,
    expected: "every name once",
    hint: "Rename or remove the repeated features.",
  });
}

function warningsOf(config: ConfigOverrides, of: string, file: string): string[] {
  return (["datatypeCheckThreshold", "domainContentThreshold"] as const)
    .filter((key) => config[key] === MISPRINTED_SHARE)
    .map((key) =>
      formatError({
        code: "configuration",
        location: { file },
        what: `${SETTINGS[key].names[0]}${of} is ${formatJavaDouble(MISPRINTED_SHARE)}, the least \
share of cells that must comply, so its check hardly ever fails`,
        expected: "1.0, which the service writes",
        hint: "Correct it unless such a loose check is meant.",
      }),
    );
}
