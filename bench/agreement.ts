/**
 * Whether a baseline and the alternative's profile of the same file say the same, as far as both
 * say it: presence, and per number column mean, deviation and extremes, per category its cells.
 */
import { readFileSync } from "node:fs";
import { readStatistics } from "../src/index.ts";
import type { PapaparseFeature } from "./papaparse-profile.ts";

export const RELATIVE_ERROR_MAX = 1e-9;

/** Lists the differences, none when the two agree. */
export function differences(statisticsPath: string, alternativePath: string): string[] {
  const profile = readStatistics(readFileSync(statisticsPath, "utf8"), statisticsPath);
  const others: PapaparseFeature[] = JSON.parse(readFileSync(alternativePath, "utf8"));
  const found: string[] = [];
  const expectEqual = (what: string, ours: number | undefined, theirs: number | undefined) => {
    const gap = Math.abs((ours ?? Number.NaN) - (theirs ?? Number.NaN));
    const isClose = gap <= RELATIVE_ERROR_MAX * Math.abs(theirs ?? 0);
    if (!isClose) found.push(`${what}: ${ours} in statistics.json, ${theirs} in the alternative`);
  };
  expectEqual("number of columns", profile.features.length, others.length);
  for (const [at, feature] of profile.features.entries()) {
    const { name, present, missing, numeric, categories } = feature;
    const other = others[at];
    if (name !== other?.name) found.push(`column ${at}: ${name} against ${other?.name}`);
    expectEqual(`${name} present`, present, other?.present);
    expectEqual(`${name} missing`, missing, other?.missing);
    if (numeric !== undefined) {
      expectEqual(`${name} mean`, numeric.mean, other?.mean);
      expectEqual(`${name} std_dev`, numeric.stdDev, other?.stdDev);
      expectEqual(`${name} min`, numeric.min, other?.min);
      expectEqual(`${name} max`, numeric.max, other?.max);
    }
    const texts = new Map(other?.texts);
    for (const { value, count } of categories ?? []) {
      expectEqual(`${name} "${value}"`, count, texts.get(value));
    }
  }
  return found;
}
