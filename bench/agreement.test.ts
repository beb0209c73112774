import { describe, expect, it } from "vitest";
import { compareProfiles } from "./agreement.ts";
import type { FoundColumn, FoundProfile } from "./rivals/found-profile.ts";

function profileOf(...columns: readonly FoundColumn[]): FoundProfile {
  return { rows: 10, distinctError: 0.05, columns };
}

const ours: FoundColumn = { name: "a", present: 9, missing: 1, mean: 2, min: 0, distinct: 4 };

describe("compareProfiles", () => {
  it("compares the figures that both give", () => {
    const theirs = { name: "a", present: 9, mean: 2 + 1e-10, max: 7, distinct: 5 };
    expect(compareProfiles(profileOf(ours), profileOf(theirs))).toEqual({
      compared: 5,
      differences: [],
    });
  });

  it("tells each figure that differs", () => {
    const theirs = { ...ours, present: 8, mean: 2.1, distinct: 9 };
    const { differences } = compareProfiles(profileOf(ours), { ...profileOf(theirs), rows: 11 });
    expect(differences).toEqual([
      "rows: 10 of ours, 11 of theirs",
      "a present: 9 of ours, 8 of theirs",
      "a mean: 2 of ours, 2.1 of theirs",
      "a distinct: 4 of ours, 9 of theirs",
    ]);
  });

  it("takes a number that is missing or not finite for none of ours", () => {
    const theirs = { name: "a", mean: Number.NaN };
    expect(compareProfiles(profileOf(ours), profileOf(theirs)).differences).toEqual([
      "a mean: 2 of ours, NaN of theirs",
    ]);
  });

  it("finds texts counted differently and columns of other names", () => {
    const our = {
      name: "b",
      texts: [
        ["x", 3],
        ["y", 1],
      ],
    } as const;
    const their = { name: "b", texts: [["x", 3]] } as const;
    expect(compareProfiles(profileOf(our), profileOf(their)).differences).toEqual([
      'b "y": 1 of ours, 0 of theirs',
    ]);
    expect(compareProfiles(profileOf(our), profileOf(ours)).differences).toEqual([
      "column 0: b of ours, a of theirs",
    ]);
  });

  it("compares rows alone with who counts nothing else", () => {
    expect(compareProfiles(profileOf(ours), profileOf()).compared).toBe(1);
  });
});
