import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { TextFinder } from "./text-finder.ts";

describe("a text finder", () => {
  it("finds what a map does, also where texts begin and end alike", () => {
    // As many of them share a slot.
    const text = fc.oneof(
      fc.constantFrom("", "a", "aa", "aba", "aca", "ada", "\0", "\u0100", "\ud800"),
      fc.string({ maxLength: 4 }),
    );
    const step = fc.record({ text, isSet: fc.boolean(), clears: fc.nat(30) });
    const law = fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const finder = new TextFinder();
      const map = new Map<string, number>();
      for (const [at, each] of steps.entries()) {
        if (each.clears === 0) {
          finder.clear();
          map.clear();
        }
        expect(finder.find(each.text)).toBe(map.get(each.text) ?? -1);
        if (!each.isSet) continue;
        finder.set(each.text, at);
        map.set(each.text, at);
        expect(finder.size).toBe(map.size);
      }
    });
    fc.assert(law, { numRuns: casesOf(200, 2000) });
  });
});
