import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";
import { codeFileOf } from "./chunks.ts";

const DIST = new URL("../dist/", import.meta.url).pathname;
const LIBRARY = "library.cjs";
const ENTRY = "index.cjs";

const root = temporaryFolder();
const require = createRequire(import.meta.url);

/** A folder with the built entry, and a chunk that tells which `require` it has. */
function folderOf(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  copyFileSync(join(DIST, LIBRARY), join(folder, LIBRARY));
  writeFileSync(join(folder, ENTRY), "exports.isNodes = 'resolve' in require;\n");
  return folder;
}

describe("a program that may not make code of texts", () => {
  it("finds the same of its records", () => {
    const script = `import { profile, writeStatistics } from "${join(DIST, "index.js")}";
const rows = Array.from({ length: 9000 }, (_, i) => ({ calls: i % 70, plan: "p" + (i % 3), price: i / 8 }));
console.log(writeStatistics(await profile(rows)));`;
    const [forbidden, free] = [["--disallow-code-generation-from-strings"], []].map((flags) =>
      spawnSync(process.execPath, [...flags, "--input-type=module", "-e", script], {
        encoding: "utf8",
      }),
    );
    expect(forbidden).toMatchObject({ status: 0, stderr: "", stdout: free!.stdout });
    expect(free!.stdout).toContain('"plan"');
  });
});

describe("the library's entry", () => {
  it("has the names of the ES module", async () => {
    const { library } = require(join(DIST, LIBRARY));
    const names = Object.keys(await import(join(DIST, "index.js")));
    expect(names.length).toBeGreaterThan(30);
    expect(names.sort()).toEqual(Object.keys(library).sort());
  });

  it("loads chunks with the code that stands beside them", () => {
    const folder = folderOf("with-code");
    writeFileSync(join(folder, codeFileOf(ENTRY)), "");
    expect(require(join(folder, LIBRARY)).library).toEqual({ isNodes: false });
  });

  it("leaves loading to Node where there is none", () => {
    const folder = folderOf("without-code");
    expect(require(join(folder, LIBRARY)).library).toEqual({ isNodes: true });
  });

  it("leaves loading to whoever runs modules in a context of their own", () => {
    const exports: { library?: unknown } = {};
    const source = Module.wrap(readFileSync(join(DIST, LIBRARY), "utf8"));
    const requireThere = (id: string) => (id === `./${ENTRY}` ? "loaded there" : require(id));
    runInNewContext(source)(exports, requireThere, { exports }, join(DIST, LIBRARY), DIST);
    expect(exports.library).toBe("loaded there");
  });
});
