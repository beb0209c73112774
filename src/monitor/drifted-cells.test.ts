import { describe, expect, it } from "vitest";
import { columnOf, type MadeUpCell, range, times } from "../../fixtures/column-of.ts";
import type { SampledCell } from "../accumulate/sampled-rows.ts";
import type { FeatureCheckInput } from "../checks/check.ts";
import { configOf, DEFAULT_CONFIG, type FeatureConstraints } from "../constraints/constraints.ts";
import { findDrifted } from "./drifted-cells.ts";

/** Every present cell of the current column, sampled in order; the line is its place. */
function sampledOf(cells: readonly MadeUpCell[]): SampledCell[] {
  return cells.flatMap((cell, line) => {
    if (cell === null) return [];
    const value = typeof cell === "number" ? cell : undefined;
    const record = { file: "a", line, place: [0, 0] as const };
    const none = { eventId: undefined, inferenceId: undefined, inferenceTime: undefined };
    return { record: { ...record, ...none }, value, bytes: Buffer.from(String(cell)) };
  });
}

/** Where the current cells drift to and which of them lie there. */
function find(before: readonly MadeUpCell[], now: readonly MadeUpCell[]) {
  const baseline = columnOf("f", before);
  const constraint: FeatureConstraints = {
    name: "f",
    inferredType: baseline.inferredType,
    overrides: {},
  };
  const input: FeatureCheckInput = {
    constraint,
    config: configOf(DEFAULT_CONFIG, constraint),
    baseline,
    current: columnOf("f", now),
    typeMatches: true,
    semantics: "tidemark",
  };
  const found = findDrifted(input, sampledOf(now));
  return found && { region: found.region, lines: found.cells.map(({ record }) => record.line) };
}

const HUNDRED = range(100, (i) => i);

describe("findDrifted", () => {
  it("takes the decile whose share grew most", () => {
    const inside = range(60, (i) => 50.5 + (i % 9));
    const found = find(HUNDRED, [...HUNDRED, ...inside])!;
    expect(found.region).toEqual({ above: 49, up_to: 59 });
    expect(found.lines).toEqual([...range(10, (i) => 50 + i), ...range(60, (i) => 100 + i)]);
  });

  it("leaves the ends open", () => {
    expect(
      find(
        HUNDRED,
        range(100, (i) => i + 0.5 + 1000),
      )!.region,
    ).toEqual({ above: 89 });
    const below = find(HUNDRED, [...range(100, (i) => i - 1000.5), null])!;
    expect(below.region).toEqual({ up_to: 9 });
    expect(below.lines).toHaveLength(100);
  });

  it("takes one value that makes up at least half of the growth", () => {
    const found = find(HUNDRED, [...HUNDRED, ...times(20, 55)])!;
    expect(found).toEqual({ region: { value: 55 }, lines: [55, ...range(20, (i) => 100 + i)] });
  });

  it("takes no text and no infinity for a number in the open ends", () => {
    const found = find(HUNDRED, [...range(50, (i) => 1000.5 + i), "much", Infinity])!;
    expect(found.lines).toEqual(range(50, (i) => i));
  });

  it("takes the category whose share grew most, a new one too, the first on ties", () => {
    const before = [...times(50, "a"), ...times(50, "b")];
    expect(find(before, ["b", "a", "b", "b"])).toEqual({
      region: { value: "b" },
      lines: [0, 2, 3],
    });
    expect(find(before, ["a", "b", "new"])).toEqual({ region: { value: "new" }, lines: [2] });
  });

  it("tells nothing where no share grew or there is nothing to compare", () => {
    expect(find(["a", "b"], ["b", "a"])).toBeUndefined();
    expect(find(HUNDRED, HUNDRED)).toBeUndefined();
    expect(find(HUNDRED, ["x"])).toBeUndefined();
    expect(find([null], [1])).toBeUndefined();
    expect(find(["a"], [null])).toBeUndefined();
  });
});
