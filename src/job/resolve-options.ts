/**
 * Command-line flags over a configuration file: one list of options for both jobs.
 *
 * The file is JSON. Its keys are the options' names in camelCase; thresholds and methods stand
 * under `monitoring_config`, spelled as in `constraints.json`, so that its block can be pasted.
 */
import { readFile } from "node:fs/promises";
import { SEMANTICS } from "../base/semantics.ts";
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";
import { parsedBy, type SchemaOf, validate } from "../base/validate.ts";
import type { ConfigOverrides } from "../constraints/constraints.ts";
import {
  monitoringConfigSchema,
  parseSetting,
  SETTINGS,
} from "../constraints/monitoring-config.ts";
import { SCHEMAS } from "../profile/statistics-file.ts";
import type { BaselineJobOptions, CheckJobOptions, JobOptions } from "./job-options.ts";
import { parseRejectedMax, REJECTED_MAX_EXPECTED } from "./rejection-count.ts";

/** Flag values by camelCase name, as the command line gives them. */
export type Flags = Readonly<Record<string, unknown>>;

type FileOptions = Partial<Omit<CheckJobOptions, "inputs" | "output" | "baseline">> & {
  readonly monitoring_config?: ConfigOverrides | undefined;
};

/** Resolves the options of a baseline job; flags win over the file, the file over defaults. */
export async function resolveBaselineOptions(
  inputs: readonly string[],
  flags: Flags,
): Promise<BaselineJobOptions> {
  const { monitoring_config: fromFile, ...file } = await readConfig(flags);
  const monitoringConfig = { ...fromFile, ...monitoringFlags(flags) };
  return { ...resolveShared(inputs, flags, file), monitoringConfig };
}

/** Resolves the options of a monitoring job; flags win over the file, the file over defaults. */
export async function resolveCheckOptions(
  inputs: readonly string[],
  flags: Flags,
): Promise<CheckJobOptions> {
  const { monitoring_config: _, ...file } = await readConfig(flags);
  return {
    ...resolveShared(inputs, flags, file),
    baseline: folderOf(flags, "baseline", "the folder of a baseline, such as -b baseline/"),
  };
}

function resolveShared(inputs: readonly string[], flags: Flags, file: FileOptions): JobOptions {
  const given = Object.fromEntries(
    SHARED_FLAGS.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]),
  ) as Partial<JobOptions>;
  const { nullValues, maxRejected } = flags;
  const options: JobOptions = {
    ...file,
    ...given,
    ...(nullValues === undefined ? {} : { nullTokens: nullValues as string[] }),
    ...(maxRejected === undefined ? {} : { maxRejectedShare: rejectedMaxOf(String(maxRejected)) }),
    inputs,
    output: folderOf(flags, "output", "a folder to write to, such as -o report/"),
  };
  assertSemantics(options.semantics);
  return options;
}

/** Flags whose name and value are those of the option. */
const SHARED_FLAGS = [
  "semantics",
  "format",
  "header",
  "delimiter",
  "quote",
  "csvEscape",
  "emptyIsMissing",
  "columns",
  "exclude",
  "lenientNumbers",
  "schema",
  "redactSketch",
  "unknownAs",
  "showValues",
  "outputColumnsPosition",
  "sides",
  "start",
  "end",
  "map",
  "groundTruth",
  "omitEmptyViolations",
] as const;

function folderOf(flags: Flags, name: "output" | "baseline", expected: string): string {
  const folder = String(flags[name] ?? "");
  if (folder !== "") return folder;
  throw new TidemarkError({ code: "usage", what: `--${name} is missing`, expected });
}

function rejectedMaxOf(text: string): ReturnType<typeof parseRejectedMax> {
  const max = parseRejectedMax(text);
  if (max !== undefined) return max;
  throw new TidemarkError({
    code: "usage",
    what: `--max-rejected is ${excerpt(text)}`,
    expected: REJECTED_MAX_EXPECTED,
  });
}

function assertSemantics(semantics: string | undefined): void {
  if (semantics === undefined || SEMANTICS.some((known) => known === semantics)) return;
  throw new TidemarkError({
    code: "usage",
    what: `semantics is ${excerpt(semantics)}`,
    expected: SEMANTICS.join(" or "),
    hint: "It comes from --semantics, TIDEMARK_SEMANTICS or the configuration file.",
  });
}

function monitoringFlags(flags: Flags): ConfigOverrides {
  const keys = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];
  return Object.fromEntries(
    keys
      .filter((key) => flags[key] !== undefined)
      .map((key) => {
        const name = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
        return [key, parseSetting(key, String(flags[key]), name)];
      }),
  );
}

async function readConfig(flags: Flags): Promise<FileOptions> {
  const path = flags["config"];
  if (path === undefined) return {};
  let text: string;
  try {
    text = await readFile(String(path), "utf8");
  } catch (cause) {
    throw new TidemarkError({
      code: "configuration",
      location: { file: String(path) },
      what: `can not be read (${(cause as NodeJS.ErrnoException).code})`,
      expected: "a JSON file with options",
      hint: "Check the path given with --config.",
      cause,
    });
  }
  return validate(text, String(path), configSchema);
}

const configSchema: SchemaOf<FileOptions> = (z) => {
  const text = z.string({ error: "a text" }).optional();
  const flag = z.boolean({ error: "true or false" }).optional();
  const list = z.array(z.string({ error: "a text" }), { error: "a list of texts" }).optional();
  const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
    z.enum(values, { error: values.join(" or ") }).optional();
  return z.strictObject(
    {
      semantics: oneOf(SEMANTICS),
      schema: oneOf(SCHEMAS),
      format: oneOf(["csv", "capture", "jsonl"]),
      header: flag,
      delimiter: text,
      quote: text,
      csvEscape: oneOf(["double", "backslash"]),
      nullTokens: list,
      emptyIsMissing: flag,
      columns: list,
      exclude: list,
      lenientNumbers: flag,
      redactSketch: flag,
      unknownAs: oneOf(["Unknown", "String"]),
      maxRejectedShare: parsedBy(z, REJECTED_MAX_EXPECTED, (value) =>
        parseRejectedMax(String(value)),
      ).optional(),
      showValues: flag,
      outputColumnsPosition: oneOf(["START", "END"]),
      sides: oneOf(["both", "input", "output"]),
      start: text,
      end: text,
      map: list,
      groundTruth: text,
      omitEmptyViolations: flag,
      monitoring_config: monitoringConfigSchema(z, "refused").optional(),
    },
    { error: "an object" },
  ) as unknown as ReturnType<SchemaOf<FileOptions>>;
};
