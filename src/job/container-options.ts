/**
 * Options from the environment: every flag `--x-y` of the command line that shapes a run is the
 * variable `TIDEMARK_X_Y`, and each threshold and method of `monitoring_config` likewise.
 */
import { SEMANTICS } from "../base/semantics.ts";
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";
import type { ConfigOverrides } from "../constraints/constraints.ts";
import { parseSetting, SETTINGS } from "../constraints/monitoring-config.ts";
import { SCHEMAS } from "../profile/statistics-file.ts";
import type { Environment } from "./container-paths.ts";
import { type DeliverySettings, NOTIFY_ON } from "./delivery-settings.ts";
import { type CheckJobOptions, SSE_ALGORITHMS } from "./job-options.ts";
import { NOTIFY_SECRET } from "./notifiers.ts";
import { parseWholeNumber } from "./parse-whole-number.ts";
import { parseRejectedMax, REJECTED_MAX_EXPECTED } from "./rejection-count.ts";
import { splitList } from "./split-list.ts";

const PREFIX = "TIDEMARK_";

/** Names that are not options of a run but are ours. */
const OTHERS: readonly string[] = ["TIDEMARK_ML_ROOT", "TIDEMARK_PYTHON", NOTIFY_SECRET];

type JobKey =
  | "semantics"
  | "schema"
  | "header"
  | "delimiter"
  | "quote"
  | "csvEscape"
  | "nullTokens"
  | "emptyIsMissing"
  | "columns"
  | "exclude"
  | "lenientNumbers"
  | "redactSketch"
  | "unknownAs"
  | "maxRejectedShare"
  | "showValues"
  | "report"
  | "evidence"
  | "outputColumnsPosition"
  | "sides"
  | "map"
  | "groundTruth"
  | "seed"
  | "threads"
  | "offenders"
  | "omitEmptyViolations"
  | "advisoriesAsViolations"
  | "segments"
  | "sse"
  | "sseKmsKey";

type RunOptions = Pick<CheckJobOptions, JobKey> &
  DeliverySettings & {
    /** Exit with 4 when there are violations. */
    readonly failOnViolation?: boolean | undefined;
    /** Metrics asked for outside a schedule fail the job, as they do in the service. */
    readonly strictMetrics?: boolean | undefined;
    /** Seconds. */
    readonly hookTimeout?: number | undefined;
  };

export interface ContainerOptions {
  readonly options: RunOptions;
  readonly monitoringConfig: ConfigOverrides;
  /** Whole sentences about variables that look like ours and are not. */
  readonly warnings: readonly string[];
}

/** How one option is written in a variable. */
export interface Kind<T> {
  readonly expected: string;
  /** Undefined when the text is not of this kind. */
  readonly parse: (text: string) => T | undefined;
  /** Names beside the key's own, without the prefix. */
  readonly aliases?: readonly string[];
}

export const TEXT: Kind<string> = {
  expected: "a text, \\t for a tab",
  parse: (text) => (text === "\\t" ? "\t" : text),
};

export const SWITCH: Kind<boolean> = {
  expected: "true or false",
  parse: (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined),
};

const LIST: Kind<readonly string[]> = {
  expected: "comma-separated texts",
  parse: (text) => splitList(text),
};

export function oneOf<T extends string>(values: readonly T[]): Kind<T> {
  return {
    expected: values.join(" or "),
    parse: (text) => values.find((value) => value.toLowerCase() === text.toLowerCase()),
  };
}

export function wholeNumber(least: number): Kind<number> {
  return {
    expected: `a whole number of at least ${least}`,
    parse: (text) => parseWholeNumber(text, least),
  };
}

