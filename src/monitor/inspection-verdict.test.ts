import { describe, expect, it } from "vitest";
import type { InspectedColumn } from "./inspection.ts";
import { inspectionVerdict } from "./inspection-verdict.ts";

const column = (position: number, parts: Partial<InspectedColumn> = {}): InspectedColumn => ({
  position,
  from: "input",
  type: "Integral",
  present: 1,
  examples: [],
  feature: `f${position}`,
  feature_type: "Integral",
  fit: "fits",
  ...parts,
});
const WHOLE = { by: "position", features: 2, missing: [], extra: [] } as const;

describe("inspectionVerdict", () => {
  it("tells columns that meet their features, and which of them are doubtful", () => {
    const whole = { feature_type: "Fractional" } as const;
    expect(inspectionVerdict([column(0), column(1, whole)], WHOLE, 0)).toEqual({
      status: "aligned",
      text: "2 columns meet 2 features by position",
    });
    const doubtful = [column(0, { fit: "misfits" }), column(1, { type: "String" })];
    expect(inspectionVerdict(doubtful, WHOLE, 1)).toEqual({
      status: "misaligned",
      text:
        "2 columns meet 2 features by position; values of 1 are not like the feature's; " +
        "1 has another type",
    });
  });

  it("tells counts and names that differ, and a missing baseline", () => {
    const short = { ...WHOLE, missing: ["f1"] };
    expect(inspectionVerdict([column(0)], short, 1)).toEqual({
      status: "unmatched",
      text: "1 column, 2 features: by position a check can compare none of them",
    });
    expect(inspectionVerdict([column(0)], { ...short, by: "name" }, 0)).toEqual({
      status: "unmatched",
      text: "1 of 2 features has a column of its name, 1 none; 0 columns without a feature",
    });
    expect(inspectionVerdict([column(0)], undefined, 0)).toEqual({
      status: "no_baseline",
      text: "1 column; -b <baseline> tells which features they meet",
    });
  });
});
