/** Where in a `constraints.json` stands what a check asks for, as a JSON pointer (RFC 6901). */
import type { FeatureConstraints, MonitoringConfig } from "./constraints.ts";
import { memberOf, settingPath } from "./monitoring-config.ts";

type OwnKey = keyof Pick<FeatureConstraints, "completeness" | "isNonNegative">;
type Key = OwnKey | keyof MonitoringConfig;

const OF_FEATURE: Readonly<Record<OwnKey, readonly string[]>> = {
  completeness: ["completeness"],
  isNonNegative: ["num_constraints", "is_non_negative"],
};

/** Where a feature may override settings; the first that has one decides. */
const OVERRIDES: readonly (readonly string[])[] = [
  ["monitoringConfigOverrides"],
  ["monitoring_config_overrides"],
  ["string_constraints", "monitoring_config_overrides"],
  ["num_constraints", "monitoring_config_overrides"],
];

/**
 * Points to what a file says of a feature, or to the setting that decides about it: an override of
 * the feature's, else the file's. Where the file is silent, to where it would say so.
 *
 * @param json - The parsed file.
 * @param position - The feature's, from 0.
 */
export function constraintPointer(json: unknown, position: number, key: Key): string {
  const feature = ["features", String(position)];
  if (key === "completeness" || key === "isNonNegative") {
    return pointerOf([...feature, ...OF_FEATURE[key]]);
  }
  return pointerOf(
    findSetting(json, feature, key) ??
      (key === "categoricalComparisonThreshold"
        ? findSetting(json, feature, "comparisonThreshold")
        : undefined) ?? ["monitoring_config", ...settingPath({}, key).path],
  );
}

function findSetting(
  json: unknown,
  feature: readonly string[],
  key: keyof MonitoringConfig,
): readonly string[] | undefined {
  const places = [...OVERRIDES.map((place) => [...feature, ...place]), ["monitoring_config"]];
  for (const place of places) {
    const config = place.reduce<unknown>(memberOf, json);
    const { path, isSet } = settingPath(config, key);
    if (isSet) return [...place, ...path];
  }
  return undefined;
}

function pointerOf(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
