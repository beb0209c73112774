import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openNumberKernel } from "./number-kernel.ts";
import { sortWindow, WINDOW_VALUES_MAX } from "./sort-window.ts";

const any = fc.double({ noNaN: true }).map((x) => x + 0);
const unit = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x + 0);
/** Doubles that differ in their last bits alone, and others far off. */
const narrow = fc.nat({ max: 1e6 }).map((i) => 1000 + i * 2 ** -43);
const withOutliers = fc.oneof(
  { weight: 20, arbitrary: narrow },
  { weight: 1, arbitrary: fc.constantFrom(0, -1e300, 1e300) },
);

const bitsOf = (values: Float64Array): string => Buffer.from(values.buffer).toString("hex");

/** Long arrays of a few draws, spread so that as a rule no two are alike. */
const columns = (value: fc.Arbitrary<number>): fc.Arbitrary<Float64Array> =>
  fc
    .tuple(fc.array(value, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 4096 }))
    .map(([draws, length]) =>
      Float64Array.from({ length }, (_, i) => {
        const x = draws[(i * 7919) % draws.length]!;
        const spread = x * (1 + ((i * 104729) % 4093) * 2 ** -40);
        return Number.isFinite(spread) ? spread + 0 : x;
      }),
    );

/** Sorts with both twins; what is out of order still is sorted to compare it. */
function expectTwins(values: Float64Array): boolean {
  const byKernel = values.slice();
  const byTwin = Float64Array.from([...values, 3, 1]);
  const isSortedByKernel = openNumberKernel()!.sortWindow(byKernel);
  const isSorted = sortWindow(byTwin, values.length);
  expect([...byTwin.subarray(values.length)]).toEqual([3, 1]);
  const expected = bitsOf(values.slice().sort());
  if (!isSortedByKernel) byKernel.sort();
  const twin = byTwin.slice(0, values.length);
  if (!isSorted) twin.sort();
  expect(bitsOf(byKernel)).toBe(expected);
  expect(bitsOf(twin)).toBe(expected);
  return isSorted && isSortedByKernel;
}

describe("sortWindow", () => {
  it.each([
    ["any doubles", any],
    ["doubles of 0 to 1", unit],
    ["doubles that are nearly equal", narrow],
    ["such doubles with outliers", withOutliers],
  ])("sorts %s in the kernel and out of it as Float64Array does", (_, value) => {
    fc.assert(
      fc.property(columns(value), (values) => {
        expectTwins(values);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it("needs no other sort for as many values as it takes, equal, ascending or not", () => {
    const ascending = Float64Array.from({ length: WINDOW_VALUES_MAX }, (_, i) => (i - 2000) / 7);
    expect(expectTwins(ascending)).toBe(true);
    expect(expectTwins(ascending.toReversed())).toBe(true);
    expect(expectTwins(ascending.fill(-0.1))).toBe(true);
    expect(expectTwins(Float64Array.of(5))).toBe(true);
  });

  it("tells when too much is out of order, where an outlier widens the window", () => {
    const values = Float64Array.from({ length: 2050 }, (_, i) => 1 + ((i * 7919) % 2050) * 1e-9);
    expect(expectTwins(values)).toBe(true);
    expect(expectTwins(values.with(1000, 0))).toBe(false);
  });
});
