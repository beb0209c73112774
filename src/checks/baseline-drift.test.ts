import { describe, expect, test } from "vitest";
import { columnOf, type MadeUpCell, range, sketchOf, times } from "../../fixtures/column-of.ts";
import texts from "../../fixtures/vectors/texts.json" with { type: "json" };
import {
  type ConfigOverrides,
  configOf,
  DEFAULT_CONFIG,
  type FeatureConstraints,
} from "../constraints/constraints.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { baselineDriftCheck, driftMetricOf } from "./baseline-drift.ts";
import type { CheckResult, FeatureCheckInput } from "./check.ts";

type Side = readonly MadeUpCell[] | FeatureProfile;

interface Case extends Partial<Pick<FeatureCheckInput, "semantics" | "typeMatches">> {
  readonly baseline: Side | undefined;
  readonly current: Side;
  readonly config?: ConfigOverrides;
  readonly constraint?: Partial<FeatureConstraints>;
}

const profileOf = (side: Side): FeatureProfile => ("name" in side ? side : columnOf("f", side));

function evaluate({ config, ...given }: Case): CheckResult | undefined {
  const baseline = given.baseline === undefined ? undefined : profileOf(given.baseline);
  const inferredType = baseline?.inferredType ?? "Integral";
  const constraint = { name: "f", inferredType, overrides: {}, ...given.constraint };
  return baselineDriftCheck.evaluate({
    constraint,
    config: configOf({ ...DEFAULT_CONFIG, ...config }, constraint),
    baseline,
    current: profileOf(given.current),
    typeMatches: given.typeMatches ?? true,
    semantics: given.semantics ?? "tidemark",
  });
}

const LOW = range(1000, (i) => i);
const HIGH = range(1000, (i) => i + 200);

describe("numbers", () => {
  test("are compared robustly, with all the evidence", () => {
    expect(evaluate({ baseline: HIGH, current: LOW })).toEqual({
      type: "baseline_drift_check",
      featureName: "f",
      status: "violated",
      observed: 0.11950155281000764,
      threshold: 0.1,
      drift: {
        method: "LInfinity",
        kind: "distance",
        direction: "greater_is_drift",
        n: 1000,
        m: 1000,
        margin: 0.08049844718999243,
        simple: 0.20000000000000007,
        robust: 0.11950155281000764,
        // Every value from 199 to 999 has this gap; rounding makes it largest here first.
        at: 543,
        detectable: 0.1 + 0.08049844718999243,
      },
      violation: {
        featureName: "f",
        checkType: "baseline_drift_check",
        description: "Baseline drift distance: 0.11950155281000764 exceeds threshold: 0.1",
      },
    });
  });

  test("are compared simply when told to", () => {
    const result = evaluate({
      baseline: HIGH,
      current: LOW,
      config: { comparisonMethod: "Simple" },
    });
    expect(result?.observed).toBe(0.20000000000000007);
    expect(result?.drift?.detectable).toBe(0.1);
    expect(result?.violation?.description).toBe(
      "Baseline drift distance: 0.20000000000000007 exceeds threshold: 0.1",
    );
  });

  test("drift above the threshold, not at it", () => {
    const at = (comparisonThreshold: number) =>
      evaluate({
        baseline: [0, 0, 0, 1],
        current: [0, 0, 1, 1],
        config: { comparisonMethod: "Simple", comparisonThreshold },
      })?.status;
    expect(at(0.25)).toBe("passed");
    expect(at(0.2499)).toBe("violated");
  });

  test("have a threshold of their own", () => {
    const config = { comparisonThreshold: 0.15, categoricalComparisonThreshold: 0 };
    expect(evaluate({ baseline: HIGH, current: LOW, config })?.status).toBe("passed");
  });

  test("passed without proof when the margin alone reaches the threshold", () => {
    const sample = (n: number) =>
      evaluate({ baseline: range(n, (i) => i), current: range(n, (i) => i) });
    expect(sample(648)?.status).toBe("passed");
    expect(sample(647)).toMatchObject({
      status: "insufficient_sample",
      observed: 0,
      reason: "the margin of samples this small reaches the threshold",
    });
    expect(sample(647)?.violation).toBeUndefined();
  });

  test("that drifted in a small sample are a violation all the same", () => {
    const result = evaluate({ baseline: times(100, 0), current: times(100, 1) });
    expect(result?.status).toBe("violated");
  });

  test("of few values can drift under tidemark and not under model-monitor", () => {
    const given = {
      baseline: [...times(100, 0), ...times(900, 1)],
      current: [...times(900, 0), ...times(100, 1)],
    };
    expect(evaluate(given)?.observed).toBe(0.7195015528100076);
    const service = evaluate({ ...given, semantics: "model-monitor" });
    expect(service).toMatchObject({ status: "insufficient_sample", observed: 0 });
    expect(service?.drift).toMatchObject({ n: 2, m: 2, simple: 0 });
  });

  test("between stray words are compared under tidemark alone", () => {
    const given = { baseline: LOW, current: [...HIGH, "x"] };
    const typeMatches = false;
    expect(evaluate({ ...given, typeMatches })?.status).toBe("violated");
    expect(evaluate({ ...given, typeMatches, semantics: "model-monitor" })).toEqual({
      type: "baseline_drift_check",
      featureName: "f",
      status: "skipped",
      reason: "the feature failed its data type check",
    });
    expect(evaluate({ ...given, semantics: "model-monitor" })).toMatchObject({
      status: "not_comparable",
      reason: "the column is not numeric",
    });
  });

  test("have nothing to be compared with where no cell is one", () => {
    expect(evaluate({ baseline: LOW, current: ["x"] })).toEqual({
      type: "baseline_drift_check",
      featureName: "f",
      status: "not_comparable",
      reason: "no cell is a number",
    });
    expect(evaluate({ baseline: LOW, current: [null] })).toMatchObject({
      status: "no_data",
      reason: "no cell is present",
    });
  });

  test("can not be compared with a redacted sketch", () => {
    const baseline = {
      ...columnOf("f", LOW),
      numeric: { distribution: { buckets: [], sketch: sketchOf([]) } },
    };
    expect(evaluate({ baseline, current: LOW })).toMatchObject({
      status: "not_comparable",
      reason: "the baseline's statistics leave its sketch out",
    });
  });

  test("are compared by the baseline's sketch whatever type the constraints declare", () => {
    const constraint = { inferredType: "String" } as const;
    expect(evaluate({ baseline: HIGH, current: LOW, constraint })?.status).toBe("violated");
  });
});

