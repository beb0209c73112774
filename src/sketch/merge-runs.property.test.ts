import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeRuns } from "./merge-runs.ts";

const double = fc.double({ noNaN: true }).map((x) => x + 0);
const digit = fc.nat({ max: 9 }).map(Number);
const flag = fc.constantFrom(0, 1);

/** Ascending runs of few drawn values repeated, with values behind them that must stay. */
function runsOf(value: fc.Arbitrary<number>): fc.Arbitrary<number[][]> {
  const run = fc.tuple(fc.array(value, { minLength: 1, maxLength: 30 }), fc.nat({ max: 40 }));
  const single = value.map((x) => [x]);
  const long = run.map(([seeds, times]) =>
    Array.from({ length: seeds.length * (times + 1) }, (_, i) => seeds[i % seeds.length]!).sort(
      (a, b) => a - b,
    ),
  );
  return fc.array(fc.oneof({ weight: 4, arbitrary: long }, { weight: 1, arbitrary: single }), {
    maxLength: 9,
  });
}

function expectMerged(runs: readonly number[][], behind: readonly number[] = [3, 1, 2]): void {
  const values = runs.flat();
  const items = Float64Array.from([...values, ...behind]);
  let start = 0;
  const starts = runs.map((run) => {
    start += run.length;
    return start - run.length;
  });
  mergeRuns(items, values.length, [...starts, values.length]);
  expect([...items]).toEqual([...Float64Array.from(values).sort(), ...behind]);
}

describe("mergeRuns", () => {
  it.each([
    ["any doubles", double],
    ["digits", digit],
    ["flags", flag],
  ])("sorts runs of %s, and nothing behind them", (_, value) => {
    fc.assert(
      fc.property(runsOf(value), (runs) => expectMerged(runs)),
      { seed: 1, numRuns: 400 },
    );
  });

  it("merges long stretches of equal items, also where they do not meet", () => {
    const stretches = (values: readonly number[]): number[] =>
      values.flatMap((value) => new Array<number>(400).fill(value));
    expectMerged([stretches([0, 1]), stretches([0, 1])]);
    expectMerged([stretches([1, 3, 5]), stretches([0, 2, 4, 6])]);
    expectMerged([stretches([5, 6]), stretches([1, 2])]);
    expectMerged([[1], stretches([0, 1]), stretches([0, 2])]);
  });

  it("sorts what is too much for its scratch", () => {
    const run = Array.from({ length: 5000 }, (_, i) => i / 7);
    expectMerged([run, run.map((x) => x + 0.01)]);
  });
});
