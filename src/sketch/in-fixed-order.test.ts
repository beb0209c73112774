import fc from "fast-check";
import { expect, test } from "vitest";
import { inFixedOrder } from "./in-fixed-order.ts";

test("neighbours come far apart", () => {
  expect([...inFixedOrder([0, 1, 2, 3, 4, 5, 6, 7])]).toEqual([0, 4, 2, 6, 1, 5, 3, 7]);
});

test("every element comes once", () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), (length) => {
      const places = Array.from({ length }, (_, i) => i);
      expect([...inFixedOrder(places)].sort((a, b) => a - b)).toEqual(places);
    }),
  );
});
