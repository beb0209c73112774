/** `tidemark config`: prints every option with its value and where that comes from. */
import { reportOptions } from "./job/report-options.ts";
import { renderOptions } from "./report/options-text.ts";
import { printOut } from "./standard-streams.ts";

export async function runConfig({
  json,
  ...flags
}: Readonly<Record<string, unknown>>): Promise<void> {
  const report = await reportOptions(flags, process.env);
  printOut(json === true ? `${JSON.stringify(report, null, 2)}\n` : renderOptions(report));
}
