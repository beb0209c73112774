/** `tidemark constraints`: checks, compares and explains constraints files. */
import { dirname, join } from "node:path";
import { plural } from "./base/plural.ts";
import { formatError, TidemarkError } from "./base/tidemark-error.ts";
import type { Constraints } from "./constraints/constraints.ts";
import { readConstraints } from "./constraints/constraints-file.ts";
import { STATISTICS_FILE } from "./job/baseline-folder.ts";
import { readIfThere } from "./job/read-if-there.ts";
import { lintConstraints } from "./monitor/lint-constraints.ts";
import { readStatistics } from "./profile/statistics-file.ts";
import { diffConstraints } from "./report/diff-constraints.ts";
import { explainConstraints } from "./report/explain-constraints.ts";
import { findFeature } from "./report/find-feature.ts";
import { printable } from "./report/printable.ts";
import { printOut } from "./standard-streams.ts";

const EXIT_ERRORS = 2;
const EXIT_DIFFERENT = 4;

/** Prints findings, one a line; returns 2 where one of them keeps a check from running, else 0. */
export async function lintFile(file: string): Promise<number> {
  const text = await readNamed(file);
  const statisticsFile = join(dirname(file), STATISTICS_FILE);
  const statisticsText = await readIfThere(statisticsFile);
  const statistics =
    statisticsText === undefined ? undefined : await readStatistics(statisticsText, statisticsFile);
  const findings = await lintConstraints(text, file, statistics);
  for (const { level, place, what, expected, hint } of findings) {
    const message = formatError({ code: "configuration", what, expected, hint });
    print(`${file}:${place.line}:${place.column}: ${level}: ${message}`);
  }
  const errors = findings.filter(({ level }) => level === "error").length;
  const warnings = findings.length - errors;
  const beside = statistics === undefined ? ` No ${STATISTICS_FILE} stands beside it.` : "";
  print(`${plural(errors, "error")}, ${plural(warnings, "warning")}.${beside}`);
  return errors > 0 ? EXIT_ERRORS : 0;
}

/** Prints what differs; returns 4 where anything does, else 0. */
export async function diffFiles(before: string, after: string): Promise<number> {
  const lines = diffConstraints(await readFile(before), await readFile(after));
  for (const line of lines) print(line);
  if (lines.length > 0) return EXIT_DIFFERENT;
  print("Both ask for the same.");
  return 0;
}

/** Prints every constraint, or those of one feature, in words. */
export async function explainFile(file: string, name: string | undefined): Promise<void> {
  const constraints = await readFile(file);
  const { features } = constraints;
  const shown = name === undefined ? features : [findFeature(features, name)];
  printOut(explainConstraints(constraints, shown));
}

async function readFile(file: string): Promise<Constraints> {
  return (await readConstraints(await readNamed(file), file)).constraints;
}

async function readNamed(file: string): Promise<string> {
  const text = await readIfThere(file);
  if (text !== undefined) return text;
  throw new TidemarkError({
    code: "configuration",
    location: { file },
    what: "no such file",
    expected: "a constraints.json",
    hint: "Make one with: tidemark baseline <training data> -o <folder>.",
  });
}

function print(line: string): void {
  printOut(`${printable(line)}\n`);
}
