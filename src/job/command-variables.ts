/**
 * Options of the command line from the environment: those of a container, and those that a
 * container is told otherwise or not at all.
 */
import { INPUT_FORMATS } from "../source/input-formats.ts";
import {
  KINDS,
  type Kind,
  nameOf,
  oneOf,
  readVariables,
  SWITCH,
  TEXT,
  type Variables,
  wholeNumber,
} from "./container-options.ts";
import type { Environment } from "./container-paths.ts";

const PATH: Kind<string> = { ...TEXT, expected: "a path" };

const { strictMetrics: _, ...SHARED_KINDS } = KINDS;

const COMMAND_KINDS: Readonly<Record<string, Kind<unknown>>> = {
  ...SHARED_KINDS,
  config: PATH,
  output: PATH,
  baseline: PATH,
  format: oneOf(INPUT_FORMATS),
  start: { ...TEXT, expected: "an ISO 8601 time" },
  end: { ...TEXT, expected: "an ISO 8601 time" },
  preprocessor: PATH,
  postprocessor: PATH,
  maxRecords: wholeNumber(1),
  json: SWITCH,
  verbose: SWITCH,
  quiet: SWITCH,
};

/**
 * Parses the variables, save for those whose flag is given. Throws a usage error for a wrong value.
 */
export function readCommandVariables(
  env: Environment,
  flags: Readonly<Record<string, unknown>>,
): Variables {
  const given = Object.keys(flags).filter((key) => flags[key] !== undefined);
  const overruled = new Set(given.map(nameOf));
  const rest = Object.entries(env).filter(([name]) => !overruled.has(name));
  return readVariables(Object.fromEntries(rest), COMMAND_KINDS);
}
