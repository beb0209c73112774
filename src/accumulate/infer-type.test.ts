import { describe, expect, it } from "vitest";
import vectors from "../../fixtures/vectors/types.json" with { type: "json" };
import { CellReader } from "./cell-reader.ts";
import { inferType } from "./infer-type.ts";

describe("inferType", () => {
  for (const { cells, inferred_type: expected, note } of vectors.columns) {
    it(`infers ${expected} for ${note}`, () => {
      const reader = new CellReader();
      const counts = [0, 0, 0, 0];
      for (const cell of cells) {
        if (cell === null) continue;
        const bytes = new TextEncoder().encode(cell);
        counts[reader.read(bytes, 0, bytes.length)]!++;
      }
      const [integral = 0, fractional = 0, boolean = 0, string = 0] = counts;
      expect(inferType({ integral, fractional, boolean, string })).toBe(expected);
    });
  }
});
