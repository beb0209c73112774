import fc from "fast-check";
import { expect, test } from "vitest";
import { fisherExact } from "./fisher-exact.ts";

test("the lady tasting tea: 17 and 1 of 70 ways, doubled (Fisher, 1935)", () => {
  expect(fisherExact(3, 4, 1, 4)).toBeCloseTo(34 / 70, 12);
  expect(fisherExact(4, 4, 0, 4)).toBeCloseTo(2 / 70, 12);
});

test("two of 100 against none of 10,000 is rare, which no normal approximation knows", () => {
  // C(100, 2) / C(10100, 2), doubled.
  expect(fisherExact(2, 100, 0, 10_000)).toBeCloseTo((2 * 100 * 99) / (10_100 * 10_099), 12);
});

function choose(n: number, k: number): bigint {
  let ways = 1n;
  for (let i = 0; i < k; i++) ways = (ways * BigInt(n - i)) / BigInt(i + 1);
  return ways;
}

/** Exact fractions, every term. */
function naive(k: number, n: number, j: number, m: number): number {
  const ways = (i: number): bigint => choose(n, i) * choose(m, k + j - i);
  let low = 0n;
  let high = 0n;
  let all = 0n;
  for (let i = Math.max(0, k + j - m); i <= Math.min(n, k + j); i++) {
    all += ways(i);
    if (i <= k) low += ways(i);
    if (i >= k) high += ways(i);
  }
  const tail = k * m >= j * n ? high : low;
  return Math.min(1, (2 * Number((tail * 10n ** 30n) / all)) / 1e30);
}

test("equals the sum of exact fractions", () => {
  const table = fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }))
    .chain(([n, m]) =>
      fc.tuple(fc.nat({ max: n }), fc.constant(n), fc.nat({ max: m }), fc.constant(m)),
    );
  fc.assert(
    fc.property(table, ([k, n, j, m]) => {
      expect(fisherExact(k, n, j, m)).toBeCloseTo(naive(k, n, j, m), 9);
    }),
  );
});

test("nothing on a side tells nothing, and equal shares are no difference", () => {
  expect(fisherExact(0, 0, 3, 10)).toBe(1);
  expect(fisherExact(5, 50, 100, 1000)).toBe(1);
  expect(fisherExact(50, 50, 1000, 1000)).toBe(1);
});

test("holds for a million records", () => {
  expect(fisherExact(500_000, 1_000_000, 500_000, 1_000_000)).toBe(1);
  // 5 deviations of a normal distribution: 5.7e-7 on both sides.
  expect(fisherExact(501_768, 1_000_000, 498_232, 1_000_000)).toBeCloseTo(5.75e-7, 8);
});
