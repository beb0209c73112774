import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileInsights } from "../../../fixtures/hostile-insights.ts";
import { WHOLE_INSIGHTS } from "../../../fixtures/whole-insights.ts";
import { sha256Of } from "../../base/sha256-of.ts";
import { excerpt } from "../../base/tidemark-error.ts";
import { writeInsights } from "../../monitor/insights.ts";
import { newsOf, newsOfFault, type RunPlan } from "./run-news.ts";

const PLAN: RunPlan = {
  command: "check",
  window: { start: "2026-11-20T10:00:00Z" },
  output: "report",
  labels: { model: "churn" },
};

/** A text that stands wherever insights hold a value of a record. */
const SECRET = "s3cret-cell";

function withSecrets(value: unknown, key = ""): unknown {
  if (["at", "value"].includes(key) && typeof value !== "object") return SECRET;
  if (Array.isArray(value)) return value.map((each) => withSecrets(each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, each]) => [k, withSecrets(each, k)]));
}

describe("the news of a run", () => {
  it("are its verdict and its gravest violations, with where their records stand", () => {
    const { id, violated, ...news } = newsOf(WHOLE_INSIGHTS, PLAN);
    expect(id).toBe(sha256Of(writeInsights(WHOLE_INSIGHTS)));
    expect(news).toEqual({
      command: "check",
      status: "violated",
      summary: "FAIL: 7 violations in 2,000 records, 4 features, by tidemark. 2 checks not judged.",
      semantics: "tidemark",
      window: PLAN.window,
      output: "report",
      labels: { model: "churn" },
      records: 2000,
      features: WHOLE_INSIGHTS.dataset.columns,
      violations: WHOLE_INSIGHTS.verdict.violations,
      by_check: WHOLE_INSIGHTS.verdict.by_check,
      unjudged: 2,
    });
    expect(violated).toHaveLength(WHOLE_INSIGHTS.verdict.violations);
    expect(violated!.find(({ check }) => check === "data_type_check")).toEqual({
      feature: "Day Mins",
      check: "data_type_check",
      sentence: "99% of the cells are Fractional; at least 100% must be.",
      observed: 0.99,
      threshold: 1,
      record: {
        file: "capture/churn/AllTraffic/2026/11/20/10/00-00-000-b071c772.jsonl",
        line: 3,
        event_id: "8f3c0b1a-0000",
        value: undefined,
      },
    });
  });

  it("hold no value of a record, unless values are shown", () => {
    const insights = withSecrets(WHOLE_INSIGHTS) as typeof WHOLE_INSIGHTS;
    expect(JSON.stringify(newsOf(insights, PLAN))).not.toContain(SECRET);
    const shown = newsOf(insights, { ...PLAN, showsValues: true });
    const sentences = shown.violated!.map(({ sentence }) => sentence).join("\n");
    expect(sentences).toContain(`the gap is largest at "${SECRET}"`);
    expect(shown.violated!.some(({ record }) => record?.value === SECRET)).toBe(true);
  });

  it("of a fault end where its message quotes, unless values are shown", () => {
    const values = [SECRET, `${SECRET} "\\"`, SECRET.repeat(20), `…"${SECRET}`];
    for (const value of values) {
      const message = `a.csv: column 1 is ${excerpt(value)}; expected ${excerpt(value)}.`;
      const error = { code: "input", message } as const;
      const { summary } = newsOfFault(error, PLAN);
      expect(summary).toBe("FAILED: a.csv: column 1 is …");
      expect(newsOfFault(error, { ...PLAN, showsValues: true }).error?.message).toBe(message);
    }
  });

  it("stay short, and are JSON, whatever insights hold", () => {
    fc.assert(
      fc.property(hostileInsights, (insights) => {
        const news = newsOf(insights, PLAN);
        expect(JSON.parse(JSON.stringify(news)).id).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
    const [violated] = WHOLE_INSIGHTS.features.filter(({ checks }) =>
      checks.some(({ status }) => status === "violated"),
    );
    const features = Array.from({ length: 80 }, (_, i) => ({ ...violated!, name: `f${i}` }));
    expect(newsOf({ ...WHOLE_INSIGHTS, features }, PLAN).violated).toHaveLength(50);
  });

  it.each([
    ["no_data", "no_data", "NO DATA: none.csv: no such file."],
    ["input", "failed", "FAILED: none.csv: no such file."],
  ] as const)("of a run that ends with %s are its message", (code, status, summary) => {
    const error = { code, message: "none.csv: no such file." };
    const news = newsOfFault(error, PLAN);
    expect(news).toEqual({
      command: "check",
      window: PLAN.window,
      output: "report",
      labels: { model: "churn" },
      status,
      summary,
      error,
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(newsOfFault(error, PLAN).id).toBe(news.id);
    const later = { ...PLAN, window: { start: "2026-11-20T11:00:00Z" } };
    expect(newsOfFault(error, later).id).not.toBe(news.id);
  });
});
