import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortDoubles } from "./sort-doubles.ts";

function bitsOf(values: Float64Array): string {
  return Buffer.from(values.buffer).toString("hex");
}

function expectSorted(values: readonly number[], tail: readonly number[] = []): void {
  const sorted = Float64Array.from([...values, ...tail]);
  sortDoubles(sorted, values.length);
  const expected = Float64Array.from([...Float64Array.from(values).sort(), ...tail]);
  expect(bitsOf(sorted)).toBe(bitsOf(expected));
}

const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (x === 0 ? 0 : x));
const integer = fc.integer({ min: -1000, max: 1000 }).map(Number);
const binary = fc.constantFrom(0, 1);
const natural = fc.nat({ max: 2047 });
/** Whole numbers with one among them that is too large, too small or not whole. */
const almostNatural = fc.oneof(
  { weight: 30, arbitrary: natural },
  { weight: 1, arbitrary: fc.constantFrom(2048, -1, 0.5, 4294967297) },
);
/** Doubles that differ in their low words alone. */
const near = fc.nat({ max: 1e6 }).map((i) => 1 + i * Number.EPSILON);
const nearNegative = near.map((x) => -x);
const mixed = fc.oneof(double, integer, binary, near, nearNegative);

describe("sortDoubles", () => {
  it.each([
    ["any doubles", double],
    ["whole numbers", integer],
    ["zeros and ones", binary],
    ["small whole numbers", natural],
    ["small whole numbers but for few", almostNatural],
    ["doubles of one high word", near],
    ["negative doubles of one high word", nearNegative],
    ["a mixture", mixed],
  ])("sorts %s as Float64Array does, bit for bit", (_, arbitrary) => {
    fc.assert(
      fc.property(
        fc.array(arbitrary, { minLength: 1, maxLength: 40 }),
        fc.nat({ max: 1500 }),
        fc.array(double, { maxLength: 3 }),
        fc.boolean(),
        (seeds, length, tail, isSpread) => {
          // Few drawn values and a spread of them make long arrays cheaply.
          const values = Array.from({ length }, (_, i) => {
            const seed = seeds[(i * 7919) % seeds.length]!;
            return isSpread && i % 3 === 0 ? seed * (1 + ((i * 104729) % 1009) * 1e-7) : seed;
          }).map((x) => (Number.isFinite(x) && x !== 0 ? x : 0));
          expectSorted(values, tail);
        },
      ),
      { seed: 1, numRuns: 120 },
    );
  });

  it("repairs short and long runs of equal high words side by side", () => {
    const values = Array.from({ length: 3000 }, (_, i) => {
      const high = 1 + ((i * 31) % 200);
      return high + ((i * 7919) % (high < 10 ? 3000 : 11)) * high * Number.EPSILON;
    });
    expectSorted(values);
    expectSorted(values.map((x) => -x));
  });

  it("keeps to its array at the limit of what it counts", () => {
    for (const limit of [2047, 2048]) {
      const values = Array.from({ length: 300 }, (_, i) => limit - (i % 2));
      expectSorted(values, [1, 2, 3]);
      expectSorted(values, [1, 2, 3]);
    }
  });

  it("leaves nothing and sorted, reversed and constant arrays right", () => {
    expectSorted([]);
    const ascending = Array.from({ length: 2048 }, (_, i) => i - 1024);
    expectSorted(ascending);
    expectSorted(ascending.toReversed());
    expectSorted(ascending.map(() => 0.1));
    expectSorted([1.7e308, -1.7e308, 5e-324, -5e-324, ...ascending]);
  });
});
