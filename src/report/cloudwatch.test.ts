import { describe, expect, test } from "vitest";
import { columnOf, times } from "../../fixtures/column-of.ts";
import type { CheckResult, DriftEvidence } from "../checks/check.ts";
import {
  type ConfigOverrides,
  type Constraints,
  DEFAULT_CONFIG,
} from "../constraints/constraints.ts";
import type { Comparison } from "../monitor/compare.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { renderCloudWatchMetrics } from "./cloudwatch.ts";

const RUN = {
  time: Date.UTC(2021, 4, 6, 22),
  endpoint: "my-endpoint",
  schedule: "my-schedule",
  countsViolations: false,
};

const DIMENSIONS =
  '"Dimensions":[{"Name":"Endpoint","Value":"my-endpoint"},' +
  '{"Name":"MonitoringSchedule","Value":"my-schedule"}]';

const AMOUNT: FeatureProfile = {
  ...columnOf("total_amount", times(1000, 1.5)),
  numeric: { sum: 15_230.5, min: 2.5, max: 212 },
};

function constraintsOf(
  overrides: Readonly<Record<string, ConfigOverrides>> = {},
  config: ConfigOverrides = {},
): Constraints {
  const features = Object.entries(overrides).map(([name, each]) => ({
    name,
    inferredType: "Integral" as const,
    overrides: each,
  }));
  return { features, config: { ...DEFAULT_CONFIG, ...config } };
}

function comparisonOf(results: readonly CheckResult[]): Comparison {
  const violations = results.flatMap(({ violation }) => violation ?? []);
  const matched: Comparison["matched"] = [];
  const columns = { missing: [], extra: [], matching: "name", skipped: undefined } as const;
  return { results, violations, matched, ...columns };
}

const EVIDENCE: DriftEvidence = {
  method: "LInfinity",
  kind: "distance",
  direction: "greater_is_drift",
  n: 1,
  m: 1,
};

function drift(featureName: string, status: CheckResult["status"], observed?: number): CheckResult {
  const type = "baseline_drift_check" as const;
  const violation = { featureName, checkType: type, description: "" };
  return {
    type,
    featureName,
    status,
    observed,
    drift: observed === undefined ? undefined : EVIDENCE,
    ...(status === "violated" ? { violation } : {}),
  };
}

const namesIn = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line).MetricName);

test("an endpoint's metrics are the lines that alarms of AWS templates read", () => {
  const text = renderCloudWatchMetrics(
    {
      profile: { itemCount: 1000, features: [AMOUNT] },
      constraints: constraintsOf(),
      comparison: comparisonOf([drift("total_amount", "passed", 0.0231)]),
    },
    RUN,
  );
  expect(text).toBe(
    '{"MetricName":"feature_data_total_amount","Timestamp":"2021-05-06T22:00:00Z",' +
      `${DIMENSIONS},"StatisticValues":{"SampleCount":1000.0,"Sum":15230.5,"Minimum":2.5,` +
      '"Maximum":212.0},"Unit":"None"}\n' +
      '{"MetricName":"feature_non_null_total_amount","Timestamp":"2021-05-06T22:00:00Z",' +
      `${DIMENSIONS},"Value":1.0,"Unit":"None"}\n` +
      '{"MetricName":"feature_baseline_drift_total_amount","Timestamp":"2021-05-06T22:00:00Z",' +
      `${DIMENSIONS},"Value":0.0231,"Unit":"None"}\n`,
  );
});

test("a batch transform's have the schedule for their only dimension", () => {
  const text = renderCloudWatchMetrics(
    {
      profile: { itemCount: 2, features: [columnOf("a", ["x", null])] },
      constraints: constraintsOf(),
      comparison: undefined,
    },
    { ...RUN, endpoint: undefined, time: RUN.time + 59_999 },
  );
  expect(text).toBe(
    '{"MetricName":"feature_non_null_a","Timestamp":"2021-05-06T22:00:59Z",' +
      '"Dimensions":[{"Name":"MonitoringSchedule","Value":"my-schedule"}],' +
      '"Value":0.5,"Unit":"None"}\n',
  );
});

describe("which features have which metric", () => {
  const render = (features: readonly FeatureProfile[], results: readonly CheckResult[] = []) =>
    namesIn(
      renderCloudWatchMetrics(
        {
          profile: { itemCount: 1, features },
          constraints: constraintsOf(),
          comparison: comparisonOf(results),
        },
        RUN,
      ),
    );

  test("data: numeric ones whose sum, minimum and maximum are known", () => {
    const overflown = { ...AMOUNT, name: "overflown", numeric: { min: 1, max: 2 } };
    const uncastable = { ...AMOUNT, name: "uncastable", numeric: {} };
    expect(render([overflown, uncastable, columnOf("text", ["a"])])).toEqual([
      "feature_non_null_overflown",
      "feature_non_null_uncastable",
      "feature_non_null_text",
    ]);
  });

  test("data: only values are counted", () => {
    const { measured } = AMOUNT;
    const cells = { ...measured!.cells, uncastable: 3, nonFinite: 2 };
    const text = renderCloudWatchMetrics(
      {
        profile: { itemCount: 1, features: [{ ...AMOUNT, measured: { ...measured!, cells } }] },
        constraints: constraintsOf(),
        comparison: undefined,
      },
      RUN,
    );
    expect(JSON.parse(text.split("\n")[0]!).StatisticValues.SampleCount).toBe(995);
  });

  test("drift: every one with a distance, whatever the verdict, and none that is not finite", () => {
    const statistic = { ...drift("chi", "passed", 0.9), drift: { ...EVIDENCE, statistic: 7.5 } };
    const results = [
      drift("a", "violated", 0.5),
      drift("b", "insufficient_sample", 0),
      drift("c", "skipped"),
      drift("d", "violated", Number.POSITIVE_INFINITY),
      statistic,
    ];
    const text = renderCloudWatchMetrics(
      {
        profile: { itemCount: 1, features: [] },
        constraints: constraintsOf(),
        comparison: comparisonOf(results),
      },
      RUN,
    );
    const told = text.split("\n", 3).map((line) => JSON.parse(line));
    expect(told.map(({ MetricName, Value }) => [MetricName, Value])).toEqual([
      ["feature_baseline_drift_a", 0.5],
      ["feature_baseline_drift_b", 0],
      ["feature_baseline_drift_chi", 7.5],
    ]);
    expect(namesIn(text).length).toBe(3);
  });
});

