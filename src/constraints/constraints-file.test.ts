import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { configOf, DEFAULT_CONFIG } from "./constraints.ts";
import { type ReadConstraints, readConstraints, writeConstraints } from "./constraints-file.ts";

const DATA = new URL("../../../shared/data/", import.meta.url);

const read = (json: unknown): Promise<ReadConstraints> =>
  readConstraints(JSON.stringify(json), "constraints.json");

describe.skipIf(!existsSync(DATA))("files the service wrote", () => {
  test.each([
    ["sdk100/constraints.good.json", "2021"],
    ["sdk100/constraints.bad.json", "2021"],
    ["cardio/constraints.json", "2024"],
    ["cardio/constraints.json", "2023"],
    ["reference/telecom-2000/constraints.json", "2024"],
    ["reference/telecom-2000/constraints.2021.json", "2021"],
    ["reference/telecom-20000/constraints.json", "2024"],
    ["reference/telecom-drifted-2000/constraints.json", "2024"],
  ] as const)("%s is read and written back byte for byte as %s", async (path, schema) => {
    const text = readFileSync(new URL(path, DATA), "utf8");
    const { constraints, warnings } = await readConstraints(text, path);
    expect(writeConstraints(constraints, schema)).toBe(text);
    expect(warnings).toEqual([]);
  });

  test("what the SDK re-saved compactly reads the same", async () => {
    const text = readFileSync(new URL("cardio/constraints.json", DATA), "utf8");
    expect(await read(JSON.parse(text))).toEqual(await readConstraints(text, "constraints.json"));
  });
});

test("a feature keeps what its file says and is silent about the rest", async () => {
  const { constraints } = await read({
    version: 0,
    features: [
      {
        name: "a",
        inferred_type: "Integral",
        completeness: 1,
        num_constraints: { is_non_negative: false },
      },
      { name: "b", inferred_type: "String", string_constraints: { domains: ["x", ""] } },
      { name: "c", unknown: 1 },
    ],
  });
  expect(constraints.features).toEqual([
    { name: "a", inferredType: "Integral", completeness: 1, isNonNegative: false, overrides: {} },
    { name: "b", inferredType: "String", domains: ["x", ""], overrides: {} },
    { name: "c", inferredType: "Unknown", overrides: {} },
  ]);
});

describe("the configuration", () => {
  test("is the default one where the file is silent", async () => {
    const { constraints } = await read({ features: [] });
    expect(constraints.config).toEqual({
      ...DEFAULT_CONFIG,
      categoricalComparisonThreshold: undefined,
    });
  });

  test("a categorical threshold given nowhere follows the feature's comparison threshold", async () => {
    const { constraints } = await read({
      features: [
        { name: "a" },
        { name: "b", monitoringConfigOverrides: { comparison_threshold: 0.3 } },
      ],
      monitoring_config: { distribution_constraints: { comparison_threshold: 0.2 } },
    });
    const effective = constraints.features.map((feature) => configOf(constraints.config, feature));
    expect(effective.map((config) => config.categoricalComparisonThreshold)).toEqual([0.2, 0.3]);
  });

  test("a categorical threshold of the file stays when a feature changes the other", async () => {
    const { constraints } = await read({
      features: [{ name: "b", monitoringConfigOverrides: { comparison_threshold: 0.3 } }],
      monitoring_config: { distribution_constraints: { categorical_comparison_threshold: 0.1 } },
    });
    const config = configOf(constraints.config, constraints.features[0]!);
    expect(config).toMatchObject({ comparisonThreshold: 0.3, categoricalComparisonThreshold: 0.1 });
  });

  test("the SDK's switch for everything is understood", async () => {
    const { constraints } = await read({
      features: [],
      monitoring_config: { evaluate_constraints: "Disabled" },
    });
    expect(constraints.config.evaluateConstraints).toBe(false);
  });
});

describe("overrides", () => {
  const at = (threshold: number) => ({ datatype_check_threshold: threshold });

  test.each([
    ["in num_constraints", { num_constraints: { monitoring_config_overrides: at(0.5) } }],
    ["in string_constraints", { string_constraints: { monitoring_config_overrides: at(0.5) } }],
    ["of the newer SDK", { monitoring_config_overrides: at(0.5) }],
    ["as documented", { monitoringConfigOverrides: at(0.5) }],
  ])("%s are read", async (_where, feature) => {
    const { constraints } = await read({ features: [{ name: "a", ...feature }] });
    expect(constraints.features[0]!.overrides).toEqual({ datatypeCheckThreshold: 0.5 });
  });

  test("merge leaf by leaf, the documented spelling winning", async () => {
    const { constraints } = await read({
      features: [
        {
          name: "a",
          num_constraints: {
            monitoring_config_overrides: {
              ...at(0.2),
              emit_metrics: "Disabled",
              distribution_constraints: { comparison_threshold: 0.2, comparison_method: "Simple" },
            },
          },
          string_constraints: {
            monitoring_config_overrides: {
              ...at(0.3),
              domain_content_threshold: 0.3,
              distribution_constraints: { comparison_threshold: 0.3 },
            },
          },
          monitoring_config_overrides: { ...at(0.4), domain_content_threshold: 0.4 },
          monitoringConfigOverrides: at(0.5),
        },
      ],
    });
    expect(constraints.features[0]!.overrides).toEqual({
      emitMetrics: false,
      comparisonMethod: "Simple",
      comparisonThreshold: 0.3,
      domainContentThreshold: 0.4,
      datatypeCheckThreshold: 0.5,
    });
  });

  test("old names are read in them too", async () => {
    const { constraints } = await read({
      features: [
        {
          name: "a",
          monitoring_config_overrides: { enable_comparisons: false, comparion_threshold: 0.4 },
        },
      ],
    });
    expect(constraints.features[0]!.overrides).toEqual({
      performComparison: false,
      comparisonThreshold: 0.4,
    });
  });

  test("are not written", async () => {
    const { constraints } = await read({
      features: [{ name: "a", monitoring_config_overrides: { emit_metrics: false } }],
    });
    expect(writeConstraints(constraints, "2024")).not.toContain("verrides");
  });
});

