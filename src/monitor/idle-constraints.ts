/** Constraints that a check would read and that could never, or always, be violated. */
import { excerpt } from "../base/tidemark-error.ts";
import {
  type ConfigOverrides,
  type Constraints,
  configOf,
  type FeatureConstraints,
} from "../constraints/constraints.ts";
import { SETTINGS } from "../constraints/monitoring-config.ts";
import type { FoundAt } from "./lint-finding.ts";

/** A least share below this lets half of the cells be anything. */
const SHARE_MEANT_MIN = 0.5;
/** The largest number of categories that a baseline lists is 120. */
const DOMAIN_MEANT_MAX = 1_000;

type Json = Readonly<Record<string, unknown>>;
type Path = readonly PropertyKey[];
type SettingKey = keyof typeof SETTINGS;

const FEATURE_KEYS = ["name", "inferred_type", "completeness"];
const OVERRIDE_KEYS = ["monitoring_config_overrides", "monitoringConfigOverrides"];
const CONFIG_KEYS = Object.values(SETTINGS).flatMap(({ names }) => [...names]);

/** Finds them; `raw` is the file's JSON, which the constraints were read from. */
export function findIdleConstraints(constraints: Constraints, raw: unknown): readonly FoundAt[] {
  const json = raw as Json;
  const features = json["features"] as readonly Json[];
  return [
    ...unknownKeys(json, ["version", "features", "monitoring_config"], []),
    ...configFindings(constraints, json),
    ...features.flatMap((feature, index) =>
      featureFindings(constraints, constraints.features[index]!, feature, ["features", index]),
    ),
  ];
}

function configFindings({ config, features }: Constraints, json: Json): FoundAt[] {
  const path = ["monitoring_config"];
  const given = json["monitoring_config"] as Json | undefined;
  const isOff = !config.evaluateConstraints;
  return [
    ...unknownSettings(given, path),
    ...looseSettings(config, path, given),
    ...(isOff
      ? [
          {
            path: pathOf(given, path, "evaluateConstraints"),
            what: "evaluate_constraints is Disabled, so nothing is checked",
          },
        ]
      : []),
    ...(features.length === 0
      ? [{ path: ["features"], what: "features is empty, so nothing is checked" }]
      : []),
  ];
}

function featureFindings(
  constraints: Constraints,
  feature: FeatureConstraints,
  json: Json,
  path: Path,
): FoundAt[] {
  const { inferredType: type, domains } = feature;
  const string = json["string_constraints"] as Json | undefined;
  const number = json["num_constraints"] as Json | undefined;
  const isNumeric = type === "Integral" || type === "Fractional";
  return [
    ...unknownKeys(
      json,
      [...FEATURE_KEYS, "num_constraints", "string_constraints", ...OVERRIDE_KEYS],
      path,
    ),
    ...unknownKeys(number, ["is_non_negative", OVERRIDE_KEYS[0]!], [...path, "num_constraints"]),
    ...unknownKeys(string, ["domains", OVERRIDE_KEYS[0]!], [...path, "string_constraints"]),
    ...(type === "Unknown"
      ? [
          {
            path: [...path, "inferred_type"],
            what: "the type is Unknown, so neither types nor drift are checked",
          },
        ]
      : []),
    ...(number?.["is_non_negative"] === true && !isNumeric
      ? [
          {
            path: [...path, "num_constraints"],
            what: `num_constraints of a feature of type ${type} are not checked`,
          },
        ]
      : []),
    ...(domains === undefined
      ? []
      : domainFindings(domains, type, [...path, "string_constraints", "domains"])),
    ...overrideFindings(constraints, feature, json, path),
  ];
}

function domainFindings(
  domains: readonly string[],
  type: FeatureConstraints["inferredType"],
  path: Path,
): FoundAt[] {
  const repeated = domains.findIndex((text, index) => domains.indexOf(text) < index);
  if (type !== "String") {
    return [{ path, what: `domains of a feature of type ${type} are not checked` }];
  }
  if (domains.length === 0) {
    return [
      { path, what: "domains is empty, so no cell complies", hint: "Remove domains to allow all." },
    ];
  }
  return [
    ...(domains.length > DOMAIN_MEANT_MAX
      ? [
          {
            path,
            what: `domains holds ${domains.length} texts: rather an identifier than a category`,
            expected: `at most ${DOMAIN_MEANT_MAX}`,
            hint: "Remove domains unless all of them are meant.",
          },
        ]
      : []),
    ...(repeated >= 0
      ? [{ path: [...path, repeated], what: `domains holds ${excerpt(domains[repeated])} twice` }]
      : []),
  ];
}

