import { expect, it } from "vitest";
import { bucketBars, categoryBars } from "./share-bars.ts";

it("draws both sides of each bucket to one scale", () => {
  const shares = { bounds: [-1, 2.5], baseline: [0.25, 0.5, 0.25], current: [0, 0.001, 0.999] };
  expect(bucketBars(shares)).toEqual([
    "<= -1       25% ███▊                  0%",
    "<= 2.5      50% ███████▌            0.1% ▏",
    "> 2.5       25% ███▊               99.9% ███████████████",
  ]);
});

it("draws the categories that differ most, and the others together without their scale", () => {
  const categories = Array.from({ length: 14 }, (_, at) => ({
    value: `c${at}`,
    baseline: 0.02,
    current: 0.01,
  }));
  const others = { count: 6, baseline: 0.72, current: 0.86 };
  const lines = categoryBars({ kind: "categorical", categories, others });
  expect(lines).toHaveLength(13);
  expect(lines[0]).toBe("c0             2% ███████████████       1% ███████▌");
  expect(lines[12]).toBe("8 others      76% ███████████████      88% ███████████████");
});

it("draws nothing of nothing", () => {
  expect(categoryBars({ kind: "categorical", categories: [] })).toEqual([]);
});
