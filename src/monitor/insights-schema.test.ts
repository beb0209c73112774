import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { jsonSchemaOf, validate } from "../base/validate.ts";
import type { CheckStatus, CheckType } from "../checks/check.ts";
import {
  INSIGHTS_VERSION,
  type Insights,
  type InsightsCheck,
  type InsightsFeature,
  writeInsights,
} from "./insights.ts";
import type { SideSummary } from "./insights-evidence.ts";
import { insightsSchema } from "./insights-schema.ts";

const SCHEMA_FILE = new URL("../../schema/insights.schema.json", import.meta.url);
const HASH = "0123456789abcdef".repeat(4);

/** The type with every optional key required, so that a value of it has all there are. */
type Whole<T> = T extends readonly (infer E)[]
  ? readonly Whole<E>[]
  : T extends object
    ? { [K in keyof T]-?: Whole<Exclude<T[K], undefined>> }
    : T;

const CHECK: Whole<InsightsCheck> = {
  type: "baseline_drift_check",
  status: "violated",
  observed: 0.5,
  expected: "Integral",
  threshold: 0.1,
  reason: "a reason",
  method: "LInfinity",
  kind: "distance",
  direction: "greater_is_drift",
  n: 200,
  m: 2000,
  margin: 0.1,
  simple: 0.6,
  robust: 0.5,
  at: "yes",
  detectable: 0.2,
  power: 0.8,
  statistic: Number.POSITIVE_INFINITY,
  degrees_of_freedom: 3,
  p_value: 0,
  critical_value: 6.25,
  passes_at: 0.5,
  passes_with: "is_non_negative false",
  pointer: "/features/0",
  offenders: {
    count: 3,
    of: "all",
    sampled: 1000,
    region: { above: 1, up_to: 2, value: "a" },
    sample: [
      {
        file: "a.jsonl",
        line: 1,
        event_id: "e",
        inference_id: "i",
        inference_time: "2026-11-20T10:00:00Z",
        value: "x",
      },
    ],
  },
  other: {
    semantics: "model-monitor",
    status: "passed",
    observed: 0,
    n: 2,
    m: 3,
    simple: 0.1,
    robust: 0,
  },
};

const SHARES = { value: "x", baseline: 0.5, current: 0.75 };

const SIDE: Whole<SideSummary> = {
  n: 10,
  missing_rate: 0.5,
  mean: 1,
  std_dev: 2,
  min: -1,
  max: 3,
  zero_rate: 0.25,
  quantiles: { "p0.1": -1, p50: 1 },
  quantiles_from: "exact",
  top: { value: 0, share: 0.25 },
};

const BUCKETS = { bounds: [0], baseline: [0.5, 0.5], current: [1, 0], psi: [0.25, 1] };

const EVIDENCE: Whole<
  Pick<InsightsFeature, "baseline" | "current" | "shape" | "moved" | "advisories" | "segments">
> = {
  baseline: SIDE,
  current: SIDE,
  shape: {
    kind: "numeric",
    buckets: BUCKETS,
    deciles: BUCKETS,
    cdf: { at: [0, 1], baseline: [0.5, 1], current: [0.25, 1] },
  },
  moved: {
    sentence: "a sentence",
    at: 0,
    gap: -0.5,
    median_shift: 1,
    spread_ratio: 2,
    spike: { value: 0, baseline: 0, current: 0.5 },
    gained: [SHARES],
    lost: [SHARES],
    new: { count: 1, values: [SHARES] },
    vanished: { count: 1, values: [SHARES] },
  },
  advisories: [
    {
      rule: "psi",
      status: "raised",
      observed: 0.5,
      threshold: 0.1,
      bound: 0.2,
      p_value: 0,
      adjusted_p_value: 0,
      n: 10,
      m: 100,
      sentence: "a sentence",
    },
  ],
  segments: [
    {
      feature: "b",
      value: "x",
      records: 5,
      share: 0.5,
      distance_within: 0.5,
      distance_without: 0,
    },
  ],
};

