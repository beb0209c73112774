/** Every option with its value and where that comes from, for whoever wonders. */
import { formatLocation } from "../base/tidemark-error.ts";
import { jsonSchemaOf } from "../base/validate.ts";
import { DEFAULT_CONFIG } from "../constraints/constraints.ts";
import { memberOf, SETTINGS, settingPath } from "../constraints/monitoring-config.ts";
import type { ConfigFile } from "./config-file.ts";
import type { Environment } from "./container-paths.ts";
import { type Flags, flagOf } from "./flag-values.ts";
import { OPTION_DEFAULTS } from "./option-defaults.ts";
import { type OptionLayers, readOptionLayers } from "./option-layers.ts";
import {
  configSchema,
  resolveBaselineOptions,
  resolveCheckOptions,
  resolveInspectOptions,
} from "./resolve-options.ts";

export interface ReportedOption {
  /** As in a configuration file, such as `monitoring_config.emit_metrics`. */
  readonly name: string;
  /** As it was given; an address without what may be secret. Absent: told from the inputs. */
  readonly value?: unknown;
  readonly source: "flag" | "environment" | "file" | "default";
  /** The flag, the variable, or the place in the file. */
  readonly from?: string | undefined;
}

export interface OptionReport {
  readonly file?: string | undefined;
  readonly options: readonly ReportedOption[];
  /** Variables that look like ours and are not. */
  readonly ignored: readonly string[];
}

/** Options whose flag has another name than their key. */
const FLAG_KEYS: Readonly<Record<string, string>> = {
  nullTokens: "nullValues",
  maxRejectedShare: "maxRejected",
};

/** Where one option may be set, nearest first. */
interface Places {
  readonly name: string;
  readonly flagKey: string;
  readonly variable: string | undefined;
  /** Keys that lead to it in a file. */
  readonly path: readonly string[];
  readonly fallback: unknown;
}

/** Throws a usage or configuration error for whatever a job would refuse. */
export async function reportOptions(flags: Flags, environment: Environment): Promise<OptionReport> {
  const surroundings = { environment };
  const { config } = flags;
  // Whether the whole can be used is for the commands to say; folders are theirs too.
  await resolveBaselineOptions([], { output: ".", ...flags }, surroundings);
  await resolveCheckOptions([], { output: ".", baseline: ".", ...flags }, surroundings);
  await resolveInspectOptions(flags, environment);
  const layers = await readOptionLayers({ ...flags, config }, environment, configSchema);
  const places = [...(await optionPlaces(layers)), ...settingPlaces(layers)];
  return {
    file: layers.file?.path,
    options: places.map((each) => reportOption(each, flags, environment, layers.file)),
    ignored: layers.variables.unknown,
  };
}

async function optionPlaces({ variables }: OptionLayers<unknown & object>): Promise<Places[]> {
  const { properties } = (await jsonSchemaOf(configSchema)) as { properties: object };
  return Object.keys(properties)
    .filter((key) => key !== "$schema" && key !== "monitoring_config")
    .map((key) => ({
      name: key,
      flagKey: FLAG_KEYS[key] ?? key,
      variable: variables.names.get(key),
      path: [key],
      fallback: OPTION_DEFAULTS[key],
    }));
}

function settingPlaces({ file, variables }: OptionLayers<unknown & object>): Places[] {
  const config = memberOf(file?.value, "monitoring_config");
  return (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]).map((key) => ({
    name: `monitoring_config.${SETTINGS[key].names[0]}`,
    flagKey: key,
    variable: variables.names.get(key),
    path: ["monitoring_config", ...settingPath(config, key).path],
    fallback: DEFAULT_CONFIG[key],
  }));
}

function reportOption(
  { name, flagKey, variable, path, fallback }: Places,
  flags: Flags,
  environment: Environment,
  file: ConfigFile<unknown> | undefined,
): ReportedOption {
  const flag = flags[flagKey];
  if (flag !== undefined) {
    const from = flag === false ? flagOf(`no-${flagKey}`) : flagOf(flagKey);
    return { name, value: shown(flag), source: "flag", from };
  }
  if (variable !== undefined) {
    return { name, value: shown(environment[variable]), source: "environment", from: variable };
  }
  const value = path.reduce<unknown>(memberOf, file?.value);
  if (file !== undefined && value !== undefined) {
    const from = formatLocation({ file: file.path, ...file.locatorOf()(path) });
    return { name, value: shown(value), source: "file", from };
  }
  return { name, value: fallback, source: "default" };
}

/** The path of an address, and what stands before its host, may be a secret. */
function shown(value: unknown): unknown {
  if (typeof value !== "string") return value;
  return value.replace(/^(https?:\/\/)(?:[^/]*@)?([^/?#]*).*$/s, "$1$2/…");
}
