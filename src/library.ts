/**
 * What `index.js`, the library as an ES module, has its exports from: `index.cjs`, loaded by
 * `Chunks`, or by `require` where modules are not as Node itself loads them. Test runners run them
 * in contexts of their own, whose classes others do not know; and whoever packs a program copies
 * the files that `require` names, but no code beside them.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import { Chunks, codeFileOf } from "./chunks.ts";

const ENTRY = "index.cjs";

const isOfThisContext = runInThisContext("Object") === Object;
const hasCode = existsSync(join(import.meta.dirname, codeFileOf(ENTRY)));

export const library = (
  isOfThisContext && hasCode ? new Chunks(import.meta.dirname).load(ENTRY) : require("./index.cjs")
) as typeof import("./index.ts");