const WHOLE: Whole<Insights> = {
  $schema: "tidemark/schema/insights.schema.json",
  version: INSIGHTS_VERSION,
  engine: { name: "tidemark", version: "0.1.0" },
  command: "check",
  semantics: "tidemark",
  inputs: [
    {
      path: "a.csv",
      bytes: 10,
      sha256: HASH,
      records: 3,
      rejected: { csv: 1 },
      dropped: 2,
      extra_cells: 0,
      invalid_utf8: 0,
    },
  ],
  baseline: { path: "baseline/constraints.json", sha256: HASH },
  ground_truth: {
    inputs: [
      {
        path: "labels.jsonl",
        bytes: 5,
        sha256: HASH,
        records: 2,
        rejected: { ground_truth: 1 },
        dropped: 1,
        extra_cells: 0,
        invalid_utf8: 0,
      },
    ],
    labels: 2,
    duplicates: 1,
    matched: 1,
    unmatched: 3,
    unused: 1,
  },
  outputs: [{ name: "statistics.json", sha256: HASH }],
  window: { start: "2026-11-20T10:00:00Z", end: "2026-11-20T11:00:00Z" },
  dataset: {
    rows: 3,
    columns: 1,
    matching: "name",
    missing: ["a"],
    extra: ["b"],
    checks: [CHECK],
  },
  verdict: {
    status: "violated",
    violations: 1,
    by_check: {
      missing_column_check: 1,
      extra_column_check: 1,
      data_type_check: 1,
      completeness_check: 1,
      categorical_values_check: 1,
      non_negative_check: 1,
      baseline_drift_check: 1,
      advisory_excess_distance: 1,
      advisory_psi: 1,
      advisory_category_shares: 1,
      advisory_new_categories: 1,
      advisory_missing_rate: 1,
      advisory_zero_rate: 1,
      advisory_spike: 1,
    },
    unjudged: 0,
    advisories: 1,
    clearing: ["a"],
    other: {
      semantics: "model-monitor",
      status: "not_comparable",
      violations: 2,
      only_here: ["a: data_type_check"],
      only_there: [],
    },
  },
  emptiness: {
    reason: "all_rejected",
    message: "a message",
    hours: { count: 2, first: "2026-11-20T10:00:00Z", last: "2026-11-20T11:00:00Z" },
    rejected: [
      { reason: "json", count: 2, detail: "a detail", file: "a.jsonl", line: 1, event_id: "e" },
    ],
  },
  features: [
    {
      name: "a",
      position: 0,
      type: "Unknown",
      evidence: {
        integral: 1,
        fractional: 1,
        boolean: 0,
        string: 0,
        uncastable: 0,
        non_finite: 0,
        negative: 1,
        first_string: { file: "a.csv", line: 2 },
      },
      counts: { present: 2, missing: 1, distinct: 2 },
      checks: [CHECK],
      ...EVIDENCE,
    },
    {
      name: "b",
      position: 1,
      type: "String",
      checks: [],
      shape: {
        kind: "categorical",
        categories: [SHARES],
        others: { count: 2, baseline: 0.5, current: 0.25 },
      },
    } as unknown as Whole<InsightsFeature>,
  ],
  warnings: ["a warning"],
};

/** The least there is: a baseline of no inputs. */
const LEAST: Insights = {
  ...WHOLE,
  command: "baseline",
  inputs: [],
  outputs: [],
  window: undefined,
  dataset: { rows: 0, columns: 0, missing: [], extra: [], checks: [] },
  verdict: { status: "profiled", violations: 0, by_check: {}, unjudged: 0 },
  features: [{ name: "a", checks: [{ type: "data_type_check", status: "no_data" }] }],
  warnings: [],
};

const read = (text: string): Promise<Insights> => validate(text, "insights.json", insightsSchema);

/** Lists every key of a value as a path; keys of lists' elements and of records are one path. */
function pathsIn(value: unknown, at = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => pathsIn(each, at));
  if (typeof value !== "object" || value === null) return [];
  if (/\/(quantiles|by_check)$/.test(at) || at.endsWith("/inputs/rejected")) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const path = `${at}/${key}`;
    return [path, ...pathsIn(each, path)];
  });
}

