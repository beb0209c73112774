import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOf, type MadeUpCell } from "../../fixtures/column-of.ts";
import type { SampledCell } from "../accumulate/sampled-rows.ts";
import type { FeatureCheckInput } from "../checks/check.ts";
import { configOf, DEFAULT_CONFIG } from "../constraints/constraints.ts";
import { findDrifted } from "./drifted-cells.ts";

function inputOf(before: readonly MadeUpCell[], now: readonly MadeUpCell[]): FeatureCheckInput {
  const baseline = columnOf("f", before);
  const constraint = { name: "f", inferredType: baseline.inferredType, overrides: {} };
  const config = configOf(DEFAULT_CONFIG, constraint);
  const current = columnOf("f", now);
  return { constraint, config, baseline, current, typeMatches: true, semantics: "tidemark" };
}

/** The cells as sampled, told by their place in the column. */
function sampledOf(cells: readonly MadeUpCell[]): SampledCell[] {
  return cells.map((cell, line) => ({
    record: {
      file: "a",
      line,
      place: [0, 0],
      eventId: undefined,
      inferenceId: undefined,
      inferenceTime: undefined,
    },
    value: typeof cell === "number" ? cell : undefined,
    bytes: Buffer.from(String(cell)),
  }));
}

function shareOf(cells: readonly MadeUpCell[], isOf: (cell: MadeUpCell) => boolean): number {
  return cells.filter(isOf).length / cells.length;
}

describe("findDrifted", () => {
  it("of numbers names those, and all those, of a region whose share grew", () => {
    const numbers = fc.array(fc.integer({ min: -9, max: 40 }), { minLength: 1, maxLength: 200 });
    let spikes = 0;
    fc.assert(
      fc.property(numbers, numbers, (before, now) => {
        const found = findDrifted(inputOf(before, now), sampledOf(now));
        if (found === undefined) return;
        const { above = -Infinity, up_to = Infinity, value } = found.region;
        const isIn = (cell: MadeUpCell): boolean =>
          value === undefined ? Number(cell) > above && Number(cell) <= up_to : cell === value;
        expect(found.cells.map(({ record }) => record.line)).toEqual(
          now.flatMap((cell, line) => (isIn(cell) ? [line] : [])),
        );
        const growth = shareOf(now, isIn) - shareOf(before, isIn);
        expect(growth).toBeGreaterThan(0);
        if (value !== undefined) {
          spikes++;
          return;
        }
        // No one value makes up half of what grew, or it would have been named.
        for (const each of new Set(now.filter(isIn))) {
          const is = (cell: MadeUpCell): boolean => cell === each;
          expect(2 * (shareOf(now, is) - shareOf(before, is))).toBeLessThan(growth + 1e-12);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
    expect(spikes).toBeGreaterThan(10);
  });

  it("of categories names the one whose share grew most", () => {
    const texts = fc.array(fc.constantFrom("a", "b", "c", "d", "é"), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(texts, texts, (before, now) => {
        const growthOf = (text: string): number =>
          shareOf(now, (cell) => cell === text) - shareOf(before, (cell) => cell === text);
        const most = Math.max(...[...before, ...now].map(growthOf));
        const found = findDrifted(inputOf(before, now), sampledOf(now));
        if (found === undefined) {
          expect(most).toBeLessThan(1e-12);
          return;
        }
        const { value } = found.region;
        expect(growthOf(String(value))).toBeCloseTo(most, 12);
        expect(found.isNameable).toBe(true);
        expect(found.cells.map(({ record }) => record.line)).toEqual(
          now.flatMap((cell, line) => (cell === value ? [line] : [])),
        );
      }),
      { seed: 1 },
    );
  });

  it("names no category that neither side's statistics list", () => {
    const before = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? "a" : "b"));
    const now = [...Array.from({ length: 130 }, (_, i) => `text ${i}`), ...Array(50).fill("new")];
    const found = findDrifted(inputOf(before, now), sampledOf(now))!;
    expect([found.region, found.isNameable]).toEqual([{ value: "new" }, false]);
  });
});
