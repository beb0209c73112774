import { describe, expect, test } from "vitest";
import { columnOf, type MadeUpCell, range, times } from "../../fixtures/column-of.ts";
import { SEMANTICS } from "../base/semantics.ts";
import type { CheckStatus } from "../checks/check.ts";
import type {
  Constraints,
  FeatureConstraints,
  MonitoringConfig,
} from "../constraints/constraints.ts";
import { asBaseline, asCurrent, type CurrentProfile, type Profile } from "../profile/profile.ts";
import type { Baseline } from "./baseline.ts";
import { type CompareOptions, type Comparison, compare } from "./compare.ts";
import { suggestConstraints } from "./suggest.ts";

type Table = Readonly<Record<string, readonly MadeUpCell[]>>;

const profileOf = (table: Table): Profile => ({
  itemCount: Object.values(table)[0]?.length ?? 0,
  features: Object.entries(table).map(([name, cells]) => columnOf(name, cells)),
});
const currentOf = (table: Table): CurrentProfile => asCurrent(profileOf(table));

function baselineOf(
  table: Table,
  config: Partial<MonitoringConfig> = {},
  changes: Readonly<Record<string, Partial<FeatureConstraints>>> = {},
): Baseline {
  const profile = asBaseline(profileOf(table));
  const suggested = suggestConstraints(profile, config);
  const features = suggested.features.map((feature) => ({ ...feature, ...changes[feature.name] }));
  return { constraints: { ...suggested, features }, profile };
}

const BY_NAME: CompareOptions = { semantics: "tidemark", namesKnown: true };
const BY_POSITION: CompareOptions = { semantics: "tidemark", namesKnown: false };
const SERVICE: CompareOptions = { semantics: "model-monitor", namesKnown: true };

const violationsOf = ({ violations }: Comparison): string[] =>
  violations.map(({ featureName, checkType }) => `${checkType} ${featureName}`);

const statusesOf = ({ results }: Comparison): Record<string, CheckStatus> =>
  Object.fromEntries(
    results.map(({ type, featureName, status }) => [`${type} ${featureName}`, status]),
  );

const RAMP = range(1000, (i) => i);
const SHIFTED = range(1000, (i) => i + 500);
const WORDS = range(1000, (i) => `w${i % 3}`);

test.each(SEMANTICS)("a run equal to its baseline passes every check under %s", (semantics) => {
  const table = { a: RAMP, b: WORDS };
  const comparison = compare(baselineOf(table), currentOf(table), { semantics, namesKnown: true });
  expect(comparison).toMatchObject({ violations: [], missing: [], extra: [], skipped: undefined });
  expect(statusesOf(comparison)).toEqual({
    "missing_column_check Missing columns": "passed",
    "extra_column_check Extra columns": "passed",
    "data_type_check a": "passed",
    "data_type_check b": "passed",
    "completeness_check a": "passed",
    "completeness_check b": "passed",
    "categorical_values_check b": "passed",
    ...(semantics === "tidemark" ? { "non_negative_check a": "passed" } : {}),
    "baseline_drift_check a": "passed",
    "baseline_drift_check b": "passed",
  });
});

test("violations stand in check order, inside a check in the order of the constraints", () => {
  const baseline = baselineOf({ s: WORDS, a: RAMP, b: RAMP });
  const broken = [...SHIFTED.slice(3), null, -1, 0.5];
  const current = currentOf({
    b: broken,
    extra: RAMP,
    a: broken,
    s: [...times(999, "other"), null],
  });
  expect(violationsOf(compare(baseline, current, BY_NAME))).toEqual([
    "extra_column_check Extra columns",
    "data_type_check a",
    "data_type_check b",
    "completeness_check s",
    "completeness_check a",
    "completeness_check b",
    "categorical_values_check s",
    "non_negative_check a",
    "non_negative_check b",
    "baseline_drift_check s",
    "baseline_drift_check a",
    "baseline_drift_check b",
  ]);
});

test("a failed data type check ends the drift check under model-monitor alone", () => {
  const baseline = baselineOf({ a: RAMP });
  const current = currentOf({ a: [...SHIFTED.slice(1), 0.5] });
  expect(violationsOf(compare(baseline, current, SERVICE))).toEqual(["data_type_check a"]);
  expect(violationsOf(compare(baseline, current, BY_NAME))).toEqual([
    "data_type_check a",
    "baseline_drift_check a",
  ]);
});

describe("columns meet features", () => {
  const baseline = baselineOf({ a: RAMP, b: WORDS });
  const swapped = currentOf({ b: WORDS, a: RAMP });

  test("by name under tidemark where names are known", () => {
    const comparison = compare(baseline, swapped, BY_NAME);
    expect(comparison.matching).toBe("name");
    expect(violationsOf(comparison)).toEqual([]);
  });

  test.each([BY_POSITION, SERVICE])("by position else: %o", (options) => {
    const comparison = compare(baseline, swapped, options);
    expect(comparison.matching).toBe("position");
    expect(violationsOf(comparison)).toContain("data_type_check a");
  });
});

