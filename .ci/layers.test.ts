/**
 * The architecture as a test: imports point down the list, folders of one layer do not see each
 * other, nothing below the hooks touches the process, the clock or chance, each package has one
 * importer, and files keep to their size.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { BUNDLED } from "../rolldown.config.ts";

const LAYERS = [
  ["base", "kernel"],
  ["storage"],
  ["sketch", "source"],
  ["profile"],
  ["accumulate"],
  ["constraints"],
  ["checks"],
  ["monitor"],
  ["report"],
  ["hook"],
  ["job"],
  [""],
];

const FILE_LINES_MAX = 300;
const LINE_COLUMNS_MAX = 100;

/** What layers below the hooks may not touch, and what to use instead. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/\bprocess\./, "the process: pass the value in"],
  [/\bconsole\./, "the console: return text"],
  [/\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/, "the clock: pass the time in"],
  [/\bMath\.random\b/, "chance: pass a seed in"],
  [/\btoLocale\w+\((?!"en-US")|\bIntl\./, "the locale: name it"],
];

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const root = new URL("../src/", import.meta.url).pathname;
const sources: readonly Source[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !/\.test(-d)?\.ts$|\.test\./.test(path))
  .map((path) => {
    const text = readFileSync(join(root, path), "utf8");
    const imports = [...text.matchAll(/(?:from|import\(|import)\s*"([^"]+)"|\)\("([^"]+)"\)/g)];
    return { path, text, imports: imports.map((match) => match[1] ?? match[2]!) };
  });

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.indexOf("/")) : "";
}

function layerOf(path: string): number {
  return LAYERS.findIndex((folders) => folders.includes(folderOf(path)));
}

describe("layers", () => {
  it("finds the sources", () => {
    expect(sources.length).toBeGreaterThan(40);
    for (const { path } of sources) expect(layerOf(path), path).toBeGreaterThanOrEqual(0);
  });

  it("imports only from its own folder or a lower layer", () => {
    const upward = sources.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith("."))
        .map((specifier) => normalize(join(dirname(path), specifier)))
        .filter((target) => folderOf(target) !== folderOf(path) && layerOf(target) >= layerOf(path))
        .map((target) => `${path} imports ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it("keeps process, console, clock, chance and locale to the hooks and above", () => {
    const hooks = LAYERS.findIndex((folders) => folders.includes("hook"));
    const touched = sources
      .filter(({ path }) => layerOf(path) < hooks)
      .flatMap(({ path, text }) =>
        BANNED.filter(([pattern]) => pattern.test(text)).map(
          ([, what]) => `${path} touches ${what}`,
        ),
      );
    expect(touched).toEqual([]);
  });

  it("passes the hooks their environment", () => {
    const hooks = sources.filter(({ path }) => folderOf(path) === "hook");
    expect(hooks.length).toBeGreaterThan(0);
    const readers = hooks.filter(({ text }) => /process\.env|["']node:process["']/.test(text));
    expect(readers.map(({ path }) => path)).toEqual([]);
  });

  it("gives each package one importing file", () => {
    const importers = new Map<string, Set<string>>();
    for (const { path, imports } of sources) {
      for (const specifier of imports) {
        if (specifier.startsWith(".") || specifier.startsWith("node:")) continue;
        const [name = ""] = /^(?:@[^/]+\/)?[^/]+/.exec(specifier) ?? [];
        importers.set(name, (importers.get(name) ?? new Set()).add(path));
      }
    }
    const shared = [...importers].filter(([, files]) => files.size > 1);
    expect(shared.map(([name, files]) => `${name}: ${[...files].join(", ")}`)).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(root, "../package.json"), "utf8"));
    const { dependencies, peerDependencies } = manifest;
    const declared = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    expect([...importers.keys()].sort()).toEqual([...declared, ...BUNDLED].sort());
  });

  it("shows the layers of the test in ARCHITECTURE.md", () => {
    const document = readFileSync(join(root, "../ARCHITECTURE.md"), "utf8");
    const listed = [...document.matchAll(/^\| (\d+) \| `src\/([a-z]*)/gm)].map(
      (match) => [Number(match[1]), match[2]] as const,
    );
    const expected = LAYERS.slice(0, -1).flatMap((folders, layer) =>
      folders.map((folder) => [layer, folder] as const),
    );
    expect(listed).toEqual(expected);
  });
});

describe("files", () => {
  it(`stay under ${FILE_LINES_MAX} lines and ${LINE_COLUMNS_MAX} columns`, () => {
    const long = sources.flatMap(({ path, text }) => {
      const lines = text.split("\n");
      const wide = lines.findIndex((line) => line.length > LINE_COLUMNS_MAX);
      const isTable = path.endsWith("-bias.ts");
      return [
        ...(lines.length > FILE_LINES_MAX + 1 && !isTable
          ? [`${path}: ${lines.length} lines`]
          : []),
        ...(wide >= 0 ? [`${path}:${wide + 1}: over ${LINE_COLUMNS_MAX} columns`] : []),
      ];
    });
    expect(long).toEqual([]);
  });

  it("carry no vague names", () => {
    const vague = sources.filter(({ path }) =>
      /(^|\/)(utils?|helpers?|common|types|manager|data)(\/|\.ts$)/.test(path),
    );
    expect(vague.map(({ path }) => path)).toEqual([]);
  });
});
