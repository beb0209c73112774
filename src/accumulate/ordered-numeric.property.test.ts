import fc from "fast-check";
import { expect, it } from "vitest";
import type { Numbers } from "../sketch/mergeable.ts";
import { OrderedNumeric } from "./ordered-numeric.ts";

const column = fc
  .tuple(
    fc.array(
      fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
    ),
    fc.constantFrom(1, 300),
  )
  .map(([draws, times]): Numbers => {
    const values = Array.from({ length: times }, () => draws.map((x) => x + 0)).flat();
    return { values: Float64Array.from([...values, 9e9]), count: values.length };
  });

it("folds several columns at once as one by one", () => {
  fc.assert(
    fc.property(fc.array(column, { maxLength: 9 }), fc.array(column, { maxLength: 9 }), (a, b) => {
      const size = Math.min(a.length, b.length);
      const together = Array.from({ length: size }, () => new OrderedNumeric());
      const single = together.map(() => new OrderedNumeric());
      for (const columns of [a.slice(0, size), b.slice(0, size)]) {
        OrderedNumeric.addAll(together, columns);
        columns.forEach((each, i) => {
          single[i]!.add(each);
        });
      }
      expect(together.map((each) => each.save())).toEqual(single.map((each) => each.save()));
    }),
    { seed: 1, numRuns: 100 },
  );
});
