import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../fixtures/temporary-folder.ts";
import { globPattern } from "./glob-pattern.ts";
import { LocalFiles } from "./local-files.ts";

const KEYS = ["a", "b", "ab", "b.csv", "ab.csv", "d/a", "d/b.csv", "d/e/ab", "d/e/b.csv", "de/a"];

describe("globPattern", () => {
  it("matches what it matches among files", async () => {
    const root = temporaryFolder();
    // A key may be a folder of others, a file may not.
    const keys = KEYS.filter((key) => !KEYS.some((other) => other.startsWith(`${key}/`)));
    for (const key of keys) {
      mkdirSync(dirname(join(root, key)), { recursive: true });
      writeFileSync(join(root, key), "x");
    }
    const part = fc.constantFrom("*", "?", "a", "b", "d", "e", ".csv", "[ab]", "[!a]", "{a,b.csv}");
    const name = fc
      .array(part, { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join(""))
      .filter((parts) => !/^[*]{2,}$/.test(parts));
    const glob = fc
      .tuple(
        fc.array(fc.oneof(name, fc.constant("**")), { maxLength: 2 }),
        fc.oneof({ weight: 3, arbitrary: name }, fc.constant("**")),
      )
      .map(([above, last]) => [...above, last].join("/"));
    await fc.assert(
      fc.asyncProperty(glob, async (pattern) => {
        const files = await new LocalFiles().match(join(root, pattern));
        const expected = new Set(files.map(({ path }) => path.slice(root.length + 1)));
        const { literal, regex } = globPattern(pattern);
        const matched = keys.filter((key) => regex.test(key));
        expect(matched).toEqual(keys.filter((key) => expected.has(key)));
        expect(matched.every((key) => key.startsWith(literal))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it.each(["**", "**/*", "d/**", "{d,**}/b.csv", "*/**", "d*"])(
    "finds each file once: %s",
    async (pattern) => {
      const root = temporaryFolder();
      for (const key of ["b.csv", "d/a", "d/b.csv", "d/e/b.csv"]) {
        mkdirSync(dirname(join(root, key)), { recursive: true });
        writeFileSync(join(root, key), "x");
      }
      const files = await new LocalFiles().match(join(root, pattern));
      const paths = files.map(({ path }) => path);
      expect(paths.length).toBeGreaterThan(0);
      expect([...new Set(paths)].toSorted()).toEqual(paths.toSorted());
    },
  );

  it.each([
    ["day=2026/*.csv", "day=2026/a.csv", "day=2026/a/b.csv"],
    ["a+(b)*", "a+(b)c", "aab"],
    ["a{b", "a{b", "ab"],
    ["a,b*", "a,bc", "a"],
    ["[z-a]*", "[z-a]b", "m"],
    ["[]]x*", "[]]xy", "]x"],
  ])("%s matches %s, not %s", (glob, matched, other) => {
    const { regex } = globPattern(glob);
    expect([regex.test(matched), regex.test(other)]).toEqual([true, false]);
  });
});
