import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinShares, sparkline } from "./sparkline.ts";

describe("sparkline", () => {
  it("draws eighths of the highest, and nothing where there is nothing", () => {
    const shares = [0, 0.001, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
    expect(sparkline(shares)).toBe(" ▁▁▂▃▄▅▆▇█");
    expect(sparkline([0.1, 0.2], 0.4)).toBe("▂▄");
    expect(sparkline([0, 0])).toBe("  ");
    expect(sparkline([])).toBe("");
  });
});

describe("joinShares", () => {
  it("joins the open ends first, and all alike where there are many", () => {
    expect(joinShares([1, 2, 3], 3)).toEqual([1, 2, 3]);
    expect(joinShares([1, 2, 3, 4], 3)).toEqual([3, 3, 4]);
    expect(joinShares([1, 2, 3, 4, 5], 3)).toEqual([3, 3, 9]);
    expect(joinShares([1, 2, 3, 4, 5, 6], 3)).toEqual([3, 7, 11]);
  });

  it("keeps the sum in as many buckets as there is room for", () => {
    const shares = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(shares, fc.integer({ min: 3, max: 20 }), (all, width) => {
        const joined = joinShares(all, width);
        const sum = (each: readonly number[]): number => each.reduce((a, b) => a + b, 0);
        expect(joined).toHaveLength(Math.min(width, all.length));
        expect(sum(joined)).toBe(sum(all));
      }),
    );
  });
});