describe("emit_metrics", () => {
  const render = (constraints: Constraints): string[] =>
    namesIn(
      renderCloudWatchMetrics(
        {
          profile: { itemCount: 1, features: [columnOf("a", ["x"]), columnOf("b", ["x"])] },
          constraints,
          comparison: comparisonOf([drift("a", "passed", 0), drift("b", "passed", 0)]),
        },
        { ...RUN, countsViolations: true },
      ),
    ).filter((name) => name !== "tidemark_violation_count");
  const OF_B = ["feature_non_null_b", "feature_baseline_drift_b"];

  test("of a feature switches off that feature's", () => {
    expect(render(constraintsOf({ a: { emitMetrics: false } }))).toEqual(OF_B);
  });

  test("of the file switches off all but those of features that switch them on", () => {
    const off = { emitMetrics: false };
    expect(render(constraintsOf({ b: { emitMetrics: true } }, off))).toEqual(OF_B);
  });

  test("of the file switches off the counts", () => {
    const source = {
      profile: { itemCount: 1, features: [columnOf("a", ["x"])] },
      constraints: constraintsOf({}, { emitMetrics: false }),
      comparison: comparisonOf([drift("a", "violated", 1)]),
    };
    expect(renderCloudWatchMetrics(source, { ...RUN, countsViolations: true })).toBe("");
  });
});

test("violations are counted per check type and in all", () => {
  const results = [
    drift("a", "violated", 1),
    drift("b", "violated", 1),
    {
      ...drift("c", "violated", 1),
      drift: undefined,
      violation: { featureName: "c", checkType: "data_type_check", description: "" } as const,
    },
  ];
  const text = renderCloudWatchMetrics(
    {
      profile: { itemCount: 1, features: [] },
      constraints: constraintsOf(),
      comparison: comparisonOf(results),
    },
    { ...RUN, countsViolations: true },
  );
  const lines = text.split("\n").slice(2);
  expect(lines[0]).toBe(
    '{"MetricName":"tidemark_violation_count","Timestamp":"2021-05-06T22:00:00Z",' +
      `${DIMENSIONS.slice(0, -1)},{"Name":"ConstraintCheckType","Value":"missing_column_check"}],` +
      '"Value":0.0,"Unit":"Count"}',
  );
  const told = lines.slice(0, -1).map((line) => JSON.parse(line));
  expect(told.map(({ Dimensions, Value }) => [Dimensions[2]?.Value, Value])).toEqual([
    ["missing_column_check", 0],
    ["extra_column_check", 0],
    ["data_type_check", 1],
    ["completeness_check", 0],
    ["categorical_values_check", 0],
    ["non_negative_check", 0],
    ["baseline_drift_check", 2],
    [undefined, 3],
  ]);
});

test("advisories that are violations are counted behind the service's checks", () => {
  const violation = { featureName: "a", checkType: "advisory_psi", description: "" } as const;
  const text = renderCloudWatchMetrics(
    {
      profile: { itemCount: 1, features: [] },
      constraints: constraintsOf(),
      comparison: comparisonOf([
        { type: "advisory_psi", featureName: "a", status: "violated", violation },
      ]),
    },
    { ...RUN, countsViolations: true },
  );
  const lines = text.trimEnd().split("\n").slice(-3);
  const told = lines.map((line) => JSON.parse(line));
  expect(told.map(({ Dimensions, Value }) => [Dimensions[2]?.Value, Value])).toEqual([
    ["baseline_drift_check", 0],
    ["advisory_psi", 1],
    [undefined, 1],
  ]);
});

test("a run without checks counts no violations", () => {
  const source = {
    profile: { itemCount: 0, features: [] },
    constraints: constraintsOf(),
    comparison: undefined,
  };
  expect(renderCloudWatchMetrics(source, { ...RUN, countsViolations: true })).toBe("");
});

test.each([
  ["Int'l Plan", "feature_non_null_Int'l Plan"],
  ["größe", "feature_non_null_gr__e"],
  ["𝄞 key", "feature_non_null__ key"],
  ['a"b\n', 'feature_non_null_a"b_'],
  ["x".repeat(300), `feature_non_null_${"x".repeat(255 - 17)}`],
])("the name of %j is one that CloudWatch takes", (name, metric) => {
  const text = renderCloudWatchMetrics(
    {
      profile: { itemCount: 1, features: [columnOf(name, ["a"])] },
      constraints: constraintsOf(),
      comparison: undefined,
    },
    RUN,
  );
  expect(namesIn(text)).toEqual([metric]);
});
