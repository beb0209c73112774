import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../../fixtures/hostile-insights.ts";
import { ENDED_AT } from "../../../fixtures/metric-run.ts";
import { WHOLE_INSIGHTS } from "../../../fixtures/whole-insights.ts";
import { renderCloudEvent } from "./render-cloud-event.ts";
import { newsOf, newsOfFault, type RunPlan } from "./run-news.ts";

const PLAN: RunPlan = { command: "check", output: "report" };

const eventOf = (plan: Partial<RunPlan>) =>
  JSON.parse(renderCloudEvent(newsOf(WHOLE_INSIGHTS, { ...PLAN, ...plan }), ENDED_AT));

describe("the event of a run", () => {
  it("has the attributes of CloudEvents 1.0, and the news for data", () => {
    const labels = { endpoint: "churn/eu", schedule: "hourly" };
    const window = { start: "2026-11-20T10:00:00Z", end: "2026-11-20T11:00:00Z" };
    const { data, ...attributes } = eventOf({ labels, window });
    const { id, ...news } = newsOf(WHOLE_INSIGHTS, { ...PLAN, labels, window });
    expect(attributes).toEqual({
      specversion: "1.0",
      id,
      source: "/tidemark/churn%2Feu/hourly",
      type: "tidemark.check.violated",
      subject: "2026-11-20T10:00:00Z/2026-11-20T11:00:00Z",
      time: "2026-11-20T11:00:00.250Z",
      datacontenttype: "application/json",
    });
    expect(data).toEqual(JSON.parse(JSON.stringify(news)));
  });

  it("has no subject without a window, and an open one of half a window", () => {
    expect(eventOf({})).not.toHaveProperty("subject");
    expect(eventOf({ window: { end: "2026-11-20T11:00:00Z" } }).subject).toBe(
      "../2026-11-20T11:00:00Z",
    );
  });

  it("tells the kinds of ends apart by its type", () => {
    const typeOf = (code: "no_data" | "input") =>
      JSON.parse(renderCloudEvent(newsOfFault({ code, message: "x" }, PLAN), 0)).type;
    expect([typeOf("no_data"), typeOf("input")]).toEqual([
      "tidemark.check.no_data",
      "tidemark.check.failed",
    ]);
  });

  it("has a source that is a URI reference, whatever labels hold", () => {
    fc.assert(
      fc.property(fc.array(anyText.filter((text) => text !== "")), (texts) => {
        const labels = Object.fromEntries(texts.map((text, i) => [`l${i}`, text]));
        const { source } = eventOf({ labels });
        expect(source).toMatch(/^\/tidemark(\/[\w.~!*'()%-]+)*$/);
      }),
    );
  });
});
