import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countWholes } from "./count-wholes.ts";

const wholes = fc
  .tuple(
    fc.oneof(
      fc.array(fc.nat({ max: 2047 }), { minLength: 1, maxLength: 50 }),
      fc.array(fc.nat({ max: 1 }), { minLength: 1, maxLength: 50 }),
    ),
    fc.integer({ min: 1, max: 3000 }),
  )
  .map(([draws, length]) => Array.from({ length }, (_, i) => draws[(i * i) % draws.length]!));
const others = fc.constantFrom(
  2048,
  -1,
  0.5,
  -0.5,
  1e300,
  5e-324,
  2 ** 32,
  2 ** 32 + 1,
  -(2 ** 31),
  1 + 2 ** -52,
  1 - 2 ** -53,
  Number.POSITIVE_INFINITY,
);

/** The values that follow must stay. */
function run(values: readonly number[]): { isCounted: boolean; result: number[] } {
  const array = Float64Array.from([...values, 7, 5]);
  const isCounted = countWholes(array, values.length);
  return { isCounted, result: [...array] };
}

describe("countWholes", () => {
  it("sorts small whole numbers", () => {
    fc.assert(
      fc.property(wholes, (values) => {
        const { isCounted, result } = run(values);
        expect(isCounted).toBe(true);
        expect(result).toEqual([...Float64Array.from(values).sort(), 7, 5]);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("leaves everything as it is where one number is another", () => {
    fc.assert(
      fc.property(wholes, others, fc.nat(), (values, other, at) => {
        const spoilt = values.with(at % values.length, other);
        expect(run(spoilt)).toEqual({ isCounted: false, result: [...spoilt, 7, 5] });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("counts as many values as a counter can tell", () => {
    const values = new Array<number>(65_535).fill(3);
    expect(run(values).isCounted).toBe(true);
    expect(run([...values, 3]).isCounted).toBe(false);
  });
});
