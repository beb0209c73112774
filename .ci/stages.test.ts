/** docs/stages.md shows every stage that is measured, and names files that there are. */
import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { STAGES } from "../bench/stages/measure-stages.ts";

const page = readFileSync(new URL("../docs/stages.md", import.meta.url), "utf8");

it.each(Object.entries(STAGES))("docs/stages.md shows %s", (stage, what) => {
  const rates = new RegExp(`^\\| ${stage} \\|(?: [\\d,]+ \\|){4}$`, "m");
  expect(page).toMatch(rates);
  expect(page).toContain(`| ${stage} | ${what} |`);
  const paths = [...what.matchAll(/`(\w[\w/.-]*)`/g)].map(([, path]) => path!);
  for (const path of paths.filter((each) => each.includes("/"))) {
    expect(existsSync(new URL(`../src/${path}`, import.meta.url)), path).toBe(true);
  }
});
