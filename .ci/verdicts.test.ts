/** docs/verdicts.md shows what the simulation found, and the simulation found what it must. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judgeGoals } from "../bench/verdicts/goals.ts";
import { renderVerdicts } from "../bench/verdicts/render.ts";
import type { Results } from "../bench/verdicts/results.ts";

const PAGE = new URL("../docs/verdicts.md", import.meta.url);
const BEGIN = "<!-- tables: npm run bench:verdicts -->\n";
const END = "<!-- end of tables -->";

const results: Results = JSON.parse(
  readFileSync(new URL("../bench/verdicts/results.json", import.meta.url), "utf8"),
);

describe("docs/verdicts.md", () => {
  it("shows the tables of results.json; UPDATE=1 rewrites them", () => {
    const page = readFileSync(PAGE, "utf8");
    const from = page.indexOf(BEGIN) + BEGIN.length;
    const until = page.indexOf(END);
    const tables = `\n${renderVerdicts(results)}\n`;
    if (process.env["UPDATE"] === "1") {
      writeFileSync(PAGE, page.slice(0, from) + tables + page.slice(until));
    }
    const shown = readFileSync(PAGE, "utf8");
    expect(shown.slice(shown.indexOf(BEGIN) + BEGIN.length, shown.indexOf(END))).toBe(tables);
  });

  it("has no goal that was missed", () => {
    const goals = judgeGoals(results);
    expect(goals.filter(({ isMet }) => !isMet)).toEqual([]);
    expect(goals.length).toBeGreaterThan(8);
  });
});
