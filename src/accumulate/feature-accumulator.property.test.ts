import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../fixtures/cases.ts";
import { cellsOf } from "../../fixtures/cells-of.ts";
import { FeatureAccumulator, type FeatureOptions } from "./feature-accumulator.ts";
import { OrderedNumeric } from "./ordered-numeric.ts";
import type { PlacedColumn } from "./placed-column.ts";

type Cell = string | null;

/** A column of one file whose first cell stands at `line`. */
function columnOf(cells: readonly Cell[], line: number): PlacedColumn {
  return {
    column: cellsOf(cells),
    origins: {
      file: "train.csv",
      lines: Uint32Array.from(cells, (_, i) => line + i),
      eventIds: undefined,
    },
  };
}

const fresh = (options?: FeatureOptions) => new FeatureAccumulator(OrderedNumeric, options);

function fold(cells: readonly Cell[], line = 1, into = fresh()) {
  into.add(columnOf(cells, line));
  return into;
}

const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: fc.integer({ min: -20, max: 20 }).map(String) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("true", "- 5", "1e999", "", "yes", "é", "a longer text"),
  },
);
const cells = fc.array(cell, { maxLength: 60 });

describe("FeatureAccumulator", () => {
  it("gives the same profile however the cells are cut into columns", () => {
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 4 }), (runs) => {
        const parts = fresh();
        let line = 1;
        for (const run of runs) {
          fold(run, line, parts);
          line += run.length;
        }
        for (const semantics of ["tidemark", "model-monitor"] as const) {
          expect(parts.finish("f", semantics)).toEqual(fold(runs.flat()).finish("f", semantics));
        }
      }),
      { seed: 1, numRuns: casesOf(150, 1_500) },
    );
  });

  it("reads a column without its zeros as with them, once it has met one", () => {
    const zeros = fc.oneof(cell, { weight: 5, arbitrary: fc.constant("0") });
    fc.assert(
      fc.property(fc.array(zeros, { maxLength: 60 }), (all) => {
        const dense = fold(["0", ...all]);
        const sparse = fold(["0"]);
        expect(sparse.wanted).toBe("sparse");
        const rows = Uint32Array.from([...all.keys()].filter((row) => all[row] !== "0"));
        const { column, origins } = columnOf(all, 2);
        const laid = cellsOf(Array.from(rows, (row) => all[row]!));
        sparse.add({ column: { ...laid, rows, zeros: column.count - laid.count }, origins });
        expect(sparse.save()).toEqual(dense.save());
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(fold(["1", "00"]).wanted).toBe("dense");
  });

  it("merges to the counts, type, categories and extremes of the whole", () => {
    fc.assert(
      fc.property(cells, cells, (left, right) => {
        const merged = fold(left);
        merged.merge(fold(right, left.length + 1));
        const actual = merged.finish("f", "tidemark");
        const whole = fold([...left, ...right]).finish("f", "tidemark");
        expect({ ...actual, numeric: undefined, measured: undefined }).toEqual({
          ...whole,
          numeric: undefined,
          measured: undefined,
        });
        expect(actual.measured!.cells).toEqual(whole.measured!.cells);
        expect(actual.measured!.frequencies).toEqual(whole.measured!.frequencies);
        expect(actual.measured!.firstString).toEqual(whole.measured!.firstString);
        expect(actual.measured!.numeric?.min).toBe(whole.measured!.numeric?.min);
        expect(actual.measured!.numeric?.max).toBe(whole.measured!.numeric?.max);
        merged.checkInvariants();
      }),
      { seed: 1, numRuns: casesOf(150, 1_500) },
    );
  });

  it("continues after save and load as if nothing had happened", () => {
    fc.assert(
      fc.property(cells, cells, (first, second) => {
        const state = JSON.parse(JSON.stringify(fold(first).save()));
        const continued = fold(
          second,
          first.length + 1,
          FeatureAccumulator.load(OrderedNumeric, state),
        );
        expect(continued.finish("f", "model-monitor")).toEqual(
          fold([...first, ...second]).finish("f", "model-monitor"),
        );
      }),
      { seed: 1, numRuns: casesOf(100, 1_000) },
    );
  });

  it("counts runs of single digits like any other cells, in order of appearance", () => {
    const cells = ["1", "1", "0", null, "0", "x", "1", "10", "1", "1", "9", "/", ":", "9"];
    const { measured } = fold([...cells, ...cells]).finish("f", "tidemark");
    expect([...measured!.frequencies.counts]).toEqual([
      ["1", 10],
      ["0", 4],
      ["x", 2],
      ["10", 2],
      ["9", 4],
      ["/", 2],
      [":", 2],
    ]);
    expect(measured!.cells).toMatchObject({ integral: 20, string: 6 });
    expect(measured!.numeric).toMatchObject({ sum: 66, min: 0, max: 10 });
  });

  it("counts digits beyond the table's cap among the other cells", () => {
    const many = Array.from({ length: 1025 }, (_, i) => `text ${i}`);
    const { frequencies } = fold(["5", "5", ...many, "5", "5"]).finish("f", "tidemark").measured!;
    expect(frequencies).toEqual({ counts: new Map(), other: 1029 });
  });

  it("keeps numbers of a column that turns String in its last cell", () => {
    const feature = fold(["1", "2", "3", "oops"]).finish("f", "tidemark");
    expect(feature.inferredType).toBe("String");
    expect(feature.numeric).toBeUndefined();
    expect(feature.measured!.numeric).toMatchObject({ sum: 6, min: 1, max: 3 });
    expect(feature.measured!.firstString).toEqual({ file: "train.csv", line: 4 });
    expect(feature.categories).toHaveLength(4);
  });

  it("names the first Boolean cell beside numbers as what made the column String", () => {
    const feature = fold(["1", "true", "false"], 10).finish("f", "tidemark");
    expect(feature.measured!.firstString).toEqual({ file: "train.csv", line: 11 });
  });

  it("is Unknown without a present cell", () => {
    const feature = fold([null, null]).finish("f", "tidemark");
    expect(feature).toMatchObject({
      inferredType: "Unknown",
      present: 0,
      missing: 2,
      distinct: 0,
      numeric: undefined,
      categories: undefined,
    });
  });

  it("is numeric without statistics when no cell can be cast", () => {
    const feature = fold(["- 5", "1e999"]).finish("f", "tidemark");
    expect(feature.inferredType).toBe("Fractional");
    expect(feature.numeric).toEqual({});
    expect(feature.measured!.cells).toMatchObject({ uncastable: 1, nonFinite: 1 });
  });

  it("leaves sums that overflow out and keeps the extremes", () => {
    const { numeric } = fold(["1e308", "1e308"]).finish("f", "tidemark");
    expect(Object.keys(numeric!)).toEqual(["min", "max", "distribution"]);
  });

  it("counts pinned texts beyond the table's cap", () => {
    const feature = fresh({ pinned: ["rare"] });
    const many = Array.from({ length: 5000 }, (_, i) => `text ${i}`);
    fold([...many, "rare", "rare"], 1, feature);
    const { frequencies } = feature.finish("f", "tidemark").measured!;
    expect(frequencies.counts.get("rare")).toBe(2);
  });

  it("lists no categories when they were too long to keep", () => {
    const long = Array.from({ length: 5 }, (_, i) => "abcde"[i]!.repeat(1024 * 1024));
    const feature = fold(long).finish("f", "tidemark");
    expect(feature).toMatchObject({ inferredType: "String", distinct: 5, categories: undefined });
  });
});