describe("a run with fewer or more columns", () => {
  const baseline = baselineOf({ a: RAMP, b: RAMP, c: RAMP });
  const fewer = currentOf({ a: SHIFTED, z: RAMP });
  const more = currentOf({ a: SHIFTED, b: RAMP, c: RAMP, z: RAMP });

  test.each([
    ["fewer", fewer, "missing_column_check Missing columns", 2],
    ["more", more, "extra_column_check Extra columns", 4],
  ] as const)("by position has that one violation: %s", (_which, current, violation, columns) => {
    for (const options of [BY_POSITION, SERVICE]) {
      const comparison = compare(baseline, current, options);
      expect(violationsOf(comparison)).toEqual([violation]);
      expect(comparison.skipped).toBe(
        `columns are matched by position, and the run has ${columns} of them where the constraints have 3`,
      );
      const skipped = comparison.results.filter(({ status }) => status === "skipped");
      expect(skipped).toContainEqual({
        type: "baseline_drift_check",
        featureName: "c",
        status: "skipped",
        reason: comparison.skipped,
      });
      expect(skipped.length).toBe(options.semantics === "tidemark" ? 12 : 9);
    }
  });

  test("by name has its other checks on the features present, and the names", () => {
    const comparison = compare(baseline, fewer, BY_NAME);
    expect(violationsOf(comparison)).toEqual([
      "missing_column_check Missing columns",
      "baseline_drift_check a",
    ]);
    expect(comparison).toMatchObject({ missing: ["b", "c"], extra: ["z"], skipped: undefined });
    expect(comparison.results).toContainEqual({
      type: "completeness_check",
      featureName: "b",
      status: "skipped",
      reason: "the run has no such column",
    });
    expect(violationsOf(compare(baseline, more, BY_NAME))).toEqual([
      "extra_column_check Extra columns",
      "baseline_drift_check a",
    ]);
  });

  test("has no names to tell where they are unknown", () => {
    expect(compare(baseline, fewer, BY_POSITION)).toMatchObject({ missing: [], extra: [] });
  });

  test("may be counted otherwise than by its profiled columns", () => {
    const current = currentOf({ a: RAMP, b: RAMP, c: RAMP });
    const comparison = compare(baseline, current, { ...BY_POSITION, columnCount: 5 });
    expect(comparison.violations[0]?.description).toBe(
      "There are extra columns in current dataset. Number of columns in current dataset: 5, " +
        "Number of columns in baseline constraints: 3",
    );
  });
});

describe("as many columns of other names", () => {
  const baseline = baselineOf({ a: RAMP, b: RAMP });
  const renamed = currentOf({ a: RAMP, z: RAMP });

  test("are missing and extra at once by name", () => {
    const comparison = compare(baseline, renamed, BY_NAME);
    expect(comparison.violations.map(({ description }) => description)).toEqual([
      "There are missing columns in current dataset. Number of columns in current dataset: 2, " +
        "Number of columns in baseline constraints: 2",
      "There are extra columns in current dataset. Number of columns in current dataset: 2, " +
        "Number of columns in baseline constraints: 2",
    ]);
    expect(comparison).toMatchObject({ missing: ["b"], extra: ["z"] });
  });

  test("are the same columns by position", () => {
    expect(violationsOf(compare(baseline, renamed, SERVICE))).toEqual([]);
    expect(violationsOf(compare(baseline, renamed, BY_POSITION))).toEqual([]);
  });
});

describe("switched off", () => {
  const table = { a: RAMP, b: RAMP };
  const current = currentOf({ a: SHIFTED, b: SHIFTED, c: RAMP });

  test("as a whole, every check is skipped", () => {
    const baseline = baselineOf(
      table,
      { evaluateConstraints: false },
      {
        a: { overrides: { evaluateConstraints: true } },
      },
    );
    const comparison = compare(baseline, current, BY_NAME);
    expect(comparison.violations).toEqual([]);
    expect(comparison.skipped).toBe("the evaluation of constraints is disabled");
    expect(comparison.results.length).toBe(10);
    expect(new Set(comparison.results.map(({ status }) => status))).toEqual(new Set(["skipped"]));
  });

  test("for one feature, its column still counts", () => {
    const baseline = baselineOf(table, {}, { a: { overrides: { evaluateConstraints: false } } });
    const comparison = compare(baseline, currentOf({ a: SHIFTED, b: SHIFTED }), BY_NAME);
    expect(violationsOf(comparison)).toEqual(["baseline_drift_check b"]);
    expect(comparison.results).toContainEqual({
      type: "data_type_check",
      featureName: "a",
      status: "skipped",
      reason: "the evaluation of constraints is disabled",
    });
  });

  test("the comparison alone leaves the other checks", () => {
    const baseline = baselineOf(table, { performComparison: false });
    const comparison = compare(baseline, currentOf({ a: SHIFTED, b: [...RAMP, "x"] }), BY_NAME);
    expect(violationsOf(comparison)).toEqual(["data_type_check b"]);
    expect(statusesOf(comparison)["baseline_drift_check a"]).toBe("skipped");
  });

  test("for one feature, the comparison of the others goes on", () => {
    const baseline = baselineOf(table, {}, { a: { overrides: { performComparison: false } } });
    expect(violationsOf(compare(baseline, currentOf({ a: SHIFTED, b: SHIFTED }), BY_NAME))).toEqual(
      ["baseline_drift_check b"],
    );
  });
});

