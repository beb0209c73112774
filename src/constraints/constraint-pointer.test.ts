import { describe, expect, it } from "vitest";
import { constraintPointer } from "./constraint-pointer.ts";
import { readConstraints } from "./constraints-file.ts";
import { memberOf } from "./monitoring-config.ts";

const distribution_constraints = { comparison_threshold: 0.2, comparison_method: "Simple" };

describe("constraintPointer", () => {
  it("points to what the file says of the feature", () => {
    expect(constraintPointer({}, 3, "completeness")).toBe("/features/3/completeness");
    expect(constraintPointer({}, 1, "isNonNegative")).toBe(
      "/features/1/num_constraints/is_non_negative",
    );
  });

  it("points to the setting that decides, an override of the feature's first", async () => {
    const places = [
      ["monitoringConfigOverrides"],
      ["monitoring_config_overrides"],
      ["string_constraints", "monitoring_config_overrides"],
      ["num_constraints", "monitoring_config_overrides"],
    ];
    const json = {
      features: places.map((path, i) => ({
        name: `f${i}`,
        ...path.reduceRight<object>(
          (inner, key) => ({ [key]: inner }),
          i % 2 === 0 ? { comparison_threshold: 0.1 * (i + 3) } : { distribution_constraints },
        ),
      })),
      monitoring_config: { distribution_constraints },
    };
    const text = JSON.stringify(json);
    const { constraints } = await readConstraints(text, "constraints.json");
    const pointers = constraints.features.map((_, i) =>
      constraintPointer(json, i, "comparisonThreshold"),
    );
    expect(pointers).toEqual([
      "/features/0/monitoringConfigOverrides/comparison_threshold",
      "/features/1/monitoring_config_overrides/distribution_constraints/comparison_threshold",
      "/features/2/string_constraints/monitoring_config_overrides/comparison_threshold",
      "/features/3/num_constraints/monitoring_config_overrides/distribution_constraints/" +
        "comparison_threshold",
    ]);
    for (const [i, pointer] of pointers.entries()) {
      const value = pointer.split("/").slice(1).reduce<unknown>(memberOf, json);
      expect(value).toBe(constraints.features[i]!.overrides.comparisonThreshold);
    }
  });

  it("points to the file's setting in its spelling, and to its place where it is silent", () => {
    const old = { monitoring_config: { comparion_threshold: 0.3 } };
    expect(constraintPointer(old, 0, "comparisonThreshold")).toBe(
      "/monitoring_config/comparion_threshold",
    );
    const silent = "/monitoring_config/distribution_constraints";
    expect(constraintPointer(undefined, 0, "comparisonThreshold")).toBe(
      `${silent}/comparison_threshold`,
    );
    expect(constraintPointer({}, 0, "categoricalComparisonThreshold")).toBe(
      `${silent}/categorical_comparison_threshold`,
    );
  });

  it("points to the comparison threshold where that serves for categories", () => {
    const json = { features: [{}], monitoring_config: { distribution_constraints } };
    expect(constraintPointer(json, 0, "categoricalComparisonThreshold")).toBe(
      "/monitoring_config/distribution_constraints/comparison_threshold",
    );
  });
});
