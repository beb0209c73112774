import { expect, it } from "vitest";
import { countBelow, countUpTo } from "./search-sorted.ts";

const NUMBERS = [-1, 0, 0, 2, 2, 2, 7];

it.each([
  [-2, 0, 0],
  [-1, 0, 1],
  [0, 1, 3],
  [1, 3, 3],
  [2, 3, 6],
  [7, 6, 7],
  [8, 7, 7],
])("finds where numbers are no longer below %d, and no longer up to it", (x, below, upTo) => {
  expect(countBelow(NUMBERS, x)).toBe(below);
  expect(countUpTo(NUMBERS, x)).toBe(upTo);
  // Within a part, places are those of the whole.
  expect(countBelow(NUMBERS, x, 2, 5)).toBe(Math.min(Math.max(below, 2), 5));
  expect(countUpTo(NUMBERS, x, 2, 5)).toBe(Math.min(Math.max(upTo, 2), 5));
});

it("finds the first place among none", () => {
  expect([countBelow([], 1), countUpTo([], 1)]).toEqual([0, 0]);
});