interface JsonSchema {
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

/** Lists the keys that a JSON Schema knows, as the same paths. */
function pathsOf({ properties = {}, items, anyOf = [] }: JsonSchema, at = ""): string[] {
  const own = Object.entries(properties).flatMap(([key, schema]) => {
    const path = `${at}/${key}`;
    return [path, ...pathsOf(schema, path)];
  });
  const ofKinds = anyOf.flatMap((schema) => pathsOf(schema, at));
  return [...own, ...ofKinds, ...(items === undefined ? [] : pathsOf(items, at))];
}

async function jsonSchema(): Promise<object> {
  const { $schema, ...schema } = (await jsonSchemaOf(insightsSchema)) as { $schema: string };
  const title = `Tidemark insights.json, version ${INSIGHTS_VERSION}`;
  return { $schema, $id: "insights.schema.json", title, ...schema };
}

describe("the schema of insights.json", () => {
  it("has exactly the keys of the type", async () => {
    const known = new Set(pathsOf(await jsonSchema()));
    expect([...known].sort()).toEqual([...new Set(pathsIn(WHOLE))].sort());
  });

  it("gives back what was written, infinities included", async () => {
    expect(await read(writeInsights(WHOLE))).toEqual(WHOLE);
    expect(writeInsights(WHOLE)).toContain('"statistic": "Infinity"');
    expect(await read(writeInsights(LEAST))).toEqual(JSON.parse(JSON.stringify(LEAST)));
  });

  it("takes every check type and status there is", async () => {
    const statuses: Record<CheckStatus, true> = {
      passed: true,
      violated: true,
      no_data: true,
      not_comparable: true,
      insufficient_sample: true,
      insufficient_categories: true,
      skipped: true,
    };
    const types = Object.keys(WHOLE.verdict.by_check) as CheckType[];
    const checks = types.flatMap((type) =>
      Object.keys(statuses).map((status) => ({ type, status: status as CheckStatus })),
    );
    const insights = { ...LEAST, dataset: { ...LEAST.dataset, checks } };
    expect((await read(writeInsights(insights))).dataset.checks).toEqual(checks);
  });

  it.each([
    [{ version: 2 }, "version is 2; expected 1, the only version there is"],
    [
      { verdict: { ...WHOLE.verdict, violations: -1 } },
      "verdict.violations is -1; expected a whole number of at least 0",
    ],
    [
      { verdict: { ...WHOLE.verdict, by_check: { other: 1 } } },
      "verdict.by_check.other is not a known key",
    ],
    [
      { dataset: { ...WHOLE.dataset, rows: "3" } },
      'dataset.rows is "3"; expected a whole number of at least 0',
    ],
    [{ dataset: { ...WHOLE.dataset, ratio: 1 } }, "dataset.ratio is not a known key"],
    [{ features: [{ name: "a" }] }, "features[0].checks is missing; expected a list"],
    [
      { features: [{ name: "a", checks: [{ ...CHECK, observed: "0.5" }] }] },
      'features[0].checks[0].observed is "0.5"; expected a number',
    ],
    [
      { outputs: [{ name: "a", sha256: "ABC" }] },
      'outputs[0].sha256 is "ABC"; expected a SHA-256 as 64 lower-case hexadecimal digits',
    ],
    [{ extra: true }, "extra is not a known key"],
    [{ warnings: undefined }, "warnings is missing; expected a list"],
  ])("refuses %j", async (change, told) => {
    const message = await read(writeInsights({ ...WHOLE, ...change } as Insights)).then(
      () => "accepted",
      (error: Error) => error.message.replace(/^insights.json:\d+:\d+: /, ""),
    );
    expect(message).toBe(`${told}. Correct the file.`);
  });
});

describe("schema/insights.schema.json", () => {
  it("is what the schema generates; UPDATE=1 rewrites it", async () => {
    const generated = await jsonSchema();
    if (process.env["UPDATE"] === "1") {
      writeFileSync(SCHEMA_FILE, `${JSON.stringify(generated, undefined, 2)}\n`);
    }
    expect(JSON.parse(readFileSync(SCHEMA_FILE, "utf8"))).toEqual(generated);
  });

  it("takes and refuses by itself", () => {
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA_FILE, "utf8")));
    const takes = (insights: object): boolean =>
      schema.safeParse(JSON.parse(writeInsights(insights as Insights))).success;
    expect(takes(WHOLE)).toBe(true);
    expect(takes(LEAST)).toBe(true);
    expect(takes({ ...WHOLE, warnings: [1] })).toBe(false);
    expect(takes({ ...WHOLE, other: {} })).toBe(false);
    expect(takes({ ...WHOLE, engine: { name: "tidemark" } })).toBe(false);
  });
});