describe("categories", () => {
  const BASELINE = [...times(900, "a"), ...times(100, "b")];
  const CURRENT = [...times(500, "a"), ...times(500, "b")];

  test("are compared with all the evidence", () => {
    const result = evaluate({ baseline: BASELINE, current: CURRENT });
    expect(result?.drift).toEqual({
      method: "LInfinity",
      kind: "distance",
      direction: "greater_is_drift",
      n: 1000,
      m: 1000,
      margin: 0.08049844718999243,
      simple: 0.4,
      robust: 0.3195015528100076,
      at: "a",
      detectable: 0.1 + 0.08049844718999243,
    });
    expect(result?.violation?.description).toBe(
      "Baseline drift distance: 0.3195015528100076 exceeds threshold: 0.1",
    );
  });

  test("have a threshold of their own, else the common one", () => {
    const statusAt = (config: ConfigOverrides) =>
      evaluate({ baseline: BASELINE, current: CURRENT, config })?.status;
    expect(statusAt({ categoricalComparisonThreshold: 0.4 })).toBe("passed");
    const categoricalComparisonThreshold = undefined;
    expect(statusAt({ categoricalComparisonThreshold, comparisonThreshold: 0.4 })).toBe("passed");
    expect(statusAt({ categoricalComparisonThreshold, comparisonThreshold: 0.3 })).toBe("violated");
  });

  test("are counted under tidemark however many there are", () => {
    const current = range(1000, (i) => `v${i % 200}`);
    expect(evaluate({ baseline: BASELINE, current })).toMatchObject({
      status: "violated",
      drift: { n: 1000 },
    });
    expect(evaluate({ baseline: BASELINE, current, semantics: "model-monitor" })).toMatchObject({
      status: "not_comparable",
      reason: "the column has no list of categories",
    });
  });

  test("are counted under tidemark where cells turned into numbers", () => {
    const result = evaluate({
      baseline: ["1", "1", "x", "x"],
      current: [1, 1, 1, 1],
      config: { comparisonMethod: "Simple" },
    });
    expect(result).toMatchObject({ status: "violated", observed: 0.5, drift: { at: "1" } });
  });

  test("can not be compared where the baseline lists none", () => {
    const baseline = range(200, (i) => `v${i}`);
    expect(evaluate({ baseline, current: baseline })).toMatchObject({
      status: "not_comparable",
      reason: "the baseline has no distribution of the feature",
    });
  });

  test("are not compared for a feature declared numeric", () => {
    const constraint = { inferredType: "Integral" } as const;
    expect(evaluate({ baseline: BASELINE, current: LOW, constraint })?.status).toBe(
      "not_comparable",
    );
  });

  test("without any count have no distance", () => {
    const baseline = { ...columnOf("f", ["a"]), categories: [] };
    expect(evaluate({ baseline, current: ["a"] })).toMatchObject({
      status: "no_data",
      reason: "no category is counted",
    });
  });
});

