/**
 * The settings of `monitoring_config` as users and older images spell them.
 *
 * The same settings come from constraints files, from overrides in them, from a user's own
 * configuration file and from command-line flags; this table reads all four alike. The spellings
 * `comparion_…` stand in old pages of the service's documentation, `enable_comparisons` and
 * `min_domain_mass` in its 2019 fixtures. A key is found in the object itself and in its
 * `distribution_constraints`; its own place wins over the other, its present name over an old one.
 */
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";
import { parsedBy, type Zod, type ZodType } from "../base/validate.ts";
import type { ConfigOverrides, MonitoringConfig } from "./constraints.ts";

type Key = keyof MonitoringConfig;
type ValueOf<K extends Key> = NonNullable<MonitoringConfig[K]>;

/** How one kind of value is written. */
interface ValueKind<T> {
  /** A noun phrase for messages. */
  readonly expected: string;
  /** Undefined when the value is not of this kind. */
  readonly parse: (value: unknown) => T | undefined;
  /** The same as JSON Schema. */
  readonly jsonSchema: Readonly<Record<string, unknown>>;
}

interface Setting<T> extends ValueKind<T> {
  /** The present name first. */
  readonly names: readonly [string, ...string[]];
  /** Whether its own place is `distribution_constraints`. */
  readonly isNested: boolean;
}

const ENABLED: ValueKind<boolean> = {
  expected: "Enabled or Disabled",
  parse(value) {
    if (typeof value === "boolean") return value;
    const text = typeof value === "string" ? value.toLowerCase() : undefined;
    return text === "enabled" ? true : text === "disabled" ? false : undefined;
  },
  jsonSchema: { anyOf: [{ type: "boolean" }, caseless(["Enabled", "Disabled"])] },
};

/** A share of cells. */
export const SHARE: ValueKind<number> = {
  expected: "a number from 0 to 1",
  parse: (value) => numberFrom(value, (number) => number >= 0 && number <= 1),
  jsonSchema: { type: "number", minimum: 0, maximum: 1 },
};

/** A distance, or the statistic of a chi-squared test, which has no upper end. */
const DISTANCE: ValueKind<number> = {
  expected: "a number of at least 0",
  parse: (value) => numberFrom(value, (number) => number >= 0),
  jsonSchema: { anyOf: [{ type: "number", minimum: 0 }, { const: "Infinity" }] },
};

/** Every setting; the keys are those of `MonitoringConfig`. */
export const SETTINGS: { readonly [K in keyof Required<MonitoringConfig>]: Setting<ValueOf<K>> } = {
  evaluateConstraints: { names: ["evaluate_constraints"], isNested: false, ...ENABLED },
  emitMetrics: { names: ["emit_metrics"], isNested: false, ...ENABLED },
  datatypeCheckThreshold: { names: ["datatype_check_threshold"], isNested: false, ...SHARE },
  domainContentThreshold: {
    names: ["domain_content_threshold", "min_domain_mass"],
    isNested: false,
    ...SHARE,
  },
  performComparison: {
    names: ["perform_comparison", "enable_comparisons"],
    isNested: true,
    ...ENABLED,
  },
  comparisonThreshold: {
    names: ["comparison_threshold", "comparion_threshold"],
    isNested: true,
    ...DISTANCE,
  },
  comparisonMethod: {
    names: ["comparison_method", "comparion_method"],
    isNested: true,
    expected: "Robust or Simple",
    parse: (value) =>
      oneOf(value, {
        robust: "Robust",
        simple: "Simple",
        linf_robust: "Robust",
        linf_simple: "Simple",
      }),
    jsonSchema: caseless(["Robust", "Simple", "linf_robust", "linf_simple"]),
  },
  categoricalComparisonThreshold: {
    names: ["categorical_comparison_threshold"],
    isNested: true,
    ...DISTANCE,
  },
  categoricalDriftMethod: {
    names: ["categorical_drift_method"],
    isNested: true,
    expected: "LInfinity or ChiSquared",
    parse: (value) => oneOf(value, { linfinity: "LInfinity", chisquared: "ChiSquared" }),
    jsonSchema: caseless(["LInfinity", "ChiSquared"]),
  },
};

const NESTED = "distribution_constraints";

const KEYS = Object.keys(SETTINGS) as readonly Key[];

/**
 * A schema for a `monitoring_config` object or an override of it, of which every key may be absent.
 * Keys that mean nothing are ignored in the service's files and refused in a user's own.
 */
export function monitoringConfigSchema(
  z: Zod,
  unknownKeys: "ignored" | "refused",
): ZodType<ConfigOverrides> {
  const settings = Object.fromEntries(
    Object.values(SETTINGS).flatMap(({ names, expected, parse, jsonSchema }) => {
      const schema = parsedBy<unknown>(z, expected, parse, jsonSchema).optional();
      return names.map((name) => [name, schema] as const);
    }),
  );
  const error = { error: "an object" };
  const objectOf = unknownKeys === "refused" ? z.strictObject : z.object;
  const nested = objectOf(settings, error).optional();
  return objectOf({ ...settings, [NESTED]: nested }, error).transform((config) =>
    collect(config as Readonly<Record<string, unknown>>),
  );
}

function collect(config: Readonly<Record<string, unknown>>): ConfigOverrides {
  const found = KEYS.flatMap((key) => {
    const { path, isSet } = settingPath(config, key);
    return isSet ? [[key, path.reduce<unknown>(memberOf, config)] as const] : [];
  });
  return Object.fromEntries(found);
}

/**
 * Finds where an object of settings has one of them: in any spelling, in its own place first. Where
 * it has none, the path is that of its own place and its present name.
 */
export function settingPath(
  config: unknown,
  key: Key,
): { readonly path: readonly string[]; readonly isSet: boolean } {
  const { names, isNested } = SETTINGS[key];
  const places = isNested ? [[NESTED], []] : [[], [NESTED]];
  const paths = names.flatMap((name) => places.map((place) => [...place, name]));
  const path = paths.find((each) => each.reduce<unknown>(memberOf, config) !== undefined);
  return { path: path ?? paths[0]!, isSet: path !== undefined };
}

/** Reads a key of whatever may be an object. */
export function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

/**
 * Parses one setting given as a text outside any file. `given` is how its user wrote it, such as
 * `--comparison-threshold`; a usage error names it.
 */
export function parseSetting<K extends Key>(key: K, text: string, given: string): ValueOf<K> {
  const { expected, parse }: Setting<ValueOf<K>> = SETTINGS[key];
  const value = parse(text) ?? (text.trim() === "" ? undefined : parse(Number(text)));
  if (value !== undefined) return value;
  throw new TidemarkError({ code: "usage", what: `${given} is ${excerpt(text)}`, expected });
}

/** Doubles stand in the service's files as numbers, the special ones as texts. */
function numberFrom(value: unknown, accepts: (number: number) => boolean): number | undefined {
  const number = value === "Infinity" ? Number.POSITIVE_INFINITY : value;
  return typeof number === "number" && accepts(number) ? number : undefined;
}

function oneOf<T>(value: unknown, spellings: Readonly<Record<string, T>>): T | undefined {
  const text = typeof value === "string" ? value.toLowerCase() : "";
  return Object.hasOwn(spellings, text) ? spellings[text] : undefined;
}

/** JSON Schema has no words for "in any case" but a pattern. */
function caseless(texts: readonly string[]): Readonly<Record<string, unknown>> {
  const anyCase = (text: string): string =>
    text.replace(/[A-Za-z]/g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
  return { type: "string", pattern: `^(${texts.map(anyCase).join("|")})$`, examples: texts };
}
