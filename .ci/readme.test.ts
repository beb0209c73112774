/** The README is true: its quickstart prints what it shows, and its library example runs. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { placeInReadme, renderReadmeTable } from "../bench/readme-table.ts";
import { renderResults } from "../bench/render.ts";
import type { BenchResults } from "../bench/results.ts";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";

const root = new URL("..", import.meta.url).pathname;
const readme = readFileSync(join(root, "README.md"), "utf8");
const folder = temporaryFolder();

function node(cwd: string, ...args: string[]): string {
  return execFileSync(process.execPath, args, { cwd, encoding: "utf8" });
}

/** The text of the n-th fenced block that begins with `fence`. */
function block(fence: string, n: number): string {
  const blocks = readme.split("\n```").map((part, at) => ({ part, isCode: at % 2 === 1 }));
  const found = blocks.filter(({ part, isCode }) => isCode && part.startsWith(`${fence}\n`));
  return `${found[n]!.part.slice(fence.length + 1)}\n`;
}

describe("README.md", () => {
  it("shows the speed that the last bench found, as does bench/RESULTS.md", () => {
    const results: BenchResults = JSON.parse(
      readFileSync(join(root, "bench/results.json"), "utf8"),
    );
    expect(placeInReadme(readme, renderReadmeTable(results))).toBe(readme);
    expect(readFileSync(join(root, "bench/RESULTS.md"), "utf8")).toBe(renderResults(results));
  });

  it("shows what the quickstart prints, and the library example says the same", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const [build, compile, ...commands] = scripts.quickstart.split(" && ");
    expect([build, compile]).toEqual(["npm run --silent build", "tsc -p fixtures"]);
    execFileSync("npx", ["tsc", "-p", "fixtures"], { cwd: root });
    const printed = commands.map((command: string) => {
      const [program, script, ...args] = command.split(" ");
      expect(program).toBe("node");
      return node(folder, join(root, script!), ...args);
    });
    expect(printed.join("")).toBe(block("", 0));

    const library = join(root, "dist/index.js");
    const example = block("ts", 0).replace('from "tidemark"', `from ${JSON.stringify(library)}`);
    writeFileSync(join(folder, "example.mjs"), example);
    const lines = node(join(folder, "tidemark-quickstart"), "../example.mjs").trim().split("\n");
    expect(lines).toHaveLength(9);
    expect(lines[0]).toMatch(/^CustServ Calls Data type match requirement is not met\./);
  });
});
