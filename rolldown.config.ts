/**
 * The build of `dist/`: few files, because Node spends about a millisecond on each that it opens, and
 * in each of them only what a command needs, because what is read is parsed. Names stay as they are
 * in `src/`, and so do the names in a stack trace.
 */
import { readFileSync } from "node:fs";
import type {
  ChunkingContext,
  OutputOptions,
  RolldownOptions,
  RolldownPluginOption,
} from "rolldown";

/** Chunks and the modules they start from; a module stands in the first chunk that imports it. */
const CHUNKS: readonly (readonly [name: string, roots: readonly string[]])[] = [
  ["start", ["src/cli.ts"]],
  ["job", ["src/run-job.ts"]],
  [
    "readers",
    [
      "src/source/columnar/arrow-reader.ts",
      "src/source/capture/capture-reader.ts",
      "src/source/capture/ground-truth-index.ts",
      "src/source/json/json-lines-reader.ts",
      "src/source/content/object-map.ts",
      "src/source/columnar/parquet-reader.ts",
      "src/source/preprocess/preprocess-csv.ts",
      "src/source/record-values.ts",
      "src/source/transform/transform-pairs.ts",
      "src/source/transform/transform-reader.ts",
    ],
  ],
  ["check", ["src/job/run-check.ts"]],
];

const output: OutputOptions = {
  dir: "dist",
  entryFileNames: "[name].js",
  chunkFileNames: "[name].js",
  comments: false,
};

/** Small packages that every command needs; all others stay as they are installed. */
export const BUNDLED: readonly string[] = ["commander", "picocolors"];

const shared: RolldownOptions = {
  platform: "node",
  external: (id) => !/^[./]/.test(id) && !BUNDLED.includes(id),
};

/** Their licences, which go where their code goes. */
const licences: RolldownPluginOption = {
  name: "licences",
  generateBundle() {
    const texts = BUNDLED.map((name) => {
      const licence = readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim();
      return `${name}\n\n${licence}\n`;
    });
    this.emitFile({ type: "asset", fileName: "LICENSES.txt", source: texts.join("\n---\n\n") });
  },
};

/** Node's child processes take a while to load, for commands in files of their own: we have none. */
const lateChildProcess: RolldownPluginOption = {
  name: "late-child-process",
  transform: {
    filter: { id: /commander\/lib\/command\.js$/ },
    handler(code) {
      const early = "const childProcess = require('node:child_process');";
      if (!code.includes(early)) this.error(`commander has no line ${early}`);
      return code
        .replace(early, "")
        .replaceAll("childProcess.spawn(", "require('node:child_process').spawn(");
    },
  },
};

const builds: readonly RolldownOptions[] = [
  {
    ...shared,
    plugins: [licences, lateChildProcess],
    input: { cli: "src/cli.ts", index: "src/index.ts" },
    preserveEntrySignatures: "allow-extension",
    output: {
      ...output,
      codeSplitting: {
        groups: [{ debugName: "chunks", name: chunkOf }],
        includeDependenciesRecursively: false,
      },
    },
  },
  // A worker shares no memory with its parent, and so no parsed code: it gets a file of its own.
  ...[
    "src/hook/hook-worker.ts",
    "src/source/columnar/parquet-worker.ts",
    "src/source/content/hash-worker.ts",
    "src/job/csv-worker.ts",
  ].map((input) => ({
    ...shared,
    input,
    output: { ...output, codeSplitting: false },
  })),
];

export default builds;

const closures = new Map<string, Set<string>>();

/** The chunk of a module; null for an entry, and for what is left to where it is imported. */
function chunkOf(module: string, context: ChunkingContext): string | null {
  if (context.getModuleInfo(module)?.isEntry) return null;
  return CHUNKS.find(([, roots]) => isImportedBy(roots, module, context))?.[0] ?? null;
}

function isImportedBy(roots: readonly string[], module: string, context: ChunkingContext): boolean {
  return roots.some((root) => {
    const path = new URL(root, import.meta.url).pathname;
    let closure = closures.get(path);
    if (closure === undefined) {
      closure = new Set([path]);
      for (const each of closure) {
        for (const imported of context.getModuleInfo(each)?.importedIds ?? [])
          closure.add(imported);
      }
      closures.set(path, closure);
    }
    return closure.has(module);
  });
}
