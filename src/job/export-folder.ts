/** Reads what a run left, for tables and catalogues. */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256Of } from "../base/sha256-of.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import { readConstraints } from "../constraints/constraints-file.ts";
import type { Insights } from "../monitor/insights.ts";
import { readViolations, VIOLATIONS_FILE } from "../monitor/violations-file.ts";
import { readStatistics } from "../profile/statistics-file.ts";
import type { ExportSource } from "../report/tables/export-source.ts";
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
  const constraints = await read(CONSTRAINTS_FILE, readConstraints);
  return {
    ...source,
    statistics: await read(STATISTICS_FILE, readStatistics),
    constraints: constraints?.constraints,
    violations: (await read(VIOLATIONS_FILE, readViolations)) ?? [],
  };
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
