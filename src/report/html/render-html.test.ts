/**
 * The page as a parser of browsers' rules reads it: the policy's hashes are those of what stands
 * there, texts are shown, and the size keeps its promise.
 */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { manyInsights } from "../../../fixtures/many-insights.ts";
import { attribute, named, read, textOf, withTexts } from "../../../fixtures/read-page.ts";
import { WHOLE_INSIGHTS } from "../../../fixtures/whole-insights.ts";
import { printable } from "../printable.ts";
import { renderHtml } from "./render-html.ts";

const WHOLE = read(renderHtml(WHOLE_INSIGHTS));

describe("the page", () => {
  it("is HTML without a fault", () => {
    expect(WHOLE.errors).toEqual([]);
    for (const count of [0, 1, 40]) {
      expect(read(renderHtml(manyInsights(count))).errors).toEqual([]);
    }
  });

  it("has ids once, and shows only what it has", () => {
    const { elements } = read(renderHtml(manyInsights(40)));
    const ids = elements.flatMap((element) => attribute(element, "id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const used = elements.flatMap((element) => attribute(element, "href") ?? []);
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((href) => !ids.includes(href.slice(1)))).toEqual([]);
  });

  it("loads nothing and allows its own style and script alone", () => {
    const [policy] = named(WHOLE, "meta").flatMap((meta) =>
      attribute(meta, "http-equiv") === "Content-Security-Policy" ? attribute(meta, "content") : [],
    );
    const hashOf = (tag: string): string => {
      const found = named(WHOLE, tag);
      expect(found).toHaveLength(1);
      expect(found[0]!.attrs).toEqual([]);
      return createHash("sha256").update(textOf(found[0]!)).digest("base64");
    };
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hashOf("style")}'; ` +
        `script-src 'sha256-${hashOf("script")}'; base-uri 'none'; form-action 'none'`,
    );
    const loading = WHOLE.elements.flatMap(({ attrs }) =>
      attrs.filter(({ name, value }) => name === "src" || (name === "href" && value[0] !== "#")),
    );
    expect(loading).toEqual([]);
    expect(textOf(named(WHOLE, "style")[0]!)).not.toMatch(/url\(|@import/);
    expect(
      WHOLE.elements.flatMap(({ attrs }) => attrs.filter(({ name }) => name === "style")),
    ).toEqual([]);
  });

  it("is the same whenever it is drawn, and from the file as from the run", () => {
    const insights = manyInsights(30);
    expect(renderHtml(insights)).toBe(renderHtml(insights));
    expect(renderHtml(JSON.parse(JSON.stringify(insights)))).toBe(renderHtml(insights));
  });
});

describe("texts", () => {
  it("are shown as they are, what a screen would obey spelled out", () => {
    const names = [
      "</script><img src=x onerror=alert(1)>",
      "Größe",
      "مبلغ المعاملة",
      "取引金額",
      "𝒳𝓎𝓏",
      "राशि",
      "שדה",
      "จำนวน",
      "amount\u202e\u0000",
    ];
    const features = names.map((name) => ({ ...WHOLE_INSIGHTS.features[0]!, name }));
    const page = read(renderHtml({ ...WHOLE_INSIGHTS, features }));
    const shown = named(page, "bdi").map(textOf);
    for (const name of names) expect(shown).toContain(printable(name));
    expect(shown).toContain("amount\\u202e\\u0000");
  });

  it("are cut where they are long, which the ellipsis tells", () => {
    const name = "🜁".repeat(200);
    const page = renderHtml({ ...WHOLE_INSIGHTS, features: [{ name, checks: [] }] });
    const shown = named(read(page), "bdi").map(textOf);
    expect(shown).toContain(`${"🜁".repeat(39)}…`);
  });
});

describe("size", () => {
  const LIMITS = [
    [1, 300_000],
    [100, 300_000],
    [1_000, 1_500_000],
    [3_000, 1_500_000],
  ] as const;

  it.each(LIMITS)("of %i features is below %i bytes", (count, bytes) => {
    const page = renderHtml(manyInsights(count));
    expect(Buffer.byteLength(page)).toBeLessThan(bytes);
    const rows = [...page.matchAll(/<tbody class=[vaup] /g)].length;
    const [, left = "0"] = /<p class=u>([\d,]+) more features are left out/.exec(page) ?? [];
    expect(rows + Number(left.replace(",", ""))).toBe(count);
    if (count <= 1_000) expect(left).toBe("0");
  });

  it("keeps to it with texts that are as long as can be, and says what it left out", () => {
    const insights = withTexts(manyInsights(300), (text) => `${text}${"取".repeat(2_000)}`);
    const page = renderHtml(insights);
    expect(Buffer.byteLength(page)).toBeLessThan(1_500_000);
    expect(page).toMatch(/[\d,]+ more features are left out to keep this file small/);
  });

  it("shows the gravest features whole and says that others are shortened", () => {
    const page = renderHtml(manyInsights(100));
    const rows = page.split("<tbody class=").slice(1);
    const isWhole = (row: string): boolean => !row.includes("Shortened: insights.json has more.");
    expect(rows.slice(0, 10).every(isWhole)).toBe(true);
    const shortened = rows.filter((row) => !isWhole(row)).length;
    expect(shortened).toBeGreaterThan(0);
    expect(page).toContain(`Of ${shortened} features less is shown than of others`);
  });

  it("shows everything of a few features", () => {
    expect(renderHtml(manyInsights(20))).not.toMatch(/Shortened|less is shown|left out/);
  });
});
