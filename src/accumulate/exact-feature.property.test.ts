import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { cellsOf } from "../../fixtures/cells-of.ts";
import { MemoryBudget } from "../sketch/memory-budget.ts";
import { ExactFeature, type ExactFeatureOptions } from "./exact-feature.ts";
import { ExactNumeric } from "./exact-numeric.ts";
import { FeatureAccumulator } from "./feature-accumulator.ts";
import type { WatchedCells } from "./feature-offences.ts";
import type { PlacedColumn } from "./placed-column.ts";

type Cell = string | null;

function columnOf(cells: readonly Cell[], line: number): PlacedColumn {
  const lines = Uint32Array.from(cells, (_, i) => line + i);
  return {
    column: cellsOf(cells),
    origins: { file: "train.csv", lines, eventIds: undefined },
  };
}

function fold(cells: readonly Cell[], options?: ExactFeatureOptions, part = 4096): ExactFeature {
  const feature = new ExactFeature(options);
  for (let from = 0; from < cells.length; from += part) {
    feature.add(columnOf(cells.slice(from, from + part), from + 1));
  }
  feature.checkInvariants();
  return feature;
}

const isCounted = (feature: ExactFeature): boolean => feature.save().counted !== null;

const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: fc.integer({ min: -20, max: 20 }).map(String) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("true", "- 5", "1e999", "", "é", "-007", "-0.0", "-1e2"),
  },
);
const cells = fc.array(cell, { maxLength: 60 });
/** Too small for a table: columns of numbers are folded after their first batch. */
const tiny = () => ({ budget: new MemoryBudget(0) });

