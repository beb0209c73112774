import { describe, expect, it } from "vitest";
import { formatError } from "../base/tidemark-error.ts";
import type { FeatureProfile, Profile } from "../profile/profile.ts";
import { KllSketch } from "../sketch/kll-sketch.ts";
import { lintConstraints } from "./lint-constraints.ts";

async function lint(json: unknown, statistics?: Profile): Promise<string[]> {
  const text = typeof json === "string" ? json : JSON.stringify(json);
  const findings = await lintConstraints(text, "c.json", statistics);
  return findings.map(({ level, place, what, expected, hint }) => {
    const message = formatError({ code: "configuration", what, expected, hint });
    return `${place.line}:${place.column}: ${level}: ${message}`;
  });
}

const AGE = { name: "age", inferred_type: "Integral", completeness: 1 };
const PLAN = { name: "plan", inferred_type: "String", completeness: 1 };

/** One feature, its findings alone. */
async function lintFeature(parts: object): Promise<string[]> {
  const found = await lint({ features: [{ ...AGE, ...parts }] });
  return found.map((line) => line.replace(/^\d+:\d+: /, ""));
}

describe("lintConstraints", () => {
  it("finds nothing in what a baseline writes", async () => {
    expect(await lint({ version: 0, features: [AGE, PLAN], monitoring_config: {} })).toEqual([]);
  });

  it("lists every fault of the schema at its place", async () => {
    const text = `{
  "features": [
    { "name": "a", "completeness": 1.5 },
    { "name": 3, "inferred_type": "Number" }
  ]
}`;
    expect(await lint(text)).toEqual([
      "3:36: error: features[0].completeness is 1.5; expected a number from 0 to 1.",
      "4:15: error: features[1].name is 3; expected a text.",
      '4:35: error: features[1].inferred_type is "Number"; expected Integral, Fractional, String ' +
        "or Unknown.",
    ]);
  });

  it("tells where a text stops being JSON", async () => {
    expect(await lint('{ "features": [ }')).toEqual([
      "1:17: error: is not valid JSON; expected a value.",
    ]);
  });

  it("finds repeated names", async () => {
    expect(await lint({ features: [AGE, PLAN, AGE] })).toEqual([
      "1:139: error: features[2] has the name of features[0]; expected every name once.",
    ]);
  });

  it.each<[string, object, string[]]>([
    [
      "a type that is not known",
      { inferred_type: "Unknown" },
      ["warning: the type is Unknown, so neither types nor drift are checked."],
    ],
    [
      "signs of texts",
      { inferred_type: "String", num_constraints: { is_non_negative: true } },
      ["warning: num_constraints of a feature of type String are not checked."],
    ],
    [
      "domains of numbers",
      { string_constraints: { domains: ["1"] } },
      ["warning: domains of a feature of type Integral are not checked."],
    ],
    [
      "no domain at all",
      { inferred_type: "String", string_constraints: { domains: [] } },
      ["warning: domains is empty, so no cell complies. Remove domains to allow all."],
    ],
    [
      "a text twice",
      { inferred_type: "String", string_constraints: { domains: ["a", "b", "a"] } },
      ['warning: domains holds "a" twice.'],
    ],
    [
      "a huge domain",
      {
        inferred_type: "String",
        string_constraints: { domains: Array.from({ length: 1_001 }, (_, at) => `${at}`) },
      },
      [
        "warning: domains holds 1001 texts: rather an identifier than a category; expected at " +
          "most 1000. Remove domains unless all of them are meant.",
      ],
    ],
    [
      "a misspelt key",
      { completness: 1 },
      ['warning: "completness" is not a known key and is ignored.'],
    ],
    [
      "an override that changes nothing",
      { monitoring_config_overrides: { datatype_check_threshold: 1 } },
      ["warning: the override of datatype_check_threshold is what holds anyway (1)."],
    ],
    [
      "an override that is not asked for",
      { monitoring_config_overrides: { domain_content_threshold: 0.9 } },
      ["warning: domain_content_threshold means nothing to a feature of type Integral."],
    ],
    ["no override", { monitoring_config_overrides: {} }, ["warning: the overrides are empty."]],
    [
      "a misspelt override",
      { monitoringConfigOverrides: { distribution_constraints: { threshold: 0.2 } } },
      ['warning: "threshold" is not a known key and is ignored.'],
    ],
    [
      "thresholds without effect",
      {
        monitoring_config_overrides: { datatype_check_threshold: 0.1, comparison_threshold: 1 },
      },
      [
        "warning: datatype_check_threshold is 0.1, the least share of cells that must comply, so " +
          "its check hardly ever fails; expected a share such as 1.0.",
        "warning: comparison_threshold is 1, which no distance exceeds; expected a number below " +
          "1 such as 0.1.",
      ],
    ],
    ["an override that counts", { monitoring_config_overrides: { comparison_threshold: 0.2 } }, []],
  ])("warns of %s", async (_, parts, expected) => {
    expect(await lintFeature(parts)).toEqual(expected);
  });

  it("warns of checks that are all off, and of settings that have no name", async () => {
    const monitoring_config = {
      evaluate_constraints: "Disabled",
      comparision_threshold: 0.2,
      distribution_constraints: { comparison_threshold: 2 },
    };
    expect(await lint({ features: [], monitoring_config })).toEqual([
      "1:13: warning: features is empty, so nothing is checked.",
      "1:60: warning: evaluate_constraints is Disabled, so nothing is checked.",
      '1:95: warning: "comparision_threshold" is not a known key and is ignored.',
      "1:150: warning: comparison_threshold is 2, which no distance exceeds; expected a number " +
        "below 1 such as 0.1.",
    ]);
  });

  it("leaves a chi-squared threshold above 1 alone: it is of a statistic", async () => {
    const distribution_constraints = {
      comparison_method: "Simple",
      categorical_comparison_threshold: 30,
      categorical_drift_method: "ChiSquared",
    };
    expect(
      await lint({ features: [PLAN], monitoring_config: { distribution_constraints } }),
    ).toEqual([]);
  });
});

