/** Reads what a run left, for tables and catalogues. */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256Of } from "../base/sha256-of.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { Constraints } from "../constraints/constraints.ts";
import { readConstraints } from "../constraints/constraints-file.ts";
import type { Insights } from "../monitor/insights.ts";
import { readViolations, VIOLATIONS_FILE } from "../monitor/violations-file.ts";
import { readStatistics } from "../profile/statistics-file.ts";
import type { ExportSource } from "../report/export-source.ts";
import { CONSTRAINTS_FILE, INSIGHTS_FILE, STATISTICS_FILE } from "./baseline-folder.ts";
import { readIfThere } from "./read-if-there.ts";
import { readReport } from "./report-folder.ts";

/**
 * Reads `insights.json` of a folder, or the file itself, and the files of its run beside it. Throws
 * a configuration error where one that the run wrote is gone or is of another run.
 */
export async function readExport(path: string): Promise<ExportSource> {
  const source = await readReport(path);
  const folder = (await stat(path)).isDirectory() ? path : dirname(path);
  const read = <T>(name: string, parse: (text: string, file: string) => Promise<T>) =>
    readOutput(folder, name, source.insights, parse);
  return {
    ...source,
    statistics: await read(STATISTICS_FILE, readStatistics),
    violations: (await read(VIOLATIONS_FILE, readViolations)) ?? [],
  };
}

export interface ReadContract {
  readonly constraints: Constraints;
  /** SHA-256 of their file. */
  readonly hash: string;
}

/** Reads the constraints of a folder, edited ones too, or a constraints file itself. */
export async function readContract(path: string): Promise<ReadContract> {
  const stats = await stat(path).catch(() => undefined);
  const file = stats?.isDirectory() ? join(path, CONSTRAINTS_FILE) : path;
  const text = await readIfThere(file);
  if (text !== undefined) {
    const { constraints } = await readConstraints(text, file);
    return { constraints, hash: sha256Of(text) };
  }
  throw new TidemarkError({
    code: "configuration",
    location: { file: path },
    what: stats === undefined ? "no such folder" : `has no ${CONSTRAINTS_FILE}`,
    expected: "the folder of a baseline, or its constraints.json",
    hint: "Make one with: tidemark baseline <training data> -o <folder>.",
  });
}

/** Undefined where the run wrote no such file. */
async function readOutput<T>(
  folder: string,
  name: string,
  { outputs }: Insights,
  parse: (text: string, file: string) => Promise<T>,
): Promise<T | undefined> {
  const output = outputs.find((each) => each.name === name);
  if (output === undefined) return undefined;
  const file = join(folder, name);
  const text = await readIfThere(file);
  if (text !== undefined && sha256Of(text) === output.sha256) return await parse(text, file);
  throw new TidemarkError({
    code: "configuration",
    location: { file },
    what: text === undefined ? "is not there" : `is not the one of ${INSIGHTS_FILE}`,
    expected: "the file that the same run wrote",
    hint: "Run the check again, or copy all files of its folder.",
  });
}
