/** docs/rank-errors.md shows what is measured, which is within the bound. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DISTRIBUTIONS, measureRanks } from "../bench/rank-errors/measure-ranks.ts";
import { renderRanks } from "../bench/rank-errors/render-ranks.ts";

const page = readFileSync(new URL("../docs/rank-errors.md", import.meta.url), "utf8");

describe("docs/rank-errors.md", () => {
  it.each(Object.keys(DISTRIBUTIONS))("shows the errors of up to 100,000 values, %s", (name) => {
    for (const n of [1e3, 1e4, 1e5]) {
      for (const errors of measureRanks(name, n)) {
        expect(errors.worst).toBeLessThanOrEqual(errors.bound);
        expect(page).toContain(`\n${renderRanks(errors)}\n`);
      }
    }
  });

  it("has no line above its bound", () => {
    const lines = [...page.matchAll(/^\|.*\| ([\d.]+)(?: %)? \| ([\d.]+)(?: %)? \|$/gm)];
    expect(lines).toHaveLength(40);
    for (const [line, worst, bound] of lines) {
      expect(Number(worst), line).toBeLessThanOrEqual(Number(bound));
    }
  });
});