describe("ExactFeature", () => {
  it("counts classes, texts, places and numbers as the accumulator of single cells does", () => {
    fc.assert(
      fc.property(cells, (column) => {
        const single = new FeatureAccumulator(ExactNumeric);
        single.add(columnOf(column, 1));
        const expected = single.finish("f", "tidemark");
        const texts = new Set(column.filter((text) => text !== null)).size;
        for (const options of [undefined, tiny()]) {
          const feature = fold(column, options);
          const profile = feature.finish("f");
          const classesOf = (each: WatchedCells) => [0, 1, 2, 3].map((c) => each.countOfClass(c));
          expect(classesOf(feature)).toEqual(classesOf(single));
          expect([feature.missing, feature.negatives]).toEqual([single.missing, single.negatives]);
          expect(profile).toEqual({
            ...expected,
            distinct: isCounted(feature) ? texts : expected.distinct,
            numeric: expected.numeric && expect.anything(),
            measured: { ...expected.measured, numeric: profile.measured!.numeric },
          });
          const { distribution: _, ...sums } = profile.measured!.numeric ?? {};
          expect(sums).toEqual({ ...expected.measured!.numeric, distribution: undefined });
        }
      }),
      { seed: 1, numRuns: casesOf(300, 3_000) },
    );
  });

  it("merges counted and folded columns, in any order, and continues from a saved state", () => {
    fc.assert(
      fc.property(cells, cells, fc.boolean(), fc.boolean(), (a, b, isFirstFolded, isLastFolded) => {
        const left = fold(a, isFirstFolded ? tiny() : undefined);
        const right = fold(b, isLastFolded ? tiny() : undefined);
        const before = right.save();
        left.merge(right);
        expect(right.save()).toEqual(before);
        left.checkInvariants();
        const restored = ExactFeature.load(JSON.parse(JSON.stringify(left.save())));
        expect(restored.finish("f")).toEqual(left.finish("f"));
        const whole = fold([...a, ...b]).finish("f");
        const merged = left.finish("f");
        expect(merged.measured!.cells).toEqual(whole.measured!.cells);
        expect(merged.measured!.frequencies.counts.size).toBe(
          whole.measured!.frequencies.counts.size,
        );
        const { sum, mean, stdDev } = whole.measured!.numeric ?? {};
        expect(merged.measured!.numeric ?? {}).toEqual(
          whole.measured!.numeric === undefined
            ? {}
            : expect.objectContaining(sum === undefined ? {} : { sum, mean, stdDev }),
        );
      }),
      { seed: 1, numRuns: casesOf(100, 1_000) },
    );
  });

  it("keeps columns as counts up to 1,024 other texts, and folds them beyond", () => {
    const texts = (count: number) => Array.from({ length: count }, (_, i) => `text ${i}`);
    expect(isCounted(fold(texts(1024)))).toBe(true);
    expect(fold(texts(1024)).finish("f")).toMatchObject({ distinct: 1024 });
    const feature = fold([...texts(1025), "1", "2.50"]);
    expect(isCounted(feature)).toBe(false);
    const { measured, distinct } = feature.finish("f");
    expect(measured!.frequencies).toEqual({ counts: new Map(), other: 1027 });
    expect(measured!.firstString).toEqual({ file: "train.csv", line: 1 });
    expect(Math.abs(distinct! / 1027 - 1)).toBeLessThan(0.15);
  });

  it("gives exact sums and the same sketch for any cut of a folded column into batches", () => {
    const numbers = Array.from({ length: 200_000 }, (_, i) =>
      String(((i * 7919) % 199_999) * 1.25),
    );
    const profile = fold(numbers).finish("f");
    expect(isCounted(fold(numbers))).toBe(false);
    expect(profile.numeric).toMatchObject({
      min: 0,
      max: 249_997.5,
      sum: 1.25 * 19_999_700_001 + 0,
    });
    const other = fold(numbers.toReversed(), undefined, 1000).finish("f");
    for (const name of ["sum", "mean", "stdDev", "min", "max"] as const) {
      expect(other.numeric![name]).toBe(profile.numeric![name]);
    }
    expect(other.distinct).toBe(profile.distinct);
    expect(fold(numbers).finish("f")).toEqual(profile);
  });

  it("counts pinned texts whether counted or folded, numbers among them", () => {
    const pinned = ["7", "rare", "-0.5", "never"];
    for (const extra of [0, 2000]) {
      const feature = new ExactFeature({ pinned });
      const counter = feature.counterOf(["7", "rare", "never", "7"]);
      const many = Array.from({ length: extra }, (_, i) => `text ${i}`);
      feature.add(columnOf(["7", "rare", "7", "x", "-0.5", ...many], 1));
      expect(isCounted(feature)).toBe(extra === 0);
      expect(counter()).toBe(3);
      feature.add(columnOf(["rare", "y", "07"], 1));
      expect(counter()).toBe(4);
      const { counts } = feature.finish("f").measured!.frequencies;
      expect([counts.get("7"), counts.get("rare"), counts.get("-0.5")]).toEqual([2, 2, 1]);
    }
  });

  it("lists no text beyond 1,024 but pinned ones, numbers being texts too", () => {
    const numbers = Array.from({ length: 1025 }, (_, i) => String(i));
    const { frequencies } = fold([...numbers, "5"], { pinned: ["5"] }).finish("f").measured!;
    expect(frequencies.counts.size).toBe(1025);
    const beyond = fold([...numbers, "5", "x"], { pinned: ["5"] }).finish("f").measured!;
    expect(beyond.frequencies).toEqual({ counts: new Map([["5", 2]]), other: 1025 });
  });

  it("folds the column that goes past the budget, which has room for others then", () => {
    const budget = new MemoryBudget(70_000);
    const wide = new ExactFeature({ budget });
    const narrow = new ExactFeature({ budget });
    wide.add(columnOf(["5000"], 1));
    narrow.add(columnOf(["1", "2"], 1));
    wide.add(columnOf(["9000"], 2));
    expect([isCounted(wide), isCounted(narrow)]).toEqual([false, true]);
    narrow.add(columnOf(["5000"], 2));
    expect(isCounted(narrow)).toBe(true);
  });

  it("folds the columns that it would without parts, where batches are shown in parts", () => {
    const foldAll = (isInParts: boolean): boolean[] => {
      const budget = new MemoryBudget(70_000);
      const features = Array.from({ length: 3 }, () => new ExactFeature({ budget }));
      // Each of them would be too large for the others together with its parts.
      const columns = [["9000"], ["2000"], ["5000"]];
      if (isInParts) {
        for (const [at, cells] of columns.entries()) {
          features[at]!.add({ ...columnOf(cells, 1), isPart: true });
          expect(isCounted(features[at]!)).toBe(true);
        }
      }
      for (const [at, cells] of columns.entries()) {
        features[at]!.add(columnOf(isInParts ? [] : cells, 2));
      }
      expect(features.map(({ present }) => present)).toEqual([1, 1, 1]);
      return features.map(isCounted);
    };
    expect(foldAll(true)).toEqual(foldAll(false));
    expect(foldAll(false)).toEqual([false, true, false]);
  });

  it("refuses to merge with itself", () => {
    const feature = fold(["1"]);
    expect(() => feature.merge(feature)).toThrow(
      "internal: ExactFeature merged with itself. Please report this with the command you ran.",
    );
  });
});