/** What a container's variables may set. */
export const KINDS: { readonly [K in keyof RunOptions]-?: Kind<NonNullable<RunOptions[K]>> } = {
  semantics: oneOf(SEMANTICS),
  schema: oneOf(SCHEMAS),
  header: SWITCH,
  delimiter: TEXT,
  quote: TEXT,
  csvEscape: oneOf(["double", "backslash"]),
  nullTokens: { ...LIST, aliases: ["NULL_VALUES"] },
  emptyIsMissing: SWITCH,
  columns: LIST,
  exclude: { ...LIST, aliases: ["EXCLUDE_FEATURES"] },
  lenientNumbers: SWITCH,
  redactSketch: SWITCH,
  unknownAs: oneOf(["Unknown", "String"]),
  maxRejectedShare: {
    expected: REJECTED_MAX_EXPECTED,
    parse: parseRejectedMax,
    aliases: ["MAX_REJECTED"],
  },
  showValues: SWITCH,
  report: SWITCH,
  evidence: SWITCH,
  outputColumnsPosition: oneOf(["START", "END"]),
  sides: { ...oneOf(["both", "input", "output"]), aliases: ["CAPTURE_SIDES"] },
  map: LIST,
  groundTruth: { ...TEXT, expected: "a path" },
  omitEmptyViolations: SWITCH,
  advisoriesAsViolations: SWITCH,
  segments: SWITCH,
  sse: oneOf(SSE_ALGORITHMS),
  sseKmsKey: { ...TEXT, expected: "a key's id" },
  failOnViolation: SWITCH,
  strictMetrics: SWITCH,
  hookTimeout: wholeNumber(1),
  seed: wholeNumber(0),
  threads: wholeNumber(1),
  offenders: wholeNumber(0),
  metricsFile: { ...TEXT, expected: "a path" },
  embeddedMetrics: { ...TEXT, expected: "a path" },
  pushgateway: { ...TEXT, expected: "an address" },
  otlpEndpoint: { ...TEXT, expected: "an address" },
  metricLabels: LIST,
  notify: { ...TEXT, expected: "an address" },
  notifySlack: { ...TEXT, expected: "an address" },
  notifyOn: oneOf(NOTIFY_ON),
  failOnUndelivered: SWITCH,
};

/** Parses the variables; empty ones count as absent. Throws a usage error for a wrong value. */
export function parseContainerOptions(env: Environment): ContainerOptions {
  const { options, monitoringConfig, unknown } = readVariables(env, KINDS);
  return {
    options: options as RunOptions,
    monitoringConfig,
    warnings: unknown.map((name) => `${name} is not a known option and is ignored.`),
  };
}

export interface Variables {
  readonly options: Readonly<Record<string, unknown>>;
  readonly monitoringConfig: ConfigOverrides;
  /** The variable that each key of both was read from. */
  readonly names: ReadonlyMap<string, string>;
  /** Variables that look like ours and are not. */
  readonly unknown: readonly string[];
}

/** Parses what `kinds` and `monitoring_config` have variables for. */
export function readVariables(
  env: Environment,
  kinds: Readonly<Record<string, Kind<unknown>>>,
): Variables {
  const known = new Set(OTHERS);
  const names = new Map<string, string>();
  const given = (key: string, aliases: readonly string[] = []): string | undefined => {
    const all = [nameOf(key), ...aliases.map((alias) => PREFIX + alias)];
    for (const name of all) known.add(name);
    const name = all.find((each) => env[each]);
    if (name !== undefined) names.set(key, name);
    return name;
  };
  const options = Object.entries(kinds).flatMap(([key, kind]) => {
    const name = given(key, kind.aliases);
    return name === undefined ? [] : [[key, parseAs(kind, name, env[name]!)] as const];
  });
  const settings = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]).flatMap((key) => {
    const name = given(key);
    return name === undefined ? [] : [[key, parseSetting(key, env[name]!, name)] as const];
  });
  return {
    options: Object.fromEntries(options),
    monitoringConfig: Object.fromEntries(settings),
    names,
    // Not a fault: Kubernetes gives TIDEMARK_PORT to the neighbours of a service named tidemark.
    unknown: Object.keys(env).filter((name) => name.startsWith(PREFIX) && !known.has(name)),
  };
}

function parseAs(kind: Kind<unknown>, name: string, text: string): unknown {
  const value = kind.parse(text);
  if (value !== undefined) return value;
  const what = `${name} is ${excerpt(text)}`;
  throw new TidemarkError({ code: "usage", what, expected: kind.expected });
}

/** `nullTokens` is `TIDEMARK_NULL_TOKENS`. */
export function nameOf(key: string): string {
  return PREFIX + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
