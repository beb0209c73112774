import fc from "fast-check";
import { parseFragment } from "parse5";
import { describe, expect, it } from "vitest";
import { each, Html, html } from "./html.ts";

describe("html", () => {
  it("escapes texts, joins lists and keeps HTML", () => {
    const bold = html`<b>${"<&>"}</b>`;
    expect(html`${bold} ${[1, " '", undefined, '"']}`.text).toBe(
      "<b>&lt;&amp;&gt;</b> 1 &#39;&#34;",
    );
    expect(html`${undefined}`.text).toBe("");
    expect(html`${new Html("<i>")}`.text).toBe("<i>");
  });

  it("gives any text back, between tags and in quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        // A parser reads line ends as one character and refuses others; texts have them spelled.
        fc.pre(!/[\r\0]/.test(text));
        const fragment = parseFragment(html`<p title="${text}">x${text}</p>`.text);
        const [node] = fragment.childNodes as unknown as [
          { attrs: { value: string }[]; childNodes: { value: string }[] },
        ];
        expect(fragment.childNodes).toHaveLength(1);
        expect(node.attrs).toEqual([{ name: "title", value: text }]);
        expect(node.childNodes.map(({ value }) => value)).toEqual([`x${text}`]);
      }),
    );
  });
});

describe("each", () => {
  it("repeats a template for each place of its lists, as templates of their parts would", () => {
    expect(each`<b>${[]}</b>`.text).toBe("");
    const row = fc.tuple(fc.string(), fc.oneof(fc.constant("<&>"), fc.string()), fc.double());
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const [a, b, c] = [0, 1, 2].map((at) => rows.map((parts) => parts[at]!));
        expect(each`<b title="${a!}">
          ${b!}</b>${c!}`).toEqual(
          html`${rows.map(
            ([x, y, z]) => html`<b title="${x}">
            ${y}</b>${z}`,
          )}`,
        );
      }),
    );
  });
});