test("a later generation spells out a categorical threshold that an earlier one left open", async () => {
  const { constraints } = await read({
    features: [],
    monitoring_config: { comparison_threshold: 0.4 },
  });
  const written = JSON.parse(writeConstraints(constraints, "2023"));
  expect(written.monitoring_config.distribution_constraints).toEqual({
    perform_comparison: "Enabled",
    comparison_threshold: 0.4,
    comparison_method: "Robust",
    categorical_comparison_threshold: 0.4,
    categorical_drift_method: "LInfinity",
  });
});

test("a threshold that the documentation misprints is warned of", async () => {
  const { warnings } = await read({
    features: [{ name: "a", monitoringConfigOverrides: { min_domain_mass: 0.1 } }],
    monitoring_config: { datatype_check_threshold: 0.1, domain_content_threshold: 0.2 },
  });
  expect(warnings).toEqual([
    "constraints.json: datatype_check_threshold is 0.1, the least share of cells that must comply, " +
      "so its check hardly ever fails; expected 1.0, which the service writes. " +
      "Correct it unless such a loose check is meant.",
    'constraints.json: domain_content_threshold of feature "a" is 0.1, the least share of cells ' +
      "that must comply, so its check hardly ever fails; expected 1.0, which the service writes. " +
      "Correct it unless such a loose check is meant.",
  ]);
});

const WITH = (feature: object): object => ({ features: [{ name: "a", ...feature }] });

test.each([
  [{}, "1:1: features is missing; expected a list of features"],
  [[], "1:1: the whole text is a list; expected an object with features"],
  [{ features: {} }, "1:13: features is an object; expected a list of features"],
  [{ version: 1, features: [] }, "1:12: version is 1; expected 0, the only version there is"],
  [{ features: [3] }, "1:14: features[0] is 3; expected an object"],
  [{ features: [{}] }, "1:14: features[0].name is missing; expected a text"],
  [{ features: [{ name: 1 }] }, "1:22: features[0].name is 1; expected a text"],
  [
    WITH({ inferred_type: "Boolean" }),
    '1:42: features[0].inferred_type is "Boolean"; expected Integral, Fractional, String or Unknown',
  ],
  [
    WITH({ completeness: 1.2 }),
    "1:41: features[0].completeness is 1.2; expected a number from 0 to 1",
  ],
  [
    WITH({ completeness: "NaN" }),
    '1:41: features[0].completeness is "NaN"; expected a number from 0 to 1',
  ],
  [
    WITH({ num_constraints: true }),
    "1:44: features[0].num_constraints is true; expected an object",
  ],
  [
    WITH({ num_constraints: { is_non_negative: "true" } }),
    '1:63: features[0].num_constraints.is_non_negative is "true"; expected true or false',
  ],
  [
    WITH({ string_constraints: { domains: "a" } }),
    '1:58: features[0].string_constraints.domains is "a"; expected a list of texts',
  ],
  [
    WITH({ string_constraints: { domains: ["a", 1] } }),
    "1:63: features[0].string_constraints.domains[1] is 1; expected a text",
  ],
  [
    WITH({ monitoringConfigOverrides: { emit_metrics: 2 } }),
    "1:70: features[0].monitoringConfigOverrides.emit_metrics is 2; expected Enabled or Disabled",
  ],
  [{ features: [], monitoring_config: 1 }, "1:36: monitoring_config is 1; expected an object"],
])("%j is refused with the key and its place", async (json, message) => {
  await expect(read(json)).rejects.toHaveProperty(
    "message",
    `constraints.json:${message}. Correct the file.`,
  );
});

test("features named alike are refused, each name once", async () => {
  const features = ["a", "b", "a", "b", "a"].map((name) => ({ name }));
  await expect(read({ features })).rejects.toHaveProperty(
    "message",
    'constraints.json:1:48: features are named alike: "a", "b"; expected every name once. ' +
      "Rename or remove the repeated features.",
  );
});
