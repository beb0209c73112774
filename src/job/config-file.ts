/** The file with a run's options: the one that is named, or else the one in the working folder. */
import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseYaml } from "../base/parse-yaml.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { type ParsedText, parsedJson, type SchemaOf, validateParsed } from "../base/validate.ts";

/** What is looked for in the working folder. */
const CONFIG_FILES = [
  "tidemark.config.json",
  "tidemark.config.yaml",
  "tidemark.config.yml",
] as const;

export interface ConfigFile<T> extends ParsedText {
  readonly path: string;
  readonly options: T;
}

/**
 * Reads the file that `given` names, JSON or YAML by its name; `false` stands for none. Otherwise
 * reads what is in the working folder, undefined where nothing is. Throws a configuration error for
 * a file that can not be read or does not follow the schema, and where two are found.
 */
export async function readConfigFile<T>(
  given: unknown,
  schemaOf: SchemaOf<T>,
): Promise<ConfigFile<T> | undefined> {
  if (given === false) return undefined;
  const path = given === undefined ? findConfigFile() : String(given);
  if (path === undefined) return undefined;
  const text = await readText(path);
  const isYaml = /\.ya?ml$/i.test(path);
  const parsed = isYaml ? await parseYaml(text, path) : parsedJson(text, path);
  return { ...parsed, path, options: await validateParsed(parsed, path, schemaOf) };
}

function findConfigFile(): string | undefined {
  const [path, other] = CONFIG_FILES.filter(isFile);
  if (other === undefined) return path;
  throw new TidemarkError({
    code: "configuration",
    what: `${path} and ${other} are both there`,
    expected: "one of them",
    hint: "Remove the other, or name one with --config.",
  });
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new TidemarkError({
      code: "configuration",
      location: { file: path },
      what: `can not be read (${(cause as NodeJS.ErrnoException).code})`,
      expected: "a JSON or YAML file with options",
      hint: "Check the path given with --config.",
      cause,
    });
  }
}
