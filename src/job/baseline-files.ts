/** Reads a baseline whose two files are named one by one, as schedules name them. */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { sha256Of } from "../base/sha256-of.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { readConstraints } from "../constraints/constraints-file.ts";
import { asBaseline } from "../profile/profile.ts";
import { readStatistics } from "../profile/statistics-file.ts";
import { isObjectUrl, joinPath } from "../storage/object-url.ts";
import {
  CONSTRAINTS_FILE,
  INSIGHTS_FILE,
  type LoadedBaseline,
  STATISTICS_FILE,
} from "./baseline-folder.ts";
import { readIfThere } from "./read-if-there.ts";
import { readRecordedSummaries } from "./recorded-summaries.ts";

export interface BaselineFiles {
  /** The file, or a folder that holds it under its usual name. */
  readonly constraints: string;
  /** The same; absent: drift is not checked, and a warning says so. */
  readonly statistics: string | undefined;
}

/** Throws a configuration error for a file that is named and not there. */
export async function readBaselineFiles(files: BaselineFiles): Promise<LoadedBaseline> {
  const constraintsPath = await fileAt(files.constraints, CONSTRAINTS_FILE);
  const constraintsText = await readNamed(constraintsPath);
  const {
    constraints,
    json: constraintsJson,
    warnings,
  } = await readConstraints(constraintsText, constraintsPath);
  const constraintsFile = { path: constraintsPath, sha256: sha256Of(constraintsText) };
  if (files.statistics === undefined) {
    return {
      baseline: { constraints, constraintsJson, profile: undefined },
      warnings: [...warnings, "The baseline's statistics are not given; drift is not checked."],
      constraintsFile,
      folders: [dirname(constraintsPath)],
    };
  }
  const statisticsPath = await fileAt(files.statistics, STATISTICS_FILE);
  const statisticsText = await readNamed(statisticsPath);
  const profile = await readStatistics(statisticsText, statisticsPath);
  const insightsPath = joinPath(dirname(statisticsPath), INSIGHTS_FILE);
  const summaries = await readRecordedSummaries(insightsPath, statisticsText);
  return {
    baseline: { constraints, constraintsJson, profile: asBaseline(profile), summaries },
    warnings,
    constraintsFile,
    folders: [dirname(constraintsPath), dirname(statisticsPath)],
  };
}

async function fileAt(path: string, name: string): Promise<string> {
  // An object store has no folders: what has another ending than a file is one.
  if (isObjectUrl(path)) return path.endsWith(".json") ? path : joinPath(path, name);
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ? joinPath(path, name) : path;
}

async function readNamed(path: string): Promise<string> {
  const text = await readIfThere(path);
  if (text !== undefined) return text;
  throw new TidemarkError({
    code: "configuration",
    location: { file: path },
    what: "no such file",
    expected: "a file of the baseline",
    hint: "Check the path, or leave it out to profile without checks.",
  });
}
