import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnOf, type MadeUpCell, range, times } from "../../fixtures/column-of.ts";
import { ALL_CHECKS } from "../checks/all.ts";
import { configOf, DEFAULT_CONFIG, type FeatureConstraints } from "../constraints/constraints.ts";
import type { FeatureProfile } from "../profile/profile.ts";
import { distributionShape } from "./distribution-shape.ts";
import type { Moved, NumericShape } from "./insights-evidence.ts";
import { describeMoved } from "./moved.ts";
import { sideSummary } from "./side-summary.ts";
import { suggestConstraints } from "./suggest.ts";

interface Given {
  readonly isRedacted?: boolean;
  readonly constraint?: Partial<FeatureConstraints>;
}

/** Checks a column against another as a run does, with the constraints suggested for it. */
function movedOf(before: FeatureProfile, now: FeatureProfile, given: Given = {}) {
  const { isRedacted = false } = given;
  const [suggested] = suggestConstraints({ itemCount: 1, features: [before] }).features;
  const constraint = { ...suggested!, ...given.constraint };
  const input = {
    constraint,
    config: configOf(DEFAULT_CONFIG, constraint),
    baseline: before,
    current: now,
    semantics: "tidemark" as const,
    typeMatches: true,
  };
  return describeMoved({
    input,
    results: ALL_CHECKS.flatMap((check) => check.evaluate(input) ?? []),
    before: sideSummary(before, { isRedacted }),
    now: sideSummary(now, { isRedacted }),
    shape: distributionShape(before, now, { isRedacted }),
    isRedacted,
  });
}

function moved(before: readonly MadeUpCell[], now: readonly MadeUpCell[], given?: Given) {
  return movedOf(columnOf("f", before), columnOf("f", now), given);
}

/** 2,000 different values in the shape of a bell, 50 to 350 about 200. */
const SPREAD = range(2000, (i) => 200 + 20 * Math.log((i + 1) / (2000 - i)));

