/** Parses the values of flags; a fault names the flag as its user wrote it. */
import { excerpt, TidemarkError } from "../base/tidemark-error.ts";
import type { ConfigOverrides } from "../constraints/constraints.ts";
import { parseSetting, SETTINGS } from "../constraints/monitoring-config.ts";
import { parseWholeNumber } from "./parse-whole-number.ts";
import { parseRejectedMax, REJECTED_MAX_EXPECTED } from "./rejection-count.ts";

/** Flag values by camelCase name, as the command line gives them. */
export type Flags = Readonly<Record<string, unknown>>;

export function folderOf(
  flags: Flags,
  name: "output" | "baseline",
  fallback: string | undefined,
  expected: string,
): string {
  const folder = textOf(flags, name) ?? fallback ?? "";
  if (folder !== "") return folder;
  throw new TidemarkError({ code: "usage", what: `--${name} is missing`, expected });
}

export function textOf(flags: Flags, name: string): string | undefined {
  return flags[name] === undefined ? undefined : String(flags[name]);
}

export function wholeNumberOf(flags: Flags, key: string, least: number): number | undefined {
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
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

export function rejectedMaxOf(text: string): ReturnType<typeof parseRejectedMax> {
  const max = parseRejectedMax(text);
  if (max !== undefined) return max;
  throw new TidemarkError({
    code: "usage",
    what: `--max-rejected is ${excerpt(text)}`,
    expected: REJECTED_MAX_EXPECTED,
  });
}

export function monitoringFlags(flags: Flags): ConfigOverrides {
  const keys = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];
  return Object.fromEntries(
    keys
      .filter((key) => flags[key] !== undefined)
      .map((key) => {
        return [key, parseSetting(key, String(flags[key]), flagOf(key))];
      }),
  );
}
