/** Reads a baseline as this tool or the service wrote it. */
import { stat } from "node:fs/promises";
import { sha256Of } from "../base/sha256-of.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { readConstraints } from "../constraints/constraints-file.ts";
import type { Baseline } from "../monitor/baseline.ts";
import type { ConstraintsFile } from "../monitor/insights.ts";
import { asBaseline } from "../profile/profile.ts";
import { readStatistics } from "../profile/statistics-file.ts";
import { isObjectUrl, joinPath } from "../storage/object-url.ts";
import { assertWhole } from "./assert-whole.ts";
import { readIfThere } from "./read-if-there.ts";
import { readRecordedSummaries } from "./recorded-summaries.ts";

export const STATISTICS_FILE = "statistics.json";
export const CONSTRAINTS_FILE = "constraints.json";
export const INSIGHTS_FILE = "insights.json";

export interface LoadedBaseline {
  readonly baseline: Baseline;
  readonly warnings: readonly string[];
  /** Where the constraints were read. */
  readonly constraintsFile?: ConstraintsFile | undefined;
  /** Where it was read: no report is written over it. */
  readonly folders: readonly string[];
}

/**
 * Reads `constraints.json` and, where it is, `statistics.json` of a folder. Without statistics a
 * warning is returned and drift is not checked; without constraints it is a configuration error.
 */
export async function readBaseline(folder: string): Promise<LoadedBaseline> {
  await assertWhole(folder);
  const loaded = await readFiles(folder);
  await assertWhole(folder);
  return loaded;
}

async function readFiles(folder: string): Promise<LoadedBaseline> {
  const constraintsPath = joinPath(folder, CONSTRAINTS_FILE);
  const constraintsText = await readIfThere(constraintsPath);
  if (constraintsText === undefined) {
    throw new TidemarkError({
      code: "configuration",
      location: { file: folder },
      what: await lackOf(folder),
      expected: `a baseline folder with ${CONSTRAINTS_FILE} and ${STATISTICS_FILE}`,
      hint: "Make one with: tidemark baseline <training data> -o <folder>.",
    });
  }
  const {
    constraints,
    json: constraintsJson,
    warnings,
  } = await readConstraints(constraintsText, constraintsPath);
  const constraintsFile = { path: constraintsPath, sha256: sha256Of(constraintsText) };
  const statisticsPath = joinPath(folder, STATISTICS_FILE);
  const statisticsText = await readIfThere(statisticsPath);
  if (statisticsText === undefined) {
    return {
      baseline: { constraints, constraintsJson, profile: undefined },
      warnings: [...warnings, `${folder}: has no ${STATISTICS_FILE}; drift is not checked.`],
      constraintsFile,
      folders: [folder],
    };
  }
  const profile = asBaseline(await readStatistics(statisticsText, statisticsPath));
  const summaries = await readRecordedSummaries(joinPath(folder, INSIGHTS_FILE), statisticsText);
  return {
    baseline: { constraints, constraintsJson, profile, summaries },
    warnings,
    constraintsFile,
    folders: [folder],
  };
}

/** Why there are no constraints. */
async function lackOf(folder: string): Promise<string> {
  const stats = isObjectUrl(folder) ? undefined : await stat(folder).catch(() => undefined);
  if (stats?.isDirectory() || isObjectUrl(folder)) return `has no ${CONSTRAINTS_FILE}`;
  return stats === undefined ? "no such folder" : "is not a folder";
}
