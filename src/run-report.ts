/** `tidemark report`: draws what a run left in another form. */
import { writeFile } from "node:fs/promises";
import { TidemarkError } from "./base/tidemark-error.ts";
import { readReport } from "./job/report-folder.ts";
import { type ReportFormat, renderReport } from "./report/render-report.ts";

/** Writes the report to the file of `output`, or to standard output. */
export async function runReport(
  folder: string,
  flags: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { format = "markdown", output } = flags;
  const text = renderReport(format as ReportFormat, await readReport(folder));
  if (output === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(String(output), text).catch((cause: NodeJS.ErrnoException) => {
    throw new TidemarkError({
      code: "configuration",
      location: { file: String(output) },
      what: `can not be written (${cause.code})`,
      expected: "a file in a folder that is there",
      hint: "Give another one with -o.",
      cause,
    });
  });
}