describe("the baseline's statistics", () => {
  const { constraints, profile } = baselineOf({ a: RAMP, b: RAMP });
  const current = currentOf({ a: SHIFTED, b: RAMP });

  test("may be absent: there is no drift check then", () => {
    const comparison = compare({ constraints, profile: undefined }, current, BY_NAME);
    expect(violationsOf(comparison)).toEqual([]);
    expect(statusesOf(comparison)["baseline_drift_check a"]).toBe("skipped");
    expect(statusesOf(comparison)["completeness_check a"]).toBe("passed");
  });

  test("are found by name wherever they stand", () => {
    const reversed = asBaseline({ ...profile!, features: profile!.features.toReversed() });
    expect(violationsOf(compare({ constraints, profile: reversed }, current, BY_NAME))).toEqual([
      "baseline_drift_check a",
    ]);
  });

  test("are found by position where they lack the name", () => {
    const unnamed = asBaseline(profileOf({ _c0: RAMP, _c1: SHIFTED }));
    expect(violationsOf(compare({ constraints, profile: unnamed }, current, BY_NAME))).toEqual([
      "baseline_drift_check a",
      "baseline_drift_check b",
    ]);
  });

  test("of another feature are never taken", () => {
    const shorter = asBaseline(profileOf({ b: RAMP }));
    const comparison = compare({ constraints, profile: shorter }, current, BY_NAME);
    expect(statusesOf(comparison)).toMatchObject({
      "baseline_drift_check a": "skipped",
      "baseline_drift_check b": "passed",
    });
  });
});

test("a feature of unknown type is checked for completeness alone", () => {
  const baseline = baselineOf({ a: RAMP }, {}, { a: { inferredType: "Unknown" } });
  const comparison = compare(baseline, currentOf({ a: ["x", null] }), BY_POSITION);
  expect(comparison.results.map(({ type }) => type).slice(2)).toEqual(["completeness_check"]);
  expect(violationsOf(comparison)).toEqual(["completeness_check a"]);
});

test("a column that lost every cell is reported by completeness alone", () => {
  const baseline = baselineOf({ a: RAMP, b: WORDS });
  const comparison = compare(baseline, currentOf({ a: [null], b: [null] }), BY_NAME);
  expect(violationsOf(comparison)).toEqual(["completeness_check a", "completeness_check b"]);
  const others = comparison.results.slice(2).filter(({ type }) => type !== "completeness_check");
  expect(new Set(others.map(({ status }) => status))).toEqual(new Set(["no_data"]));
});

test("an override sets a feature's threshold", () => {
  const baseline = baselineOf({ a: RAMP }, {}, { a: { overrides: { comparisonThreshold: 0.45 } } });
  expect(violationsOf(compare(baseline, currentOf({ a: SHIFTED }), BY_NAME))).toEqual([]);
});

test("the texts of drift are those that AWS's alarms read as two numbers", () => {
  const { violations } = compare(baselineOf({ a: RAMP }), currentOf({ a: SHIFTED }), BY_NAME);
  const [, distance, threshold] = /distance: (.+) exceeds threshold: (.+)/.exec(
    violations[0]!.description,
  )!;
  expect(Number(distance)).toBeGreaterThan(Number(threshold));
  expect(Number(threshold)).toBe(0.1);
});

test("a current profile read from a file is a fault of ours", () => {
  const features = [{ ...columnOf("a", RAMP), measured: undefined }];
  const current = asCurrent({ itemCount: 1000, features });
  expect(() => compare(baselineOf({ a: RAMP }), current, BY_NAME)).toThrow(
    "internal: a current profile that was not made from records. " +
      "Please report this with the command you ran.",
  );
});

test("swapping baseline and current does not compile", () => {
  const constraints: Constraints = suggestConstraints(profileOf({}));
  const baseline = asBaseline(profileOf({}));
  const current = asCurrent(profileOf({}));
  compare({ constraints, profile: baseline }, current, BY_NAME);
  // @ts-expect-error the current profile is no baseline
  compare({ constraints, profile: current }, current, BY_NAME);
  // @ts-expect-error the baseline is not under test
  compare({ constraints, profile: baseline }, baseline, BY_NAME);
  // @ts-expect-error a profile must be declared to be one or the other
  compare({ constraints, profile: baseline }, profileOf({}), BY_NAME);
  expect.assertions(0);
});
