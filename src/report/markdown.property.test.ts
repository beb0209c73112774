import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText, HOSTILE_TEXTS, hostileInsights } from "../../fixtures/hostile-insights.ts";
import { WHOLE_CONSTRAINTS, WHOLE_INSIGHTS } from "../../fixtures/whole-insights.ts";
import type { Insights } from "../monitor/insights.ts";
import { escapeMarkdown } from "./escape-markdown.ts";
import { renderMarkdown } from "./markdown.ts";
import { printable } from "./printable.ts";

const render = (insights: Insights): string =>
  renderMarkdown({ insights, constraintsText: WHOLE_CONSTRAINTS });

/** A line without what was escaped in it. */
const bare = (line: string): string => line.replace(/\\[!-/:-@[-`{-~]/g, "").replace(/&\S+?;/g, "");

/** What stands before a line's own text: the structure, which texts must not change. */
const structureOf = (line: string): string => /^ *(## |### |- |\||)/.exec(line)![0];

/** Shows a text as a reader of Markdown does, within a line. */
function shown(markdown: string): string {
  return markdown
    .replaceAll("&#8203;", "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

describe("escapeMarkdown", () => {
  it.each(HOSTILE_TEXTS)("shows %j as it is", (text) => {
    expect(shown(escapeMarkdown(text))).toBe(printable(text));
  });

  it("leaves nothing that makes a link, an element or a cell", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[<>\n]|:\/\/|@(?!&)|www\./i);
        expect(bare(escaped)).not.toMatch(/[`*_[\]|~$#]/);
        expect(escaped).not.toMatch(/^\s|\s$|^[+-]\s|^\d+[.)]\s/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("renderMarkdown", () => {
  it("keeps its structure, whatever texts there are", () => {
    const expected = render(WHOLE_INSIGHTS).split("\n").map(structureOf);
    fc.assert(
      fc.property(hostileInsights, (insights) => {
        const lines = render(insights).split("\n");
        expect(lines.map(structureOf)).toEqual(expected);
        for (const line of lines) {
          if (line.startsWith("|")) expect(bare(line).split("|")).toHaveLength(6);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("says what it cuts", () => {
    const [feature] = WHOLE_INSIGHTS.features;
    const features = Array.from({ length: 60 }, (_, at) => ({ ...feature!, name: `f${at}` }));
    const lines = render({ ...WHOLE_INSIGHTS, features }).split("\n");
    expect(lines.filter((line) => line.startsWith("… and"))).toEqual([
      "… and 131 more violations in insights.json",
      "… and 170 more violations in insights.json",
      "… and 34 more notes in insights.json",
    ]);
  });
});
