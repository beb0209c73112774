import { describe, expect, it } from "vitest";
import { type FolderPage, hoursPrefixes } from "./hour-prefixes.ts";

const HOUR = 3_600_000;
const TEN = Date.UTC(2026, 10, 20, 10);

/** Looks into a tree whose folders are named by the keys below them. */
function treeOf(keys: readonly string[]): (prefix: string) => Promise<FolderPage> {
  return async (prefix) => {
    const below = keys
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
    const folders = below.filter((key) => key.includes("/")).map((key) => key.split("/")[0]);
    const distinct = [...new Set(folders)].map((name) => `${prefix}${name}/`);
    return { folders: distinct, files: below.length - folders.length, isWhole: true };
  };
}

describe("hoursPrefixes", () => {
  const captured = treeOf([
    "c/churn/A/2025/01/01/00/x",
    "c/churn/A/2026/11/20/10/x",
    "c/fraud/B/2026/1",
  ]);

  it("names the hours of each variant", async () => {
    const hours = { first: TEN, last: TEN + HOUR };
    expect(await hoursPrefixes("c/", hours, captured)).toEqual([
      "c/churn/A/2026/11/20/10/",
      "c/churn/A/2026/11/20/11/",
      "c/fraud/B/2026/11/20/10/",
      "c/fraud/B/2026/11/20/11/",
    ]);
  });

  it("crosses days, months and years", async () => {
    const last = Date.UTC(2027, 0, 1, 0);
    expect(await hoursPrefixes("c/fraud/B/", { first: last - HOUR, last }, captured)).toEqual([
      "c/fraud/B/2026/12/31/23/",
      "c/fraud/B/2027/01/01/00/",
    ]);
  });

  it.each([
    ["without a window", "c/", undefined, captured],
    ["without a first hour", "c/", { first: undefined, last: TEN }, captured],
    ["for more hours than are worth it", "c/", { first: TEN, last: TEN + 200 * HOUR }, captured],
    [
      "where files stand beside folders",
      "d/",
      { first: TEN, last: TEN },
      treeOf(["d/x", "d/2026/1"]),
    ],
    ["where folders are too deep", "", { first: TEN, last: TEN }, treeOf(["a/b/c/d/e/2026/1"])],
  ])("leaves the prefix as it is %s", async (_, prefix, hours, look) => {
    expect(await hoursPrefixes(prefix, hours, look)).toEqual([prefix]);
  });
});
