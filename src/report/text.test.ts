import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { Insights, InsightsCheck, InsightsFeature } from "../monitor/insights.ts";
import { displayWidth } from "./display-width.ts";
import { renderText } from "./text.ts";

const OPTIONS = { isColored: false, folder: "report", files: ["insights.json"] };

function insightsOf(parts: Partial<Insights> = {}): Insights {
  return {
    version: 1,
    engine: { name: "tidemark", version: "0.1.0" },
    command: "check",
    semantics: "tidemark",
    inputs: [
      {
        path: "a.csv",
        bytes: 10,
        sha256: "",
        records: 5,
        rejected: {},
        extra_cells: 0,
        invalid_utf8: 0,
      },
    ],
    outputs: [],
    dataset: { rows: 5, columns: 2, missing: [], extra: [], checks: [] },
    verdict: { status: "passed", violations: 0, by_check: {}, unjudged: 0 },
    features: [],
    warnings: [],
    ...parts,
  };
}

function violated(name: string, checks: readonly InsightsCheck[]): InsightsFeature {
  return { name, checks: checks.map((check) => ({ ...check, status: "violated" })) };
}

const DRIFT = {
  type: "baseline_drift_check",
  status: "violated",
  kind: "distance",
  observed: 0.2512345,
  threshold: 0.1,
} as const;

const VERDICT = { status: "violated", violations: 1, by_check: {}, unjudged: 0 } as const;

