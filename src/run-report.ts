/** `tidemark report`: draws what a run left in another form. */
import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TidemarkError } from "./base/tidemark-error.ts";
import { REPORT_FILE } from "./job/job-run.ts";
import { readReport } from "./job/report-folder.ts";
import { renderReport } from "./report/render-report.ts";
import type { ReportFormat } from "./report/report-formats.ts";
import { isObjectUrl } from "./storage/object-url.ts";
import { writeOutput } from "./write-output.ts";

/**
 * Writes the report to the file of `output`. Without one a page goes where the run's own lies, and
 * whatever else to standard output.
 */
export async function runReport(
  folder: string,
  flags: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { format = "html" } = flags;
  const text = renderReport(format as ReportFormat, await readReport(folder));
  const output = flags["output"] ?? (format === "html" ? await pageOf(folder) : undefined);
  await writeOutput(text, output === undefined ? undefined : String(output));
}

/** Beside the insights, of which the folder or the file itself may have been named. */
async function pageOf(folder: string): Promise<string> {
  if (isObjectUrl(folder)) {
    throw new TidemarkError({
      code: "usage",
      location: { file: folder },
      what: "the page can not be written beside a run's objects",
      expected: "a file of this machine, such as -o report.html",
    });
  }
  const isFolder = (await stat(folder)).isDirectory();
  return join(isFolder ? folder : dirname(folder), REPORT_FILE);
}