describe("describeMoved", () => {
  it.each<[string, readonly MadeUpCell[], readonly MadeUpCell[], string]>([
    [
      "a shift up",
      SPREAD,
      SPREAD.map((x) => x + 30),
      "Values moved up: the median went from 200 to 230 (+0.92 spreads), " +
        "and 68% instead of 32% lie above 214.6.",
    ],
    [
      "a shift down",
      SPREAD,
      SPREAD.map((x) => x - 30),
      "Values moved down: the median went from 200 to 170 (-0.92 spreads), " +
        "and 68% instead of 32% are 184.6 or less.",
    ],
    [
      "a wider spread",
      SPREAD.map((x) => x + 600),
      SPREAD.map((x) => (x - 200) * 3 + 800),
      "Values spread out: they lie 3 times as wide as before, and 31% instead of 8.2% " +
        "lie above 848.2.",
    ],
    [
      "a narrower spread",
      SPREAD,
      SPREAD.map((x) => (x - 200) / 3 + 200),
      "Values drew together: they lie 0.33 times as wide as before, and 92% instead of 69% " +
        "are 216.1 or less.",
    ],
    [
      "a spike of zeros",
      SPREAD,
      SPREAD.map((x, i) => (i % 4 === 0 ? 0 : x)),
      "Zeros went from 0% to 25%.",
    ],
    [
      "a spike elsewhere",
      SPREAD,
      SPREAD.map((x, i) => (i % 4 === 0 ? 999.5 : x)),
      "The value 999.5 went from 0% to 25%.",
    ],
    [
      "categories that gained and lost",
      [...times(900, "no"), ...times(100, "yes")],
      [...times(680, "no"), ...times(320, "yes")],
      "'yes' went from 10% to 32%, 'no' from 90% to 68%.",
    ],
    [
      "a new category",
      times(500, "a"),
      [...times(480, "a"), ...times(16, "XX"), ...times(4, "YY")],
      "4% of the cells have categories the baseline lacks ('XX', 'YY').",
    ],
    [
      "new categories and drift",
      times(500, "a"),
      [...times(300, "a"), ...times(150, "b"), ...times(50, "c")],
      "40% of the cells have categories the baseline lacks ('b', 'c'); " +
        "'a' went from 100% to 60%, 'b' from 0% to 30%.",
    ],
    [
      "cells missing where none were",
      times(100, 5),
      [...times(91, 5), ...times(9, null)],
      "9% of the cells are missing where none were.",
    ],
    [
      "more cells missing than before",
      [...times(98, 5), ...times(2, null)],
      [...times(91, 5), ...times(9, null)],
      "9% of the cells are missing instead of 2%.",
    ],
    [
      "words among numbers",
      times(1000, 5),
      [...times(979, 5), ...times(21, "five")],
      "2.1% of the cells are not Integral.",
    ],
    [
      "negative numbers",
      times(1000, 5),
      [...times(990, 5), ...times(10, -7.25)],
      "1% of the cells are not Integral; 1% of the values are negative, down to -7.25.",
    ],
  ])("tells of %s", (_, before, now, sentence) => {
    expect(moved(before, now)?.sentence).toBe(sentence);
  });

  it("tells of nothing where nothing is violated", () => {
    expect(moved(SPREAD, SPREAD)).toBeUndefined();
  });

  it("says what may be missing where the baseline itself had more", () => {
    const before = [...times(80, 1), ...times(20, null)];
    const now = [...times(90, 1), ...times(10, null)];
    expect(moved(before, now, { constraint: { completeness: 0.95 } })?.sentence).toBe(
      "10% of the cells are missing where at most 5% may be.",
    );
  });

  it("has the numbers behind a shift", () => {
    const even = range(2000, (i) => i / 10);
    const shifted = even.map((x) => 2 * x + 60);
    expect(moved(even, shifted)).toMatchObject({
      at: 199.9,
      gap: -0.65,
      median_shift: expect.closeTo(159.9 / (100 / 1.349), 10),
      spread_ratio: expect.closeTo(2, 10),
      spike: undefined,
    });
  });

  it("lists at most five categories each, new and vanished ones with their number", () => {
    const before = range(400, (i) => `old ${i % 8}`);
    const now = range(400, (i) => `new ${i % 7}`);
    const { gained, lost, new: fresh, vanished } = moved(before, now) as Moved;
    expect([gained?.length, lost?.length]).toEqual([5, 5]);
    expect([fresh?.count, fresh?.values.length]).toEqual([7, 5]);
    expect([vanished?.count, vanished?.values.length]).toEqual([8, 5]);
    expect(vanished?.values[0]).toEqual({ value: "old 0", baseline: 0.125, current: 0 });
  });

  it("measures the spread by deviations where the middle half is one value", () => {
    const before = [...times(180, 0), ...range(20, (i) => i)];
    const now = [...times(100, 0), ...range(100, (i) => i)];
    const column = (cells: readonly number[], stdDev: number) => {
      const made = columnOf("f", cells);
      const numeric = { ...made.numeric!, stdDev };
      return { ...made, numeric, measured: { ...made.measured!, numeric } };
    };
    expect(movedOf(column(before, 4), column(now, 32))).toMatchObject({
      median_shift: 0,
      spread_ratio: 8,
    });
  });

  it("names no text that no statistics list", () => {
    const now = range(400, (i) => (i < 200 ? "a" : `secret ${i}`));
    const found = moved(times(400, "a"), now)!;
    expect(found.sentence).toBe(
      "50% of the cells have categories the baseline lacks; 'a' went from 100% to 50%.",
    );
    expect(JSON.stringify(found)).not.toContain("secret");
  });

  it("cuts long names", () => {
    const long = `${"ü".repeat(60)}`;
    expect(moved(times(100, "a"), [...times(96, "a"), ...times(4, long)])?.sentence).toBe(
      `4% of the cells have categories the baseline lacks ('${"ü".repeat(39)}…').`,
    );
  });

  it("tells no number of a single record where values are redacted", () => {
    const secret = fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true });
    const cells = fc.array(
      secret.map((x) => x + 0.123456789),
      { minLength: 20, maxLength: 80 },
    );
    fc.assert(
      fc.property(cells, cells, (before, now) => {
        const found = moved(before, now, { isRedacted: true });
        const columns = [columnOf("f", before), columnOf("f", now)] as const;
        const { buckets } = distributionShape(...columns) as NumericShape;
        const extremes = columns.flatMap(({ numeric }) => [numeric!.min, numeric!.max]);
        const published = new Set([...buckets.bounds, ...extremes]);
        const told: string[] = JSON.stringify(found ?? "").match(/-?\d[\d.e-]*\d/g) ?? [];
        const few = now.filter((x) => now.filter((other) => other === x).length < 10);
        const secrets = [...before.filter((x) => !now.includes(x)), ...few].filter(
          (x) => !published.has(x),
        );
        expect(secrets.filter((cell) => told.includes(String(cell)))).toEqual([]);
      }),
    );
  });
});
