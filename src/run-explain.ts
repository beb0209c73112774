/** `tidemark explain`: tells a run, or one feature of it, in the terminal. */
import { readReport } from "./job/report-folder.ts";
import { explainFeature } from "./report/explain-feature.ts";
import { explainRun } from "./report/explain-run.ts";
import { findFeature } from "./report/find-feature.ts";
import { isColored, printOut } from "./standard-streams.ts";

/** Prints the run of a report folder; with a name, everything known of that feature. */
export async function runExplain(folder: string, name: string | undefined): Promise<void> {
  const source = await readReport(folder);
  printOut(
    name === undefined
      ? explainRun(source, folder, isColored())
      : explainFeature(source, findFeature(source.insights.features, name), isColored()),
  );
}