function numbers(name: string, present: number): FeatureProfile {
  const distribution = {
    buckets: [],
    sketch: KllSketch.fromLevels([[1, 2]], { c: 0.64, k: 2048 }),
  };
  return {
    name,
    inferredType: "Integral",
    present,
    missing: 0,
    distinct: 2,
    numeric: { distribution },
    categories: undefined,
    measured: undefined,
  };
}

function texts(name: string, count: number): FeatureProfile {
  return {
    ...numbers(name, count),
    inferredType: "String",
    numeric: undefined,
    categories: [{ value: "a", count }],
  };
}

describe("with statistics beside", () => {
  it("finds features that the statistics do not have, or have of another type", async () => {
    const statistics = { itemCount: 1_000, features: [{ ...texts("age", 1_000) }] };
    expect(await lint({ features: [AGE, PLAN] }, statistics)).toEqual([
      '1:44: warning: the type of "age" is Integral here and String in statistics.json.',
      '1:81: warning: statistics.json has no feature "plan". Its drift is checked with the ' +
        "statistics of the same position.",
    ]);
  });

  it("finds thresholds that the margin of a small baseline puts out of reach", async () => {
    const statistics = { itemCount: 300, features: [numbers("age", 300), texts("plan", 3)] };
    expect(await lint({ features: [AGE, PLAN] }, statistics)).toEqual([
      '1:14: warning: drift of "age" can not be ruled out: the margin 0.104 of a baseline of 300 ' +
        "reaches the threshold 0.1; expected a larger baseline, a higher threshold or " +
        "comparison_method Simple.",
      '1:73: warning: drift of "plan" can not be found: threshold 0.1 and margin 1.04 of a ' +
        "baseline of 3 reach 1; expected a larger baseline, a higher threshold or " +
        "comparison_method Simple.",
    ]);
  });

  it("leaves large baselines, the simple method and what is off alone", async () => {
    const statistics = { itemCount: 325, features: [numbers("age", 325)] };
    const config = (distribution_constraints: object) => ({
      features: [AGE],
      monitoring_config: { distribution_constraints },
    });
    expect(await lint(config({}), statistics)).toEqual([]);
    const tight = { comparison_threshold: 0.05 };
    expect(await lint(config(tight), statistics)).toHaveLength(1);
    expect(await lint(config({ ...tight, comparison_method: "Simple" }), statistics)).toEqual([]);
    expect(await lint(config({ ...tight, perform_comparison: "Disabled" }), statistics)).toEqual(
      [],
    );
  });
});