describe("chi-squared", () => {
  const BASELINE = [...times(500, "a"), ...times(500, "b")];
  const CURRENT = [...times(450, "a"), ...times(550, "b")];
  const config = { categoricalDriftMethod: "ChiSquared" } as const;

  test("compares its p-value and words its statistic against the critical value", () => {
    const result = evaluate({ baseline: BASELINE, current: CURRENT, config })!;
    // X = 50²/500 + 50²/500 = 10; with one degree of freedom 2.7055… has a tenth above it.
    expect(result).toMatchObject({ status: "violated", threshold: 0.1 });
    expect(result.observed).toBeCloseTo(0.001565402258002549, 12);
    const [, distance, threshold] = /distance: (.+) exceeds threshold: (.+)/.exec(
      result.violation!.description,
    )!;
    expect(Number(distance)).toBe(10);
    expect(Number(threshold)).toBeCloseTo(2.70554345409542, 9);
    expect(result.drift).toEqual({
      method: "ChiSquared",
      kind: "pvalue",
      direction: "less_is_drift",
      n: 1000,
      m: 1000,
      statistic: 10,
      degreesOfFreedom: 1,
      pValue: result.observed,
      criticalValue: Number(threshold),
      // Of a fair coin's 1,000 tosses, sqrt(noncentrality / 4000).
      detectable: expect.closeTo(0.0393136, 6),
      power: 0.8,
    });
    expect(driftMetricOf(result)).toBe(10);
  });

  test("tells what this window could have shown of the cells it tests alone", () => {
    const strays = [...CURRENT, ...times(3000, "z")];
    const detectable = (current: readonly string[]) =>
      evaluate({ baseline: BASELINE, current, config })?.drift?.detectable;
    expect(detectable(strays)).toBe(detectable(CURRENT));
    expect(detectable([...CURRENT, ...CURRENT])).toBeCloseTo(detectable(CURRENT)! / Math.SQRT2, 9);
  });

  test("compares its statistic when told to be simple", () => {
    const simple = { ...config, comparisonMethod: "Simple" } as const;
    const at = (categoricalComparisonThreshold: number) =>
      evaluate({
        baseline: BASELINE,
        current: CURRENT,
        config: { ...simple, categoricalComparisonThreshold },
      });
    expect(at(10)).toMatchObject({ status: "passed", observed: 10 });
    expect(at(9.5)).toMatchObject({
      status: "violated",
      drift: { kind: "distance", direction: "greater_is_drift", criticalValue: undefined },
      violation: { description: "Baseline drift distance: 10.0 exceeds threshold: 9.5" },
    });
  });

  test("passes equal samples", () => {
    expect(evaluate({ baseline: BASELINE, current: BASELINE, config })).toMatchObject({
      status: "passed",
      observed: 1,
    });
  });

  test("needs two categories after joining", () => {
    expect(evaluate({ baseline: ["a", "b"], current: ["a", "b"], config })).toEqual({
      type: "baseline_drift_check",
      featureName: "f",
      status: "insufficient_categories",
      reason: "fewer than two categories are left after joining the small ones",
      threshold: 0.1,
      drift: { method: "ChiSquared", kind: "pvalue", direction: "less_is_drift", n: 2, m: 2 },
    });
  });

  test("words an infinite statistic and gives it no metric", () => {
    const categories = ["a", "b", "c", "d", "e"].map((value) => ({
      value,
      count: value === "e" ? 0 : 50,
    }));
    const baseline = { ...columnOf("f", ["a"]), categories };
    const current = ["a", "b", "c", "d", "e"].flatMap((value) => times(20, value));
    const result = evaluate({
      baseline,
      current,
      config: { ...config, comparisonMethod: "Simple" },
    })!;
    expect(result.violation?.description).toBe(
      "Baseline drift distance: Infinity exceeds threshold: 0.1",
    );
    expect(driftMetricOf(result)).toBeUndefined();
  });

  test("leaves numbers to the distance", () => {
    expect(evaluate({ baseline: HIGH, current: LOW, config })?.drift?.method).toBe("LInfinity");
  });
});

test("nothing is compared where the comparison is disabled or the baseline unknown", () => {
  const config = { performComparison: false };
  expect(evaluate({ baseline: LOW, current: LOW, config })).toMatchObject({
    status: "skipped",
    reason: "the comparison is disabled",
  });
  expect(evaluate({ baseline: undefined, current: LOW })).toMatchObject({
    status: "skipped",
    reason: "the baseline has no statistics of the feature",
  });
});

test("a feature of unknown type has no drift check", () => {
  const constraint = { inferredType: "Unknown" } as const;
  expect(evaluate({ baseline: LOW, current: HIGH, constraint })).toBeUndefined();
});

test("the metric is the compared distance, and absent where there is none", () => {
  expect(driftMetricOf(evaluate({ baseline: HIGH, current: LOW })!)).toBe(0.11950155281000764);
  expect(driftMetricOf(evaluate({ baseline: undefined, current: LOW })!)).toBeUndefined();
});

test("the service's published sentence is written for samples of its sizes", () => {
  // Of 3,810 and 1,429 values, 422 and all stand at or below 0: the gap is 1 - 422/3810.
  const published = texts.descriptions.find(({ check }) => check === "baseline_drift_check")!;
  const baseline = [...times(422, 0), ...times(3388, 1)];
  const config = { comparisonThreshold: published.threshold! };
  const result = evaluate({ baseline, current: times(1429, 0), config });
  expect(result?.observed).toBe(published.distance);
  expect(result?.violation?.description).toBe(published.description);
});
