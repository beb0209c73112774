/**
 * The build of `dist/`: few files, because Node spends about a millisecond on each that it opens, and
 * in each of them only what a command needs, because what is read is parsed. Names stay as they are
 * in `src/`, and so do the names in a stack trace.
 *
 * The chunks are CommonJS modules, whose compiled code can be kept (see `src/chunks.ts`).
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
  ["main", ["src/main.ts"]],
  ["job", ["src/run-job.ts", "src/source/content/file-hashes.ts"]],
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

/**
 * What packages do when they are loaded, which takes a while and serves nobody here: our commands
 * stand in no files of their own, and we decide about colours before we ask for them.
 */
const EARLY: readonly (readonly [RegExp, early: string, late?: (code: string) => string])[] = [
  [
    /commander\/lib\/command\.js$/,
    "const childProcess = require('node:child_process');",
    (code) => code.replaceAll("childProcess.spawn(", "require('node:child_process').spawn("),
  ],
  [/picocolors\/picocolors\.js$/, "(p.stdout || {}).isTTY && "],
];

const nothingEarly: RolldownPluginOption[] = EARLY.map(([id, early, late]) => ({
  name: "nothing-early",
  transform: {
    filter: { id },
    handler(code) {
      if (!code.includes(early)) this.error(`there is no ${early}`);
      const without = code.replace(early, "");
      return late?.(without) ?? without;
    },
  },
}));

/** Of what Node has: what takes milliseconds to load, and few runs need. */
const LATE_BUILTINS: readonly (readonly [variable: string, id: string])[] = [
  ["node_fs_promises", "node:fs/promises"],
  ["node_os", "node:os"],
  ["node_timers_promises", "node:timers/promises"],
  ["node_v8", "node:v8"],
  ["node_worker_threads", "node:worker_threads"],
];

/** Loads such parts of Node where they are used, not with the chunk. */
function loadLate(code: string): string {
  return LATE_BUILTINS.reduce(
    (text, [variable, id]) =>
      text
        .replace(`let ${variable} = require("${id}");\n`, "")
        .replaceAll(`${variable}.`, `(require("${id}")).`),
    code,
  );
}

const IMPORTER = "import-package.cjs";

/**
 * What `Chunks` needs of chunks: one byte a character, and no `import()`, which Node's scripts can
 * not do, but a file beside them can.
 */
const asScripts: RolldownPluginOption = {
  name: "as-scripts",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "chunk") continue;
      file.code = loadLate(file.code)
        .replace(/\bimport\((?=")/g, `require("./${IMPORTER}")(`)
        .replace(/[\u0080-\uffff]/g, escapeUnit);
    }
    const source = "module.exports = (id) => import(id);\n";
    this.emitFile({ type: "asset", fileName: IMPORTER, source });
  },
};

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The library is imported as an ES module, whose exports are those of a chunk: see `library.ts`. */
const libraryEntry: RolldownPluginOption = {
  name: "library-entry",
  generateBundle(_, bundle) {
    const chunk = bundle["index.cjs"];
    if (chunk?.type !== "chunk") this.error("there is no chunk of the library");
    const names = chunk.exports.join(",\n  ");
    const source = `import { library } from "./library.cjs";

export const {
  ${names},
} = library;
`;
    this.emitFile({ type: "asset", fileName: "index.js", source });
  },
};

const builds: readonly RolldownOptions[] = [
  {
    ...shared,
    plugins: [licences, nothingEarly, asScripts, libraryEntry],
    input: { main: "src/main.ts", index: "src/index.ts" },
    preserveEntrySignatures: "allow-extension",
    output: {
      ...output,
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name].cjs",
      codeSplitting: {
        groups: [{ debugName: "chunks", name: chunkOf }],
        includeDependenciesRecursively: false,
      },
    },
  },
  // A worker shares no memory with its parent, and so no parsed code: it gets a file of its own.
  ...["src/hook/hook-worker.ts", "src/source/columnar/parquet-worker.ts"].map((input) => ({
    ...shared,
    input,
    output: { ...output, codeSplitting: false },
  })),
  // Node takes five milliseconds more to start with an ES module.
  ...[
    "src/cli.ts",
    "src/library.ts",
    "src/source/content/file-hasher.ts",
    "src/job/csv-worker.ts",
  ].map(
    (input): RolldownOptions => ({
      ...shared,
      external: (id) => !/^[./]/.test(id) || id === "./index.cjs",
      input,
      output: { ...output, format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false },
    }),
  ),
  {
    ...shared,
    input: "compile-chunks.ts",
    output: { ...output, dir: "build", codeSplitting: false },
  },
];

export default builds;

const closures = new Map<string, Set<string>>();

/** The chunk of a module; null for the library's entry, and for what is left to where it is imported. */
function chunkOf(module: string, context: ChunkingContext): string | null {
  if (module.endsWith("src/index.ts")) return null;
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
