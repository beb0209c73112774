import { describe, expect, it } from "vitest";
import vectorFile from "../../fixtures/vectors/map-order.json" with { type: "json" };
import { hashPair, hashString, inServiceOrder } from "./scala-map-order.ts";

const { vectors } = vectorFile;

describe("inServiceOrder", () => {
  it.each(vectors)("orders $feature $values.length values by $rule", (vector) => {
    const { feature, values, string_hash, tuple_hash, rule, order } = vector;
    expect(values.map(hashString)).toEqual(string_hash);
    if (tuple_hash !== undefined) {
      expect(values.map((value) => hashPair(feature, value))).toEqual(tuple_hash);
    }
    expect(rule.startsWith(values.length <= 4 ? "tuple hash" : "value hash")).toBe(true);
    expect(inServiceOrder(feature, values)).toEqual(order);
    expect(inServiceOrder(feature, values.toReversed())).toEqual(order);
  });

  it("tells hashes apart by their two highest bits when all lower groups are equal", () => {
    for (const order of [
      ["x", "y", "aeery", "aaaaf", "z"],
      ["x", "y", "aeqrf", "aamhi", "z"],
    ]) {
      expect(inServiceOrder("c", order.toSorted())).toEqual(order);
    }
  });

  it("keeps no values as no values and leaves its argument alone", () => {
    expect(inServiceOrder("c", [])).toEqual([]);
    const values = ["a", "b", "c", "d", "e"];
    expect(inServiceOrder("c", values)).toEqual(["e", "a", "b", "c", "d"]);
    expect(values).toEqual(["a", "b", "c", "d", "e"]);
  });
});
