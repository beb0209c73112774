import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { HOSTILE_TEXTS, hostileInsights } from "../../fixtures/hostile-insights.ts";
import { WHOLE_CONSTRAINTS, WHOLE_INSIGHTS } from "../../fixtures/whole-insights.ts";
import type { Insights } from "../monitor/insights.ts";
import { labelOf } from "./check-words.ts";
import { escapeXml } from "./escape-xml.ts";
import { renderJunit } from "./junit.ts";
import { printable } from "./printable.ts";

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
});

function parse(xml: string): Node {
  expect(XMLValidator.validate(xml)).toBe(true);
  const [, root] = toNodes(parser.parse(xml));
  return root!;
}

function toNodes(parsed: readonly Readonly<Record<string, unknown>>[]): Node[] {
  return parsed.flatMap((entry) => {
    const name = Object.keys(entry).find((key) => key !== ":@")!;
    if (name === "#text") return [];
    const inside = entry[name] as readonly Readonly<Record<string, unknown>>[];
    const attributes = (entry[":@"] ?? {}) as Record<string, string>;
    const text = inside.map((each) => String(each["#text"] ?? "")).join("");
    return [{ name, attributes, children: toNodes(inside), text }];
  });
}

/** What the schema of Jenkins allows: attributes, those needed, and elements inside. */
const ALLOWED: Readonly<Record<string, readonly [string[], string[], string[]]>> = {
  testsuites: [["name", "time", "tests", "failures", "errors"], [], ["testsuite"]],
  testsuite: [
    ["name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname", "id"],
    ["name"],
    ["properties", "testcase", "system-out", "system-err"],
  ],
  testcase: [
    ["name", "classname", "assertions", "time", "status"],
    ["name"],
    ["skipped", "error", "failure", "system-out", "system-err"],
  ],
  skipped: [["message", "type"], [], []],
  failure: [["message", "type"], [], []],
  error: [["message", "type"], [], []],
};

function assertValid({ name, attributes, children }: Node): void {
  const [known, needed, inside] = ALLOWED[name]!;
  for (const key of Object.keys(attributes)) expect(known).toContain(key);
  for (const key of needed) expect(attributes).toHaveProperty(key);
  for (const child of children) {
    expect(inside).toContain(child.name);
    assertValid(child);
  }
}

function countOf(node: Node, name: string): number {
  return node.children.reduce(
    (sum, child) => sum + (child.name === name ? 1 : 0) + countOf(child, name),
    0,
  );
}

function expectedName(name: string): string {
  return name.trim() === "" ? "(no name)" : spelled(name);
}

/** XML 1.0 has no way to write these two either. */
function spelled(text: string): string {
  return printable(text).replace(/[\ufffe\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}

function suitesOf(insights: Insights): Node {
  return parse(renderJunit({ insights, constraintsText: WHOLE_CONSTRAINTS }));
}

describe("renderJunit", () => {
  it("has a case for every check of every feature, in their order", () => {
    const { children } = suitesOf(WHOLE_INSIGHTS);
    const features = WHOLE_INSIGHTS.features.filter(({ checks }) => checks.length > 0);
    expect(children.map(({ attributes }) => attributes["name"])).toEqual([
      "Columns",
      ...features.map(({ name }) => name),
    ]);
    for (const [index, { checks }] of features.entries()) {
      const cases = children[index + 1]!.children;
      expect(cases.map(({ attributes }) => attributes["name"])).toEqual(checks.map(labelOf));
      expect(cases.map((each) => each.children[0]?.name)).toEqual(
        checks.map(({ status }) =>
          status === "violated" ? "failure" : status === "passed" ? undefined : "skipped",
        ),
      );
    }
  });

  it("stays valid and keeps its counts and names, whatever texts there are", () => {
    fc.assert(
      fc.property(hostileInsights, (insights) => {
        const root = suitesOf(insights);
        assertValid(root);
        for (const node of [root, ...root.children]) {
          expect(node.attributes["tests"]).toBe(String(countOf(node, "testcase")));
          expect(node.attributes["failures"]).toBe(String(countOf(node, "failure")));
          expect(node.attributes["errors"]).toBe(String(countOf(node, "error")));
        }
        expect(countOf(root, "failure")).toBe(WHOLE_INSIGHTS.verdict.violations);
        const named = insights.features.filter(({ checks }) => checks.length > 0);
        expect(root.children.slice(1).map(({ attributes }) => attributes["name"])).toEqual(
          named.map(({ name }) => expectedName(name)),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("escapeXml", () => {
  it.each(HOSTILE_TEXTS)("keeps %j as one attribute and as content", (text) => {
    const xml = `<a b="${escapeXml(text)}">${escapeXml(text)}</a>`;
    expect(XMLValidator.validate(xml)).toBe(true);
    const [node] = toNodes(parser.parse(xml));
    expect(node!.children).toEqual([]);
    expect([node!.attributes["b"] ?? "", node!.text]).toEqual([spelled(text), spelled(text)]);
  });
});
