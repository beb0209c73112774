import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExactSum } from "./exact-sum.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
const weight = fc.oneof(fc.nat({ max: 9 }), fc.maxSafeNat());

const bits = new DataView(new ArrayBuffer(8));

/** A double in units of 2^-1074, from the text of its bits. */
function unitsOf(x: number): bigint {
  bits.setFloat64(0, Math.abs(x));
  const [exponent, fraction] = [bits.getUint16(0) >> 4, bits.getBigUint64(0) % 2n ** 52n];
  const size = exponent === 0 ? fraction : (fraction + 2n ** 52n) * 2n ** BigInt(exponent - 1);
  return x < 0 ? -size : size;
}

function sumOf(values: readonly number[]): ExactSum {
  const sum = new ExactSum();
  sum.add({ values: Float64Array.from([...values, 1]), count: values.length });
  return sum;
}

describe("ExactSum", () => {
  it("is the sum of its numbers' units, in any cut and merge, saved or not", () => {
    fc.assert(
      fc.property(fc.array(finite), fc.array(finite), (a, b) => {
        const sum = sumOf(a);
        const other = sumOf(b);
        const before = other.toBigInt();
        sum.merge(other);
        const expected = [...a, ...b].reduce((total, x) => total + unitsOf(x), 0n);
        expect(sum.toBigInt()).toBe(expected);
        expect(other.toBigInt()).toBe(before);
        const restored = ExactSum.load(JSON.parse(JSON.stringify(sum.save())));
        restored.checkInvariants();
        expect(restored.toBigInt()).toBe(expected);
        expect(restored.save()).toEqual(sum.save());
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it("weighs numbers by whole numbers up to 2^53", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(finite, weight)), (pairs) => {
        const sum = new ExactSum();
        for (const [x, times] of pairs) sum.addWeighted(x, times);
        const expected = pairs.reduce((all, [x, times]) => all + unitsOf(x) * BigInt(times), 0n);
        expect(sum.toBigInt()).toBe(expected);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it.each([Number.MAX_VALUE, 2 ** -1074, -1 / 3])("adds %d up 3,000,001 times", (x) => {
    const sum = sumOf([x]);
    const values = new Float64Array(1_000_000).fill(x);
    for (let i = 0; i < 3; i++) sum.add({ values, count: values.length });
    expect(sum.toBigInt()).toBe(3_000_001n * unitsOf(x));
    sum.checkInvariants();
  });

  it("refuses to merge with itself", () => {
    const sum = sumOf([1]);
    expect(() => sum.merge(sum)).toThrow(
      "internal: ExactSum merged with itself. Please report this with the command you ran.",
    );
  });
});
