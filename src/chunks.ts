/**
 * Loads the chunks of `dist/`, CommonJS modules, with the code that V8 has made of them: to make it
 * anew takes a fifth of a small run. The build keeps that code beside each chunk. It is good for
 * one version of V8; any other refuses it, and compiles the chunk as if there were none.
 *
 * Whoever edits a chunk must remove the code beside it: V8 knows a source by its length alone.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

type Wrapped = (
  exports: unknown,
  require: (id: string) => unknown,
  module: Module,
  filename: string,
  dirname: string,
) => void;

/** A script can not import packages; this file, which is loaded by Node itself, does it for all. */
const IMPORTER = "./import-package.cjs";

/** The name of the file of a chunk's code. */
export function codeFileOf(chunk: string): string {
  return `${chunk}.code`;
}

export class Chunks {
  /** The chunks that this has loaded, by name, in the order they were asked for. */
  readonly scripts: Map<string, Script> = new Map();
  readonly #folder: string;
  readonly #require: NodeJS.Require;

  constructor(folder: string) {
    this.#folder = folder;
    this.#require = createRequire(join(folder, "chunks.cjs"));
  }

  /** Loads a chunk, once for all loaders of a process, and returns what it exports. */
  load(chunk: string): unknown {
    const path = join(this.#folder, chunk);
    const known = this.#require.cache[path];
    if (known !== undefined) return known.exports;
    const script = this.#compile(chunk, path);
    this.scripts.set(chunk, script);
    const module = new Module(path);
    this.#require.cache[path] = module;
    const wrapped = script.runInThisContext() as Wrapped;
    wrapped(module.exports, (id) => this.#import(id), module, path, this.#folder);
    return module.exports;
  }

  /** What `require` does in a chunk. */
  #import(id: string): unknown {
    return id.startsWith("./") && id !== IMPORTER ? this.load(id.slice(2)) : this.#require(id);
  }

  #compile(chunk: string, path: string): Script {
    const code = join(this.#folder, codeFileOf(chunk));
    // The build escapes all other characters, as V8 takes twice the memory for a text with one.
    return new Script(Module.wrap(readFileSync(path, "latin1")), {
      // Kept code has it, and shows it in traces: where it was built is nobody's business.
      filename: `tidemark/dist/${chunk}`,
      cachedData: existsSync(code) ? readFileSync(code) : undefined,
    });
  }
}
