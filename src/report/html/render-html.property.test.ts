/** Nothing of a run's texts becomes markup of its page. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { named, type Page, read, textOf, withTexts } from "../../../fixtures/read-page.ts";
import { WHOLE_INSIGHTS } from "../../../fixtures/whole-insights.ts";
import type { Insights } from "../../monitor/insights.ts";
import { renderHtml } from "./render-html.ts";

const tagsOf = ({ elements }: Page): string[] =>
  [...new Set(elements.map(({ tagName }) => tagName))].sort();
const attributesOf = ({ elements }: Page): string[] =>
  [...new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)))].sort();

const profile: Insights = {
  ...WHOLE_INSIGHTS,
  command: "baseline",
  verdict: { status: "profiled", violations: 0, by_check: {}, unjudged: 0 },
};

it.each([WHOLE_INSIGHTS, profile])(
  "texts never become markup, whatever they are ($command)",
  (insights) => {
    const plain = read(renderHtml(insights));
    const [plainTags, plainAttributes] = [tagsOf(plain), attributesOf(plain)];
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "</script><img src=x onerror=alert(1)>",
        "</style><svg/onload=alert(1)>",
        '"><b x="',
        "'><b x='",
        "<!--",
        "]]>",
        "&lt;b&gt;",
        "\u202eabc\u2066",
      ),
    );
    fc.assert(
      fc.property(hostile, (text) => {
        const page = read(renderHtml(withTexts(insights, () => text)));
        expect(page.errors).toEqual([]);
        expect(tagsOf(page).filter((tag) => !plainTags.includes(tag))).toEqual([]);
        expect(attributesOf(page)).toEqual(plainAttributes);
        expect(page.elements.length).toBeLessThanOrEqual(plain.elements.length);
        expect(textOf(named(page, "script")[0]!)).toBe(textOf(named(plain, "script")[0]!));
      }),
      { numRuns: casesOf(10, 200) },
    );
  },
);
