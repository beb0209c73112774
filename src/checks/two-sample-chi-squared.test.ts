import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { twoSampleChiSquared } from "./two-sample-chi-squared.ts";

describe("twoSampleChiSquared", () => {
  it("gives Pearson's statistic of a table", () => {
    // 60 * (10 * 10 - 20 * 20)^2 / 30^4; the tail above is erfc(sqrt(20 / 6)).
    const test = twoSampleChiSquared([10, 20], [20, 10], 0)!;
    expect(test.statistic).toBeCloseTo(20 / 3, 12);
    expect(test.degreesOfFreedom).toBe(1);
    expect(test.pValue).toBeCloseTo(0.009823275, 8);
  });

  it("joins rare bins until 5 are expected on the smaller side", () => {
    const test = twoSampleChiSquared([40, 50, 2, 3, 5], [400, 500, 20, 30, 50], 0)!;
    // 2 and 3 together are 5, the 5 stands alone.
    expect(test).toEqual({ statistic: 0, degreesOfFreedom: 3, pValue: 1 });
  });

  it("joins what is left over to the last group", () => {
    expect(twoSampleChiSquared([4, 4, 0], [4, 4, 0], 0)).toBeUndefined();
    expect(twoSampleChiSquared([6, 6, 0], [6, 6, 0], 0)!.degreesOfFreedom).toBe(1);
    expect(twoSampleChiSquared([], [], 0)).toBeUndefined();
    expect(twoSampleChiSquared([0, 0], [5, 5], 0)).toBeUndefined();
  });

  it("takes a slack off every difference", () => {
    expect(twoSampleChiSquared([10, 20], [20, 10], 1 / 3)!.statistic).toBeCloseTo(0, 12);
    const half = twoSampleChiSquared([10, 20], [20, 10], 1 / 6)!;
    expect(half.statistic).toBeCloseTo(20 / 12, 12);
  });

  it("does not tell the sides apart, and finds nothing in proportional counts", () => {
    const counts = fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(counts, (pairs) => {
        const a = pairs.map(([each]) => each);
        const b = pairs.map(([, each]) => each);
        const one = twoSampleChiSquared(a, b, 0);
        const other = twoSampleChiSquared(b, a, 0);
        expect(other?.degreesOfFreedom).toBe(one?.degreesOfFreedom);
        expect(other?.statistic ?? 0).toBeCloseTo(one?.statistic ?? 0, 9);
        const tenfold = twoSampleChiSquared(
          a,
          a.map((each) => each * 10),
          0,
        );
        expect(tenfold?.statistic ?? 0).toBeCloseTo(0, 9);
      }),
    );
  });
});
