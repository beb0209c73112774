import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { totalOf, unitsOf } from "../../fixtures/double-units.ts";
import { rankCounted, sortCounts } from "./counted-values.ts";
import { addCountedPowers, addPowers, type PowerSums, SQUARE_LIMBS } from "./exact-powers.ts";
import { ExactSum } from "./exact-sum.ts";
import type { RankMap } from "./rank-map.ts";

const any = fc.double({ noNaN: true, noDefaultInfinity: true });
const near = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const subnormal = fc.maxSafeNat().map((units) => (units % 2 ** 52) * 2 ** -1074);
const huge = fc.double({ min: 2 ** 1000, max: Number.MAX_VALUE, noNaN: true });
const value = fc.oneof(any, near, subnormal, huge, fc.integer()).map((x) => x + 0);
const weight = fc.oneof(fc.nat({ max: 9 }), fc.maxSafeNat());

function fresh(): PowerSums {
  return { sum: new ExactSum(), squares: new ExactSum(SQUARE_LIMBS) };
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
  expect(totalOf(sum)).toBe(expectedSum);
  expect(totalOf(squares)).toBe(expectedSquares);
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

/** Values with their counts as ranks; those of equal values are added up. */
function ranked(pairs: readonly (readonly [number, number])[]): RankMap {
  const counts = new Map<number, number>();
  for (const [x, times] of pairs) counts.set(x, (counts.get(x) ?? 0) + times);
  return rankCounted([sortCounts(counts)]);
}

async function expectCounted(): Promise<void> {
  const { addCountedPowers: add } = await import("./exact-powers.ts");
  const many = fc.array(fc.tuple(value, fc.integer({ min: 1, max: 9 })), { minLength: 150 });
  const few = fc.array(fc.tuple(value, fc.integer({ min: 1, max: 1e9 })));
  fc.assert(
    fc.property(fc.oneof(many, few), (pairs) => {
      const sums = fresh();
      add(sums, ranked(pairs));
      expectPowers(sums, pairs);
    }),
    { seed: 1, numRuns: 300 },
  );
}

describe("addCountedPowers", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it("adds numbers as often as they came", async () => {
    const { openNumberKernel } = await import("./number-kernel.ts");
    expect(openNumberKernel()).toBeDefined();
    await expectCounted();
  });

  it("does the same where the machine has no WebAssembly", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    vi.resetModules();
    await expectCounted();
  });

  it("takes more numbers than the kernel's areas, up to the last count that fits its sums", () => {
    const pairs = Array.from(
      { length: 9000 },
      (_, i) => [(i - 4000) / 7 + 1e-9, 1 + (i % 3)] as const,
    );
    for (const [times, last] of [
      [pairs, 14_768],
      [pairs, 14_769],
    ] as const) {
      const sums = fresh();
      const all = [...times, [Number.MAX_VALUE, last] as const];
      addCountedPowers(sums, ranked(all));
      expectPowers(sums, all);
    }
  });
});
