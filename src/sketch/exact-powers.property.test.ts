import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addPowers, type PowerSums, SQUARE_LIMBS } from "./exact-powers.ts";
import { ExactSum } from "./exact-sum.ts";

const any = fc.double({ noNaN: true, noDefaultInfinity: true });
const near = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const subnormal = fc.maxSafeNat().map((units) => (units % 2 ** 52) * 2 ** -1074);
const huge = fc.double({ min: 2 ** 1000, max: Number.MAX_VALUE, noNaN: true });
const value = fc.oneof(any, near, subnormal, huge, fc.integer()).map((x) => x + 0);
const weight = fc.oneof(fc.nat({ max: 9 }), fc.maxSafeNat());

function fresh(): PowerSums {
  return { sum: new ExactSum(), squares: new ExactSum(SQUARE_LIMBS) };
}

/** A double in units of 2^-1074, by the plain way. */
function unitsOf(x: number): bigint {
  const sum = new ExactSum();
  sum.add({ values: Float64Array.of(x), count: 1 });
  return sum.toBigInt();
}

function expectPowers(
  { sum, squares }: PowerSums,
  weighted: readonly (readonly [number, number])[],
): void {
  let [expectedSum, expectedSquares] = [0n, 0n];
  for (const [x, times] of weighted) {
    const units = unitsOf(x);
    expectedSum += units * BigInt(times);
    expectedSquares += units * units * BigInt(times);
  }
  expect(sum.toBigInt()).toBe(expectedSum);
  expect(squares.toBigInt()).toBe(expectedSquares);
  sum.checkInvariants();
  squares.checkInvariants();
}

describe("addPowers", () => {
  it("adds numbers and their squares as whole numbers of units", () => {
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (first, second) => {
        const sums = fresh();
        for (const values of [first, second]) {
          const column = Float64Array.from([0, ...values, 1]).subarray(1);
          addPowers(sums, { values: column, count: values.length });
        }
        expectPowers(
          sums,
          [...first, ...second].map((x) => [x, 1] as const),
        );
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it.each([Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** -1074, -1 / 3, 2 - Number.EPSILON])(
    "adds %d up 1,000,000 times",
    (x) => {
      const sums = fresh();
      addPowers(sums, { values: new Float64Array(1_000_000).fill(x), count: 1_000_000 });
      expectPowers(sums, [[x, 1_000_000]]);
    },
  );

  it("weighs numbers by whole numbers up to 2^53", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, weight)), (pairs) => {
        const sums = fresh();
        for (const [x, times] of pairs) {
          addPowers(sums, { values: Float64Array.of(x), count: 1 }, times);
        }
        expectPowers(sums, pairs);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
