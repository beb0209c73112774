import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../fixtures/temporary-folder.ts";
import { Chunks, codeFileOf } from "./chunks.ts";

const root = temporaryFolder();

/**
 * A folder with two chunks, the first of which needs the second. They hold its name, as V8 keeps
 * what it has compiled of a text in this process.
 */
function folderOf(name: string): string {
  const folder = join(root, name);
  mkdirSync(folder);
  const write = (chunk: string, code: string): void =>
    writeFileSync(join(folder, chunk), `// ${name}\n${code}\n`);
  write("first.cjs", 'exports.sum = require("./second.cjs").one() + 1;');
  write("second.cjs", "exports.one = () => 1;\nexports.file = __filename;");
  return folder;
}

describe("Chunks", () => {
  it("loads a chunk and those that it requires, each once", () => {
    const folder = folderOf("plain");
    const chunks = new Chunks(folder);
    expect(chunks.load("first.cjs")).toEqual({ sum: 2 });
    expect([...chunks.scripts.keys()]).toEqual(["first.cjs", "second.cjs"]);
    const second = new Chunks(folder).load("second.cjs");
    expect(second).toBe(chunks.load("second.cjs"));
    expect(second).toMatchObject({ file: join(folder, "second.cjs") });
  });

  it("takes code that V8 has made of a chunk", () => {
    const made = new Chunks(folderOf("made"));
    made.load("second.cjs");
    const folder = folderOf("used");
    const code = made.scripts.get("second.cjs")!.createCachedData();
    writeFileSync(join(folder, codeFileOf("second.cjs")), code);
    const chunks = new Chunks(folder);
    expect(chunks.load("first.cjs")).toEqual({ sum: 2 });
    expect(chunks.scripts.get("second.cjs")!.cachedDataRejected).toBe(false);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["the code of another version", Buffer.alloc(4096, 1)],
  ])("compiles a chunk beside which stands %s", (_, code) => {
    const folder = folderOf(`code-${code.length}`);
    writeFileSync(join(folder, codeFileOf("first.cjs")), code);
    const chunks = new Chunks(folder);
    expect(chunks.load("first.cjs")).toEqual({ sum: 2 });
    expect(chunks.scripts.get("first.cjs")!.cachedDataRejected).toBe(true);
  });
});
