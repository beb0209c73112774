import { expect, test } from "vitest";
import { logGamma } from "./log-gamma.ts";

test.each([1, 2, 3, 10, 20, 100, 170])("gamma of %d is a factorial", (a) => {
  let expected = 0;
  for (let i = 2; i < a; i++) expected += Math.log(i);
  expect(logGamma(a)).toBeCloseTo(expected, 10);
});

test("gamma of a half is the root of pi", () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
});
