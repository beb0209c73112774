import fc from "fast-check";
import { expect, it } from "vitest";
import { openKernel } from "../kernel/kernel.ts";
import { listCounts, sumOf } from "./counters.ts";

const count = fc.oneof(
  { weight: 5, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 1, arbitrary: fc.nat(2 ** 31 - 1) },
);

it("sums and lists a kernel's counters as it does others", () => {
  const kernel = openKernel()!;
  let listed = 0;
  fc.assert(
    fc.property(
      fc.array(count, { maxLength: 600, size: "max" }),
      fc.constantFrom(1, 10, 1000, -1, -100),
      (all, divisor) => {
        const counts = Float64Array.from(all);
        const inKernel = kernel.allocateDoubles(counts.length)!;
        inKernel.set(counts);
        expect(sumOf(inKernel, kernel)).toBe(all.reduce((sum, each) => sum + each, 0));
        expect(sumOf(counts, kernel)).toBe(sumOf(inKernel, kernel));
        const ours = listCounts(inKernel, divisor, kernel);
        expect(ours).toEqual(listCounts(counts, divisor, kernel));
        expect(ours.items.some((item) => Object.is(item, -0))).toBe(false);
        expect([...ours.counts]).toEqual(all.filter((each) => each > 0));
        expect([...inKernel]).toEqual(all);
        listed += ours.items.length;
        kernel.free(inKernel.byteOffset, inKernel.byteLength);
      },
    ),
    { seed: 1, numRuns: 300 },
  );
  expect(listed).toBeGreaterThan(10_000);
});
