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
import {
  type Delivering,
  type DeliverySettings,
  NOTIFY_ON,
  takeDelivery,
} from "./delivery-settings.ts";
import type { InspectOptions } from "./inspect.ts";
import type {
  BaselineJobOptions,
  CheckJobOptions,
  HookSettings,
  JobOptions,
} from "./job-options.ts";
import { parseWholeNumber } from "./parse-whole-number.ts";
import { parseRejectedMax, REJECTED_MAX_EXPECTED } from "./rejection-count.ts";

/** Flag values by camelCase name, as the command line gives them. */
export type Flags = Readonly<Record<string, unknown>>;

type FileOptions = Partial<Omit<CheckJobOptions, "inputs" | "output" | "baseline" | "hooks">> &
  DeliverySettings & {
    readonly $schema?: string | undefined;
    readonly preprocessor?: string | undefined;
    readonly postprocessor?: string | undefined;
    readonly hookTimeout?: number | undefined;
    readonly monitoring_config?: ConfigOverrides | undefined;
  };

/** What scripts of the user's are given. */
export type HookSurroundings = Pick<HookSettings, "environment" | "log">;

/** Resolves the options of a baseline job; flags win over the file, the file over defaults. */
export async function resolveBaselineOptions(
  inputs: readonly string[],
  flags: Flags,
  surroundings: HookSurroundings = {},
): Promise<BaselineJobOptions & Delivering> {
  const { monitoring_config: fromFile, ...file } = await readConfig(flags);
  const monitoringConfig = { ...fromFile, ...monitoringFlags(flags) };
  return { ...resolveShared(inputs, flags, file, surroundings), monitoringConfig };
}

/** Resolves the options of a monitoring job; flags win over the file, the file over defaults. */
export async function resolveCheckOptions(
  inputs: readonly string[],
  flags: Flags,
  surroundings: HookSurroundings = {},
): Promise<CheckJobOptions & Delivering> {
  const { monitoring_config: _, ...file } = await readConfig(flags);
  return {
    ...resolveShared(inputs, flags, file, surroundings),
    ...given({ offenders: wholeNumberOf(flags, "offenders", 0) }),
    baseline: folderOf(flags, "baseline", "the folder of a baseline, such as -b baseline/"),
  };
}

/** Resolves the options of an inspection, save for its baseline; it has no configuration file. */
export function resolveInspectOptions(flags: Flags): Omit<InspectOptions, "baseline"> {
  return { ...resolveReading(flags, {}), recordsMax: wholeNumberOf(flags, "maxRecords", 1) };
}

function resolveShared(
  inputs: readonly string[],
  flags: Flags,
  { preprocessor, postprocessor, hookTimeout, ...fileOptions }: FileOptions,
  surroundings: HookSurroundings,
): JobOptions & Delivering {
  const [ofFile, file] = takeDelivery(fileOptions);
  const delivery = { ...ofFile.delivery, ...takeDelivery(flags)[0].delivery };
  const hooks: HookSettings = {
    ...surroundings,
    preprocessor: textOf(flags, "preprocessor") ?? preprocessor,
    postprocessor: textOf(flags, "postprocessor") ?? postprocessor,
    timeoutSeconds: wholeNumberOf(flags, "hookTimeout", 1) ?? hookTimeout,
  };
  const isHooked = hooks.preprocessor !== undefined || hooks.postprocessor !== undefined;
  return {
    ...resolveReading(flags, file),
    ...(isHooked ? { hooks } : {}),
    ...takeDelivery(delivery)[0],
    ...given({
      seed: wholeNumberOf(flags, "seed", 0),
      threads: wholeNumberOf(flags, "threads", 1),
    }),
    inputs,
    output: folderOf(flags, "output", "a folder to write to, such as -o report/"),
  };
}

/** Leaves out what is undefined, which would hide what the file says. */
function given<T extends object>(options: T): Partial<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

type Reading = Omit<JobOptions, "inputs" | "output" | "hooks">;

function resolveReading(flags: Flags, file: FileOptions): Reading {
  const shared = Object.fromEntries(
    SHARED_FLAGS.filter((name) => flags[name] !== undefined).map((name) => [name, flags[name]]),
  ) as Partial<JobOptions>;
  const { nullValues, maxRejected } = flags;
  const options = {
    ...file,
    ...shared,
    ...(nullValues === undefined ? {} : { nullTokens: nullValues as string[] }),
    ...(maxRejected === undefined ? {} : { maxRejectedShare: rejectedMaxOf(String(maxRejected)) }),
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
  "report",
  "evidence",
  "outputColumnsPosition",
  "sides",
  "start",
  "end",
  "map",
  "groundTruth",
  "omitEmptyViolations",
  "advisoriesAsViolations",
  "segments",
] as const;

function folderOf(flags: Flags, name: "output" | "baseline", expected: string): string {
  const folder = String(flags[name] ?? "");
  if (folder !== "") return folder;
  throw new TidemarkError({ code: "usage", what: `--${name} is missing`, expected });
}

function textOf(flags: Flags, name: string): string | undefined {
  return flags[name] === undefined ? undefined : String(flags[name]);
}

function wholeNumberOf(flags: Flags, key: string, least: number): number | undefined {
  const text = textOf(flags, key);
  if (text === undefined) return undefined;
  const number = parseWholeNumber(text, least);
  if (number !== undefined) return number;
  throw new TidemarkError({
    code: "usage",
    what: `${flagOf(key)} is ${excerpt(text)}`,
    expected: `a whole number of at least ${least}`,
  });
}

/** `hookTimeout` is `--hook-timeout`. */
function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
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
        return [key, parseSetting(key, String(flags[key]), flagOf(key))];
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
  const { $schema: _, ...options } = await validate(text, String(path), configSchema);
  return options;
}

export const configSchema: SchemaOf<FileOptions> = (z) => {
  const text = z.string({ error: "a text" }).optional();
  const flag = z.boolean({ error: "true or false" }).optional();
  const list = z.array(z.string({ error: "a text" }), { error: "a list of texts" }).optional();
  const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
    z.enum(values, { error: values.join(" or ") }).optional();
  const wholeNumber = (least: number) => {
    const error = `a whole number of at least ${least}`;
    return z.int({ error }).min(least, error).optional();
  };
  return z.strictObject(
    {
      $schema: text,
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
      maxRejectedShare: parsedBy(
        z,
        REJECTED_MAX_EXPECTED,
        (value) => parseRejectedMax(String(value)),
        {
          anyOf: [
            { type: "number", minimum: 0 },
            { type: "string", pattern: "^[0-9]+([.][0-9]+)?%?$" },
          ],
        },
      ).optional(),
      showValues: flag,
      report: flag,
      evidence: flag,
      outputColumnsPosition: oneOf(["START", "END"]),
      sides: oneOf(["both", "input", "output"]),
      start: text,
      end: text,
      map: list,
      groundTruth: text,
      omitEmptyViolations: flag,
      advisoriesAsViolations: flag,
      segments: flag,
      preprocessor: text,
      postprocessor: text,
      hookTimeout: wholeNumber(1),
      seed: wholeNumber(0),
      threads: wholeNumber(1),
      offenders: wholeNumber(0),
      metricsFile: text,
      embeddedMetrics: text,
      pushgateway: text,
      otlpEndpoint: text,
      metricLabels: list,
      notify: text,
      notifySlack: text,
      notifyOn: oneOf(NOTIFY_ON),
      failOnUndelivered: flag,
      monitoring_config: monitoringConfigSchema(z, "refused").optional(),
    },
    { error: "an object" },
  ) as unknown as ReturnType<SchemaOf<FileOptions>>;
};
