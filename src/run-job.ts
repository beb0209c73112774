/** `tidemark baseline` and `tidemark check`: runs the job, then prints its summary or insights. */
import type { Delivering } from "./job/delivery-settings.ts";
import type {
  BaselineJobResult,
  CheckJobResult,
  JobOptions,
  JobResult,
} from "./job/job-options.ts";
import { openDeliveries } from "./job/open-deliveries.ts";
import {
  type HookSurroundings,
  resolveBaselineOptions,
  resolveCheckOptions,
} from "./job/resolve-options.ts";
import { runBaseline } from "./job/run-baseline.ts";
import { writeInsights } from "./monitor/insights.ts";
import { progressOnTerminal } from "./progress-on-terminal.ts";
import { renderText } from "./report/text.ts";
import { isColored, printError, printOut } from "./standard-streams.ts";
import { stopSignal } from "./stop-signal.ts";

const EXIT_VIOLATIONS = 4;
const STDIN_PATH = "-";

type Flags = Readonly<Record<string, unknown>>;
type Runtime = Pick<JobOptions, "stdin" | "signal" | "onProgress">;

/** Runs a job and returns its exit code: 0, or 4 where violations were to fail it. */
export async function runJob(
  command: "baseline" | "check",
  inputs: readonly string[],
  given: Flags,
): Promise<number> {
  const { options, run } =
    command === "baseline" ? await openBaseline(inputs, given) : await openCheck(inputs, given);
  const flags: Flags = { ...options, ...given };
  const signal = stopSignal();
  const deliveries = openDeliveries(command, options, { ...hookSurroundings(), signal });
  const { onProgress, clear } = progressOnTerminal(flags["quiet"] === true);
  const result = await deliveries.within(() =>
    run({ stdin: stdinOf(inputs), signal, onProgress }).finally(clear),
  );
  if (flags["quiet"] !== true) print(result, flags);
  await deliveries.finish(result);
  const isFailed = flags["failOnViolation"] === true && result.insights.verdict.violations > 0;
  return isFailed ? EXIT_VIOLATIONS : 0;
}

interface Job {
  readonly options: JobOptions & Delivering;
  readonly run: (runtime: Runtime) => Promise<BaselineJobResult | CheckJobResult>;
}

async function openBaseline(inputs: readonly string[], flags: Flags): Promise<Job> {
  const options = await resolveBaselineOptions(inputs, flags, hookSurroundings());
  return { options, run: (runtime) => runBaseline({ ...options, ...runtime }) };
}

async function openCheck(inputs: readonly string[], flags: Flags): Promise<Job> {
  const options = await resolveCheckOptions(inputs, flags, hookSurroundings());
  const { runCheck } = await import("./job/run-check.ts");
  return { options, run: (runtime) => runCheck({ ...options, ...runtime }) };
}

function hookSurroundings(): HookSurroundings {
  return { environment: process.env, log: (line) => printError(`${line}\n`) };
}

/** Node opens standard input when it is first asked for, which takes a while. */
function stdinOf(inputs: readonly string[]): Runtime["stdin"] {
  return inputs.includes(STDIN_PATH) ? process.stdin : undefined;
}

function print({ insights, files }: JobResult, flags: Flags): void {
  printOut(
    flags["json"] === true
      ? writeInsights(insights)
      : renderText(insights, {
          isColored: isColored(),
          folder: String(flags["output"]),
          files,
          isVerbose: flags["verbose"] === true,
        }),
  );
}
