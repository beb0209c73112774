import fc from "fast-check";
import { expect, test } from "vitest";
import { indexAtRank } from "../sketch/rank-map.ts";
import { placesOfParts } from "./places-of-parts.ts";

test("finds the place of each quantile once", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 40 }), (weights, parts) => {
      let n = 0;
      const ranks = Float64Array.from(weights, (weight) => (n += weight));
      const map = { items: ranks.map((_, i) => i), ranks, n };
      const all = Array.from({ length: parts - 1 }, (_, i) =>
        indexAtRank(map, ((i + 1) * n) / parts),
      );
      expect(placesOfParts(map, parts)).toEqual([...new Set(all)]);
    }),
  );
});
