import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { hostileInsights } from "../../fixtures/hostile-insights.ts";
import { WHOLE_CONSTRAINTS, WHOLE_INSIGHTS } from "../../fixtures/whole-insights.ts";
import type { Insights } from "../monitor/insights.ts";
import { renderSarif } from "./sarif.ts";

const position = z.int().min(1);
const message = z.strictObject({ text: z.string().min(1) });
const uri = z.string().refine((text) => {
  const { href } = new URL(text, "file:///base/");
  return /^[\x21-\x7e]*$/.test(text) && href.startsWith("file:///");
}, "a URI reference to a file");
const physicalLocation = z.strictObject({
  artifactLocation: z.strictObject({ uri }),
  region: z.strictObject({ startLine: position, startColumn: position.optional() }).optional(),
});
const level = z.enum(["none", "note", "warning", "error"]);

/** The part of the published schema (OASIS, SARIF 2.1.0) that the log uses, and what it requires. */
const LOG = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          version: z.string(),
          rules: z.array(
            z.strictObject({
              id: z.string().min(1),
              name: z.string().regex(/^[A-Z][A-Za-z]+$/),
              shortDescription: message,
              defaultConfiguration: z.strictObject({ level }),
            }),
          ),
        }),
      }),
      invocations: z.array(
        z.strictObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(
            z.strictObject({ level, message: z.strictObject({ text: z.string() }) }),
          ),
        }),
      ),
      columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level,
          message,
          locations: z.array(
            z.strictObject({
              physicalLocation: physicalLocation.optional(),
              logicalLocations: z.array(
                z.strictObject({
                  name: z.string(),
                  fullyQualifiedName: z.string(),
                  kind: z.string(),
                }),
              ),
            }),
          ),
          relatedLocations: z
            .array(z.strictObject({ id: z.int().min(0), message, physicalLocation }))
            .optional(),
          partialFingerprints: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
        }),
      ),
    }),
  ]),
});

function runOf(insights: Insights, constraintsText?: string) {
  return LOG.parse(JSON.parse(renderSarif({ insights, constraintsText }))).runs[0];
}

describe("renderSarif", () => {
  it("puts each violation at the line of its constraint", () => {
    const { results } = runOf(WHOLE_INSIGHTS, WHOLE_CONSTRAINTS);
    const lines = WHOLE_CONSTRAINTS.split("\n");
    const pointed = results.map(({ ruleId, locations }) => {
      const { startLine } = locations[0]!.physicalLocation!.region!;
      return [ruleId, lines[startLine - 1]!.trim()];
    });
    expect(pointed).toEqual([
      ["missing_column_check", '"features": ['],
      ["baseline_drift_check", '"categorical_comparison_threshold": 0.1'],
      ["baseline_drift_check", '"comparison_threshold": 0.1,'],
      ["completeness_check", '"completeness": 1.0 },'],
      ["categorical_values_check", '"domain_content_threshold": 1.0,'],
      ["data_type_check", '"datatype_check_threshold": 1.0,'],
      ["non_negative_check", '"num_constraints": { "is_non_negative": true } },'],
    ]);
  });

  it("names the rule of each result by its place too", () => {
    const { results, tool } = runOf(WHOLE_INSIGHTS);
    const { rules } = tool.driver;
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex]!.id).toBe(ruleId);
    for (const { locations } of results) {
      expect(locations[0]!.physicalLocation).not.toHaveProperty("region");
    }
  });

  it("gives a violation the same fingerprint whatever its numbers, and each another", () => {
    const printsOf = (insights: Insights): string[] =>
      runOf(insights).results.flatMap((result) => Object.values(result.partialFingerprints));
    const later = structuredClone(WHOLE_INSIGHTS) as Insights;
    for (const { checks } of later.features) {
      for (const check of checks) Object.assign(check, { n: 1, m: 2, passes_at: 0.5 });
    }
    expect(printsOf(later)).toEqual(printsOf(WHOLE_INSIGHTS));
    expect(new Set(printsOf(WHOLE_INSIGHTS)).size).toBe(7);
  });

  it("follows the schema whatever texts there are, and shows no placeholder or link", () => {
    fc.assert(
      fc.property(hostileInsights, (insights) => {
        const { results } = runOf(insights, WHOLE_CONSTRAINTS);
        expect(results).toHaveLength(7);
        for (const { message } of results) {
          const plain = message.text.replaceAll("{{", "").replaceAll("}}", "");
          expect(plain).not.toMatch(/[{}]/);
          expect(plain).not.toMatch(/(?<!\\)\[[^\]]*\]\(/);
        }
      }),
      { numRuns: 100 },
    );
  });
});