function overrideFindings(
  constraints: Constraints,
  feature: FeatureConstraints,
  json: Json,
  path: Path,
): FoundAt[] {
  const places: readonly Path[] = [
    ...OVERRIDE_KEYS.map((key) => [...path, key]),
    ...["num_constraints", "string_constraints"].map((key) => [...path, key, OVERRIDE_KEYS[0]!]),
  ];
  return places.flatMap((place) => {
    const given = place
      .slice(path.length)
      .reduce<unknown>((at, key) => (at as Json)?.[String(key)], json) as Json | undefined;
    if (given === undefined) return [];
    const found = [
      ...unknownSettings(given, place),
      ...looseSettings(feature.overrides, place, given),
    ];
    if (Object.keys(given).length === 0) return [{ path: place, what: "the overrides are empty" }];
    return [...found, ...idleSettings(constraints, feature, given, place)];
  });
}

/** Overrides that say what holds anyway, or what no check of such a feature asks. */
function idleSettings(
  constraints: Constraints,
  feature: FeatureConstraints,
  given: Json,
  path: Path,
): FoundAt[] {
  const without = configOf(constraints.config, { ...feature, overrides: {} });
  return settingsIn(given).flatMap((key): FoundAt[] => {
    const at = pathOf(given, path, key);
    const name = SETTINGS[key].names[0];
    if (feature.overrides[key] === without[key]) {
      return [{ path: at, what: `the override of ${name} is what holds anyway (${without[key]})` }];
    }
    return isAsked(key, feature)
      ? []
      : [{ path: at, what: `${name} means nothing to a feature of type ${feature.inferredType}` }];
  });
}

function isAsked(key: SettingKey, { inferredType: type, domains }: FeatureConstraints): boolean {
  switch (key) {
    case "domainContentThreshold":
      return type === "String" && domains !== undefined;
    case "categoricalComparisonThreshold":
    case "categoricalDriftMethod":
      return type === "String";
    default:
      return type !== "Unknown";
  }
}

function looseSettings(config: ConfigOverrides, path: Path, given: Json | undefined): FoundAt[] {
  const at = (key: SettingKey): Path => pathOf(given, path, key);
  const isGiven = (key: SettingKey): boolean => settingsIn(given).includes(key);
  const shares = (["datatypeCheckThreshold", "domainContentThreshold"] as const).filter(
    (key) => isGiven(key) && (config[key] ?? 1) < SHARE_MEANT_MIN,
  );
  const distances = (["comparisonThreshold", "categoricalComparisonThreshold"] as const).filter(
    (key) =>
      isGiven(key) &&
      (config[key] ?? 0) >= 1 &&
      !(key === "categoricalComparisonThreshold" && config.categoricalDriftMethod === "ChiSquared"),
  );
  return [
    ...shares.map((key) => ({
      path: at(key),
      what:
        `${SETTINGS[key].names[0]} is ${config[key]}, the least share of cells that must ` +
        "comply, so its check hardly ever fails",
      expected: "a share such as 1.0",
    })),
    ...distances.map((key) => ({
      path: at(key),
      what: `${SETTINGS[key].names[0]} is ${config[key]}, which no distance exceeds`,
      expected: "a number below 1 such as 0.1",
    })),
  ];
}

function unknownSettings(given: Json | undefined, path: Path): FoundAt[] {
  if (given === undefined) return [];
  const nested = given["distribution_constraints"] as Json | undefined;
  return [
    ...unknownKeys(given, [...CONFIG_KEYS, "distribution_constraints"], path),
    ...unknownKeys(nested, CONFIG_KEYS, [...path, "distribution_constraints"]),
  ];
}

function unknownKeys(json: Json | undefined, known: readonly string[], path: Path): FoundAt[] {
  return Object.keys(json ?? {})
    .filter((key) => !known.includes(key))
    .map((key) => ({
      path: [...path, key],
      what: `${excerpt(key)} is not a known key and is ignored`,
    }));
}

/** The settings that an object gives, at their own place or at another. */
function settingsIn(given: Json | undefined): readonly SettingKey[] {
  const nested = (given?.["distribution_constraints"] ?? {}) as Json;
  const keys = new Set([...Object.keys(given ?? {}), ...Object.keys(nested)]);
  return (Object.keys(SETTINGS) as SettingKey[]).filter((key) =>
    SETTINGS[key].names.some((name) => keys.has(name)),
  );
}

function pathOf(given: Json | undefined, path: Path, key: SettingKey): Path {
  const nested = (given?.["distribution_constraints"] ?? {}) as Json;
  for (const name of SETTINGS[key].names) {
    if (name in nested) return [...path, "distribution_constraints", name];
    if (given !== undefined && name in given) return [...path, name];
  }
  return path;
}