describe("renderText", () => {
  it("words every check with what was observed and the limit, gravest first", () => {
    const features = [
      violated("drift", [DRIFT]),
      violated("chi", [
        {
          ...DRIFT,
          method: "ChiSquared",
          kind: "pvalue",
          observed: 0.00044,
          statistic: 12.3456,
          critical_value: 3.841,
          threshold: 0.05,
        },
      ]),
      violated("type", [
        {
          type: "data_type_check",
          status: "violated",
          observed: 0.994,
          expected: "Integral",
          threshold: 1,
        },
      ]),
      violated("gaps", [
        { type: "completeness_check", status: "violated", observed: 0.5, expected: 0.98765432 },
      ]),
      violated("words", [
        { type: "categorical_values_check", status: "violated", observed: 0.9, threshold: 0.95 },
      ]),
      violated("signs", [{ type: "non_negative_check", status: "violated", observed: 0.999 }]),
    ];
    const checks: InsightsCheck[] = [
      { type: "missing_column_check", status: "violated", observed: 1, expected: 2 },
      { type: "extra_column_check", status: "passed", observed: 1, expected: 2 },
    ];
    const insights = insightsOf({
      features,
      dataset: { rows: 1_234, columns: 1, matching: "position", missing: ["x"], extra: [], checks },
      verdict: { ...VERDICT, violations: 7 },
    });
    expect(renderText(insights, OPTIONS)).toBe(
      `FAIL 7 violations · 1,234 records · 1 feature · 1 file · tidemark

feature          check            observed  limit
Missing columns  missing columns         1  2 columns
chi              drift               12.35  <= 3.841
gaps             completeness          50%  >= 98.77%
drift            drift              0.2512  <= 0.1
words            categories            90%  >= 95% known
type             data type           99.4%  >= 100% Integral
signs            non-negative        99.9%  100% from 0 on

Missing  x

Wrote insights.json in report
`,
    );
  });

  it("says what could not be judged, what the other semantics says, and what is odd", () => {
    const unjudged = (name: string, status: InsightsCheck["status"]): InsightsFeature => ({
      name,
      checks: [{ type: "baseline_drift_check", status }],
    });
    const insights = insightsOf({
      semantics: "model-monitor",
      features: [
        ..."abcdefg".split("").map((name) => unjudged(name, "insufficient_sample")),
        unjudged("h", "no_data"),
        unjudged("i", "passed"),
      ],
      verdict: {
        ...VERDICT,
        status: "passed",
        violations: 0,
        other: {
          semantics: "tidemark",
          status: "violated",
          violations: 2,
          only_here: [],
          only_there: ["a: baseline_drift_check", "h: non_negative_check"],
        },
      },
      warnings: ["a.csv: 3 cells beyond the header were dropped."],
    });
    expect(renderText(insights, OPTIONS)).toBe(
      `PASS no violations · 5 records · 2 features · 1 file · model-monitor

Not judged  too few records to show drift: a, b, c, d, e and 2 more
Not judged  no value to judge: h
Under tidemark: 2 violations
  only there      a: baseline_drift_check, h: non_negative_check
Warning  a.csv: 3 cells beyond the header were dropped.

Wrote insights.json in report
`,
    );
  });

  it("names the columns that came instead of others", () => {
    const checks: InsightsCheck[] = [
      { type: "missing_column_check", status: "violated", observed: 3, expected: 3 },
      { type: "extra_column_check", status: "violated", observed: 3, expected: 3 },
    ];
    const [missing, extra] = [["plan"], ["p1", "p2", "p3", "p4", "p5", "p\n6", "p7"]];
    const insights = insightsOf({
      dataset: { rows: 5, columns: 3, matching: "name", missing, extra, checks },
      verdict: { ...VERDICT, violations: 2 },
    });
    expect(renderText(insights, OPTIONS)).toBe(
      `FAIL 2 violations · 5 records · 3 features · 1 file · tidemark

feature          check            observed  limit
Missing columns  missing columns         1  0 columns
Extra columns    extra columns           7  0 columns

Missing  plan
Extra  p1, p2, p3, p4, p5 and 2 more

Wrote insights.json in report
`,
    );
  });

  it("uses colours only when asked to, and lays out the same text with them", () => {
    const insights = insightsOf({
      features: [violated("drift", [DRIFT])],
      verdict: VERDICT,
      warnings: ["odd"],
    });
    const plain = renderText(insights, OPTIONS);
    const colored = renderText(insights, { ...OPTIONS, isColored: true });
    expect(plain).not.toContain("\u001b");
    expect(colored).toContain("\u001b[31mFAIL 1 violation\u001b[39m");
    expect(colored).toContain("\u001b[33mWarning  \u001b[39m");
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });

  const HOSTILE: Readonly<Record<string, string>> = {
    "control characters": "bell\u0007null\u0000",
    "line breaks": "one\r\ntwo\tthree",
    "ANSI escapes": "\u001b[2J\u001b[31mred\u009b0m",
    "a window title": "\u001b]0;owned\u0007",
    "right-to-left controls": "\u202eevil\u2066",
    markup: "</script><script>alert(1)</script>",
    emoji: "😀👩‍🚀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
    "wide characters": "年齢層の分布".repeat(10),
    "great length": "x".repeat(5_000),
    "only spaces": "     ",
    "no character": "",
  };

  for (const [title, name] of Object.entries(HOSTILE)) {
    it(`keeps its layout with names of ${title}`, () => {
      const features = [
        violated(name, [DRIFT]),
        violated("plain", [DRIFT]),
        { name: `${name}!`, checks: [{ type: DRIFT.type, status: "no_data" as const }] },
      ];
      const check = insightsOf({
        features,
        verdict: {
          ...VERDICT,
          violations: 2,
          other: {
            semantics: "model-monitor",
            status: "passed",
            violations: 0,
            only_here: [`${name}: baseline_drift_check`, "plain: baseline_drift_check"],
          },
        },
      });
      const baseline = insightsOf({
        command: "baseline",
        features: [{ name, type: "String", counts: { present: 4, missing: 1 }, checks: [] }],
        verdict: { ...VERDICT, status: "profiled" },
      });
      for (const insights of [check, baseline]) {
        const text = renderText(insights, OPTIONS);
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
        for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(80);
      }
      const lines = renderText(check, OPTIONS).split("\n");
      const rows = lines.filter((line) => line.endsWith("  <= 0.1"));
      expect(rows).toHaveLength(2);
      expect(new Set(rows.map(displayWidth)).size).toBe(1);
    });
  }

  it("spells out what a folder's name would do to the terminal", () => {
    const text = renderText(insightsOf(), { ...OPTIONS, folder: "re\u001b[31mport" });
    expect(text).toContain("Wrote insights.json in re\\u001b[31mport\n");
  });

  it("stays within 80 columns with numbers of any size", () => {
    const tally = insightsOf().inputs[0]!;
    const insights = insightsOf({
      semantics: "model-monitor",
      inputs: Array.from({ length: 9_000 }, () => ({ ...tally, rejected: { csv: 1_234_567 } })),
      dataset: { rows: 987_654_321_987, columns: 12_345, missing: [], extra: [], checks: [] },
      features: [violated("x".repeat(28), [{ ...DRIFT, observed: 1.23456e-7 }])],
      verdict: { ...VERDICT, violations: 123_456 },
    });
    const lines = renderText(insights, OPTIONS).split("\n");
    expect(lines.slice(0, 2)).toEqual([
      "FAIL 123,456 violations · 987,654,321,987 records · 12,345 features · 9,000",
      "                          files · 11,111,103,000 rejected · model-monitor",
    ]);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("keeps to 25 lines, and counts what it leaves out", () => {
    const features = [
      ...Array.from({ length: 30 }, (_, at) => violated(`f${at}`, [DRIFT])),
      { name: "short", checks: [{ type: DRIFT.type, status: "insufficient_sample" as const }] },
    ];
    const insights = insightsOf({
      features,
      verdict: { ...VERDICT, violations: 30 },
      warnings: Array.from({ length: 12 }, (_, at) => `odd ${at}`),
    });
    const lines = renderText(insights, OPTIONS).split("\n");
    expect(lines).toHaveLength(26);
    expect(lines.filter((line) => line.includes("<= 0.1"))).toHaveLength(10);
    expect(lines).toContain("… and 20 more in constraint_violations.json");
    expect(lines).toContain("Not judged  too few records to show drift: short");
    expect(lines.filter((line) => line.startsWith("Warning  odd"))).toHaveLength(6);
    expect(lines).toContain("… and 6 more in insights.json");

    const all = renderText(insights, { ...OPTIONS, isVerbose: true }).split("\n");
    expect(all.filter((line) => line.includes("<= 0.1"))).toHaveLength(30);
    expect(all.filter((line) => line.startsWith("Warning  odd"))).toHaveLength(12);
    expect(all.filter((line) => line.startsWith("…"))).toEqual([]);
  });

  it("leaves out whole sections rather than lines of them", () => {
    const names = Array.from({ length: 5 }, (_, at) => `${"long".repeat(20)}${at}`);
    const statuses = ["no_data", "not_comparable", "insufficient_sample"] as const;
    const insights = insightsOf({
      dataset: { rows: 5, columns: 2, missing: names, extra: names, checks: [] },
      features: [
        violated("drift", [DRIFT]),
        ...statuses.flatMap((status) =>
          names.map((name) => ({ name, checks: [{ type: DRIFT.type, status }] })),
        ),
      ],
      verdict: VERDICT,
      warnings: ["odd"],
    });
    const lines = renderText(insights, OPTIONS).split("\n");
    expect(lines.length).toBeLessThanOrEqual(26);
    expect(lines).toContain("… and 1 section more with --verbose");
    expect(lines).toContain("Warning  odd");
    expect(lines.filter((line) => line.startsWith("Not judged"))).toEqual([]);
  });
});
