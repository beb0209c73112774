/** `tidemark inspect`: prints what was found, then on stderr why a check could not be made. */
import { readBaseline } from "./job/baseline-folder.ts";
import { inspect } from "./job/inspect.ts";
import { resolveInspectOptions } from "./job/resolve-options.ts";
import { writeInspection } from "./monitor/inspection.ts";
import { progressOnTerminal } from "./progress-on-terminal.ts";
import { renderInspection } from "./report/inspection-text.ts";
import { printable } from "./report/printable.ts";
import { isColored, printError, printOut } from "./standard-streams.ts";
import { stopSignal } from "./stop-signal.ts";

const EXIT_INPUT = 3;

/** Runs the command and returns its exit code: 0, or 3 where a check would end for its inputs. */
export async function runInspect(
  inputs: readonly string[],
  flags: Readonly<Record<string, unknown>>,
): Promise<number> {
  const { options, baseline: folder, isJson } = await resolveInspectOptions(flags, process.env);
  const baseline = folder === undefined ? undefined : await readBaseline(folder);
  const { onProgress, clear } = progressOnTerminal(false);
  const runtime = { stdin: process.stdin, signal: stopSignal(), onProgress };
  const found = await inspect(inputs, { ...options, ...runtime, baseline }).finally(clear);
  printOut(isJson ? writeInspection(found) : renderInspection(found, isColored()));
  if (found.fault === undefined) return 0;
  printError(`tidemark: ${printable(found.fault)}\n`);
  return EXIT_INPUT;
}
