import { describe, expect, test } from "vitest";
import { validate } from "../base/validate.ts";
import { monitoringConfigSchema, parseSetting, SETTINGS } from "./monitoring-config.ts";

const read = (config: unknown): Promise<unknown> =>
  validate(JSON.stringify(config), "t.json", (z) => monitoringConfigSchema(z, "refused"));

const NESTED = "distribution_constraints";

describe("every setting is read under every name, in its own place and in the other one", () => {
  const SAMPLES = {
    evaluateConstraints: ["Disabled", false],
    emitMetrics: ["Disabled", false],
    datatypeCheckThreshold: [0.5, 0.5],
    domainContentThreshold: [0.5, 0.5],
    performComparison: ["Disabled", false],
    comparisonThreshold: [0.5, 0.5],
    comparisonMethod: ["Simple", "Simple"],
    categoricalComparisonThreshold: [0.5, 0.5],
    categoricalDriftMethod: ["ChiSquared", "ChiSquared"],
  } as const;
  const cases = Object.entries(SAMPLES).flatMap(([key, [written, meant]]) =>
    SETTINGS[key as keyof typeof SETTINGS].names.map(
      (name) => [name, key, written, meant] as const,
    ),
  );
  test.each(cases)("%s is %s", async (name, key, written, meant) => {
    expect(await read({ [name]: written })).toEqual({ [key]: meant });
    expect(await read({ [NESTED]: { [name]: written } })).toEqual({ [key]: meant });
  });

  test("the old names are those of the documentation's typos and the 2019 fixtures", () => {
    expect(cases.map(([name]) => name)).toEqual([
      "evaluate_constraints",
      "emit_metrics",
      "datatype_check_threshold",
      "domain_content_threshold",
      "min_domain_mass",
      "perform_comparison",
      "enable_comparisons",
      "comparison_threshold",
      "comparion_threshold",
      "comparison_method",
      "comparion_method",
      "categorical_comparison_threshold",
      "categorical_drift_method",
    ]);
  });
});

test("the present name wins over an old one, the right place over the other", async () => {
  const config = {
    min_domain_mass: 0.1,
    domain_content_threshold: 0.2,
    comparison_threshold: 0.3,
    [NESTED]: {
      comparion_threshold: 0.4,
      comparison_threshold: 0.5,
      domain_content_threshold: 0.6,
    },
  };
  expect(await read(config)).toEqual({ domainContentThreshold: 0.2, comparisonThreshold: 0.5 });
});

test("an absent key stays absent", async () => {
  expect(await read({})).toEqual({});
  expect(Object.keys((await read({ [NESTED]: {} })) as object)).toEqual([]);
});

test.each([
  ["comparison_method", "linf_simple", { comparisonMethod: "Simple" }],
  ["comparison_method", "LINF_ROBUST", { comparisonMethod: "Robust" }],
  ["comparison_method", "robust", { comparisonMethod: "Robust" }],
  ["categorical_drift_method", "chisquared", { categoricalDriftMethod: "ChiSquared" }],
  ["perform_comparison", "eNABLED", { performComparison: true }],
  ["enable_comparisons", false, { performComparison: false }],
  ["comparison_threshold", 30, { comparisonThreshold: 30 }],
  ["comparison_threshold", "Infinity", { comparisonThreshold: Number.POSITIVE_INFINITY }],
])("%s may be %j", async (name, written, meant) => {
  expect(await read({ [name]: written })).toEqual(meant);
});

test.each([
  [
    { evaluate_constraints: "on" },
    '1:25: evaluate_constraints is "on"; expected Enabled or Disabled',
  ],
  [{ emit_metrics: 1 }, "1:17: emit_metrics is 1; expected Enabled or Disabled"],
  [
    { datatype_check_threshold: 1.1 },
    "1:29: datatype_check_threshold is 1.1; expected a number from 0 to 1",
  ],
  [{ min_domain_mass: "0.5" }, '1:20: min_domain_mass is "0.5"; expected a number from 0 to 1'],
  [
    { domain_content_threshold: "NaN" },
    '1:29: domain_content_threshold is "NaN"; expected a number from 0 to 1',
  ],
  [
    { [NESTED]: { comparison_threshold: -1 } },
    "1:53: distribution_constraints.comparison_threshold is -1; expected a number of at least 0",
  ],
  [
    { [NESTED]: { comparison_threshold: null } },
    "1:53: distribution_constraints.comparison_threshold is null; expected a number of at least 0",
  ],
  [
    { comparion_method: "constructor" },
    '1:21: comparion_method is "constructor"; expected Robust or Simple',
  ],
  [
    { categorical_drift_method: "PSI" },
    '1:29: categorical_drift_method is "PSI"; expected LInfinity or ChiSquared',
  ],
  [{ [NESTED]: [] }, "1:29: distribution_constraints is a list; expected an object"],
  [[], "1:1: the whole text is a list; expected an object"],
  [{ comparison_treshold: 0.2 }, "1:24: comparison_treshold is not a known key"],
])("%j is refused with the key and its place", async (config, message) => {
  await expect(read(config)).rejects.toHaveProperty(
    "message",
    `t.json:${message}. Correct the file.`,
  );
});

test("unknown keys may be ignored", async () => {
  const config = await validate('{"a": 1, "emit_metrics": true}', "t.json", (z) =>
    monitoringConfigSchema(z, "ignored"),
  );
  expect(config).toEqual({ emitMetrics: true });
});

test("a setting is parsed from the text of a flag", () => {
  expect(parseSetting("comparisonThreshold", "0.2", "--comparison-threshold")).toBe(0.2);
  expect(parseSetting("comparisonMethod", "simple", "--comparison-method")).toBe("Simple");
  expect(parseSetting("emitMetrics", "disabled", "--emit-metrics")).toBe(false);
  expect(parseSetting("datatypeCheckThreshold", "1.0", "--datatype-check-threshold")).toBe(1);
});

test.each([
  ["comparisonThreshold", "", '--x is ""; expected a number of at least 0.'],
  ["comparisonThreshold", " ", '--x is " "; expected a number of at least 0.'],
  ["comparisonThreshold", "a", '--x is "a"; expected a number of at least 0.'],
  ["datatypeCheckThreshold", "2", '--x is "2"; expected a number from 0 to 1.'],
  ["categoricalDriftMethod", "1", '--x is "1"; expected LInfinity or ChiSquared.'],
] as const)("%s can not be %j", (key, text, message) => {
  let caught: unknown;
  try {
    parseSetting(key, text, "--x");
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ message, code: "usage", exitCode: 2 });
});
