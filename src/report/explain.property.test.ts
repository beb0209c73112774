import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileInsights } from "../../fixtures/hostile-insights.ts";
import { WHOLE_CONSTRAINTS } from "../../fixtures/whole-insights.ts";
import type { Insights } from "../monitor/insights.ts";
import { displayWidth } from "./display-width.ts";
import { explainFeature } from "./explain-feature.ts";
import { explainRun } from "./explain-run.ts";
import { renderText } from "./text.ts";

const OPTIONS = { isColored: false, folder: "report", files: ["insights.json"] };

const DRAWN: Readonly<Record<string, (insights: Insights) => readonly string[]>> = {
  summary: (insights) => [renderText(insights, OPTIONS)],
  "verbose summary": (insights) => [renderText(insights, { ...OPTIONS, isVerbose: true })],
  "explained run": (insights) => [
    explainRun({ insights, constraintsText: WHOLE_CONSTRAINTS }, "report", false),
  ],
  "explained features": (insights) =>
    insights.features.map((feature) => explainFeature({ insights }, feature, false)),
};

describe.each(Object.entries(DRAWN))("the %s", (_, draw) => {
  it("holds nothing that a terminal obeys and keeps to 80 columns, whatever texts there are", () => {
    fc.assert(
      fc.property(hostileInsights, (insights) => {
        for (const text of draw(insights)) {
          expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069\p{Cs}]/u);
          for (const line of text.split("\n")) {
            const widest = Math.max(...line.split(" ").map(displayWidth));
            // A word that is too wide by itself is not broken.
            if (widest < 60) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

it("keeps every summary to 25 lines", () => {
  fc.assert(
    fc.property(hostileInsights, fc.integer({ min: 1, max: 40 }), (insights, count) => {
      const many = Array.from({ length: count }, () => insights.features).flat();
      const violations = count * 6 + 1;
      const verdict = { ...insights.verdict, violations };
      const text = renderText({ ...insights, features: many, verdict }, OPTIONS);
      expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(25);
    }),
    { numRuns: 60 },
  );
});
