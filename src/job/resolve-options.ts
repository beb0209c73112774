/**
 * Command-line flags over the environment over a configuration file: one list of options for all.
 *
 * The keys of the file are the options' names in camelCase; thresholds and methods stand under
 * `monitoring_config`, spelled as in `constraints.json`, so that its block can be pasted.
 */
import { SEMANTICS } from "../base/semantics.ts";
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";
import { parsedBy, type SchemaOf } from "../base/validate.ts";
import type { ConfigOverrides } from "../constraints/constraints.ts";
import { monitoringConfigSchema } from "../constraints/monitoring-config.ts";
import { SCHEMAS } from "../profile/statistics-file.ts";
import { INPUT_FORMATS } from "../source/input-formats.ts";
import {
  type Delivering,
  type DeliverySettings,
  NOTIFY_ON,
  takeDelivery,
} from "./delivery-settings.ts";
import {
  type Flags,
  folderOf,
  monitoringFlags,
  rejectedMaxOf,
  textOf,
  wholeNumberOf,
} from "./flag-values.ts";
import type { InspectOptions } from "./inspect.ts";
import {
  type BaselineJobOptions,
  type CheckJobOptions,
  type HookSettings,
  type JobOptions,
  SSE_ALGORITHMS,
} from "./job-options.ts";
import { readOptionLayers } from "./option-layers.ts";
import { parseRejectedMax, REJECTED_MAX_EXPECTED } from "./rejection-count.ts";

/** How a command tells of its run. */
export interface Presentation {
  readonly json?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly failOnViolation?: boolean | undefined;
}

type FileOptions = Partial<Omit<CheckJobOptions, "inputs" | "hooks" | "output">> &
  Presentation &
  DeliverySettings & {
    readonly output?: string | undefined;
    readonly $schema?: string | undefined;
    readonly preprocessor?: string | undefined;
    readonly postprocessor?: string | undefined;
    readonly hookTimeout?: number | undefined;
    readonly maxRecords?: number | undefined;
    readonly monitoring_config?: ConfigOverrides | undefined;
  };

/** What scripts of the user's are given; the environment sets options too. */
export type HookSurroundings = Pick<HookSettings, "environment" | "log">;

/**
 * Resolves the options of a baseline job; flags win over the environment, that over the file, that
 * over defaults. Without `--output` it is written where checks look for their `baseline`.
 */
export async function resolveBaselineOptions(
  inputs: readonly string[],
  flags: Flags,
  surroundings: HookSurroundings = {},
): Promise<BaselineJobOptions & Delivering & Presentation> {
  const { options } = await readOptionLayers(flags, surroundings.environment ?? {}, configSchema);
  const { monitoring_config: fromLayers, baseline, output, ...rest } = options;
  return {
    ...resolveShared(inputs, flags, { ...rest, output: baseline ?? output }, surroundings),
    monitoringConfig: { ...fromLayers, ...monitoringFlags(flags) },
  };
}

/** Resolves the options of a monitoring job in the same order. */
export async function resolveCheckOptions(
  inputs: readonly string[],
  flags: Flags,
  surroundings: HookSurroundings = {},
): Promise<CheckJobOptions & Delivering & Presentation> {
  const { options } = await readOptionLayers(flags, surroundings.environment ?? {}, configSchema);
  const { monitoring_config: _, baseline, ...rest } = options;
  return {
    ...resolveShared(inputs, flags, rest, surroundings),
    ...given({ offenders: wholeNumberOf(flags, "offenders", 0) }),
    baseline: folderOf(
      flags,
      "baseline",
      baseline,
      "the folder of a baseline, such as -b baseline/",
    ),
  };
}

/** An inspection's options, and the folder of its baseline where one is given. */
export interface InspectSettings {
  readonly options: Omit<InspectOptions, "baseline">;
  readonly baseline: string | undefined;
  readonly isJson: boolean;
}

/** Resolves the options of an inspection in the same order. */
export async function resolveInspectOptions(
  flags: Flags,
  environment: HookSurroundings["environment"] = {},
): Promise<InspectSettings> {
  const { options } = await readOptionLayers(flags, environment, configSchema);
  const { preprocessor: _, baseline, json = false, maxRecords, ...rest } = options;
  return {
    options: {
      ...resolveReading(flags, rest),
      recordsMax: wholeNumberOf(flags, "maxRecords", 1) ?? maxRecords,
    },
    baseline: textOf(flags, "baseline") ?? baseline,
    isJson: flags["json"] === true || json,
  };
}

function resolveShared(
  inputs: readonly string[],
  flags: Flags,
  { preprocessor, postprocessor, hookTimeout, maxRecords: _, output, ...others }: FileOptions,
  surroundings: HookSurroundings,
): JobOptions & Delivering {
  const [ofFile, file] = takeDelivery(others);
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
    output: folderOf(flags, "output", output, "a folder to write to, such as -o report/"),
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
  "sse",
  "sseKmsKey",
] as const;

function assertSemantics(semantics: string | undefined): void {
  if (semantics === undefined || SEMANTICS.some((known) => known === semantics)) return;
  throw new TidemarkError({
    code: "usage",
    what: `--semantics is ${excerpt(semantics)}`,
    expected: SEMANTICS.join(" or "),
  });
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
      format: oneOf(INPUT_FORMATS),
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
      sse: oneOf(SSE_ALGORITHMS),
      sseKmsKey: text,
      preprocessor: text,
      postprocessor: text,
      hookTimeout: wholeNumber(1),
      seed: wholeNumber(0),
      threads: wholeNumber(1),
      offenders: wholeNumber(0),
      output: text,
      baseline: text,
      maxRecords: wholeNumber(1),
      json: flag,
      verbose: flag,
      quiet: flag,
      failOnViolation: flag,
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
