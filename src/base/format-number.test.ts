import fc from "fast-check";
import { expect, test } from "vitest";
import {
  formatApart,
  formatCount,
  formatNumber,
  formatShare,
  formatSharesApart,
} from "./format-number.ts";

test.each([
  [0, "0"],
  [208.14999, "208.1"],
  [-0.000012346, "-0.00001235"],
  [1234567, "1235000"],
  [Number.POSITIVE_INFINITY, "Infinity"],
])("%s is written %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test("a number is written as rounded to four digits, whatever it is", () => {
  fc.assert(
    fc.property(fc.oneof(fc.double(), fc.integer(), fc.integer({ min: -9, max: 9 })), (value) => {
      const shown = value / 8;
      expect(formatNumber(shown)).toBe(String(Number(shown.toPrecision(4))));
    }),
  );
});

test.each([
  [0, 4, "0%"],
  [0.5, 2, "50%"],
  [0.09741, 2, "9.7%"],
  [0.00004, 2, "0.004%"],
  [0.996, 2, "99.6%"],
  [0.99996, 2, ">99.99%"],
  [0.12345, 4, "12.35%"],
  [1, 2, "100%"],
])("a share of %s to %s digits is written %s", (share, digits, text) => {
  expect(formatShare(share, digits)).toBe(text);
});

test("two numbers are told apart where they differ", () => {
  expect(formatApart(1_000_001, 1_000_002)).toEqual(["1000001", "1000002"]);
  expect(formatApart(179.83, 208.12)).toEqual(["179.8", "208.1"]);
  expect(formatApart(0.1, 0.1)).toEqual(["0.1", "0.1"]);
  expect(formatApart(1, 1 + Number.EPSILON)).toEqual(["1", "1.0000000000000002"]);
  expect(formatSharesApart(0.381, 0.384)).toEqual(["38.1%", "38.4%"]);
  expect(formatSharesApart(0.25, 0.25)).toEqual(["25%", "25%"]);
});

test("a count has its digits in groups of three, as Node groups them", () => {
  expect([0, 999, 1000, 1_234_567, -1000].map(formatCount)).toEqual([
    "0",
    "999",
    "1,000",
    "1,234,567",
    "-1,000",
  ]);
  fc.assert(
    fc.property(fc.maxSafeInteger(), (count) => {
      // Node alone has a zero with a sign.
      expect(formatCount(count)).toBe((count + 0).toLocaleString("en-US"));
    }),
  );
});
