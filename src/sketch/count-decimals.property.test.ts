import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countDecimals } from "./count-decimals.ts";

/** Decimals of a few places around a centre, as their texts are read. */
const decimals = fc
  .record({
    places: fc.nat({ max: 3 }),
    centre: fc.integer({ min: -3000, max: 3000 }),
    spread: fc.integer({ min: 0, max: 9000 }),
    draws: fc.array(fc.nat(), { minLength: 1, maxLength: 50 }),
    length: fc.integer({ min: 1, max: 3000 }),
  })
  .map(({ places, centre, spread, draws, length }) =>
    Array.from({ length }, (_, i) => {
      const whole = centre + ((draws[i % draws.length]! + i * i) % (spread + 1));
      return Number(`${whole}e-${places}`) + 0;
    }),
  );
const spoilers = fc.constantFrom(0.1 + 0.2, 1 / 3, 1e300, 5e-324, -1e17, 2 ** 31, -(2 ** 31), 1e-4);

function run(values: readonly number[]): { isCounted: boolean; result: number[] } {
  const array = Float64Array.from([...values, 7, 5]);
  const isCounted = countDecimals(array, values.length);
  return { isCounted, result: [...array] };
}

describe("countDecimals", () => {
  it("sorts decimals of up to three places, or leaves them as they are", () => {
    let counted = 0;
    fc.assert(
      fc.property(decimals, (values) => {
        const { isCounted, result } = run(values);
        const sorted = [...Float64Array.from(values).sort(), 7, 5];
        expect(result).toEqual(isCounted ? sorted : [...values, 7, 5]);
        counted += Number(isCounted);
      }),
      { seed: 1, numRuns: 300 },
    );
    expect(counted).toBeGreaterThan(50);
  });

  it("leaves everything as it is where one value is no such decimal", () => {
    fc.assert(
      fc.property(decimals, spoilers, fc.nat(), (values, spoiler, at) => {
        const spoilt = values.with(at % values.length, spoiler);
        const { isCounted, result } = run(spoilt);
        if (values.length > 1) expect(isCounted).toBe(false);
        if (!isCounted) expect(result).toEqual([...spoilt, 7, 5]);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it.each([
    ["flags", Array.from({ length: 2050 }, (_, i) => Number(i % 7 === 0))],
    ["charges", Array.from({ length: 2050 }, (_, i) => ((i * 7919) % 6000) / 100)],
    ["tenths below zero", Array.from({ length: 2050 }, (_, i) => (((i * 31) % 900) - 1000) / 10)],
    ["one value", new Array<number>(4096).fill(-0.001)],
  ])("counts %s", (_, values) => {
    const { isCounted, result } = run(values);
    expect(isCounted).toBe(true);
    expect(result).toEqual([...Float64Array.from(values).sort(), 7, 5]);
  });
});
