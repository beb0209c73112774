import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaledUnits, totalOf, unitsOf } from "../../fixtures/double-units.ts";
import { ExactSum } from "./exact-sum.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const weight = fc.oneof(fc.nat({ max: 9 }), fc.maxSafeNat());

function addTo(sum: ExactSum, x: number, times: number): void {
  const { whole, position } = scaledUnits(x);
  sum.addScaled(whole, position, times);
}

function sumOf(values: readonly number[]): ExactSum {
  const sum = new ExactSum();
  for (const x of values) addTo(sum, x, 1);
  return sum;
}

describe("ExactSum", () => {
  it("is the sum of its numbers' units, in any cut and merge, saved or not", () => {
    fc.assert(
      fc.property(fc.array(finite), fc.array(finite), (a, b) => {
        const sum = sumOf(a);
        const other = sumOf(b);
        const before = totalOf(other);
        sum.merge(other);
        const expected = [...a, ...b].reduce((total, x) => total + unitsOf(x), 0n);
        expect(totalOf(sum)).toBe(expected);
        expect(totalOf(other)).toBe(before);
        const restored = ExactSum.load(JSON.parse(JSON.stringify(sum.save())));
        restored.checkInvariants();
        expect(totalOf(restored)).toBe(expected);
        expect(restored.save()).toEqual(sum.save());
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it("weighs numbers by whole numbers up to 2^53", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, weight)), (pairs) => {
        const sum = new ExactSum();
        for (const [x, times] of pairs) addTo(sum, x, times);
        const expected = pairs.reduce((all, [x, times]) => all + unitsOf(x) * BigInt(times), 0n);
        expect(totalOf(sum)).toBe(expected);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it.each([Number.MAX_VALUE, 2 ** -1074, -1 / 3])("adds %d up 3,000,001 times", (x) => {
    const sum = sumOf([x]);
    const { whole, position } = scaledUnits(x);
    for (let i = 0; i < 3_000_000; i++) sum.addScaled(whole, position, 1);
    expect(totalOf(sum)).toBe(3_000_001n * unitsOf(x));
    sum.checkInvariants();
  });

  it("refuses to merge with itself", () => {
    const sum = sumOf([1]);
    expect(() => sum.merge(sum)).toThrow(
      "internal: ExactSum merged with itself. Please report this with the command you ran.",
    );
  });
});
