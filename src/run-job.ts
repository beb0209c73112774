/** `tidemark baseline` and `tidemark check`: runs the job, then prints its summary or insights. */
import type { JobOptions, JobResult } from "./job/job-options.ts";
import {
  type HookSurroundings,
  resolveBaselineOptions,
  resolveCheckOptions,
} from "./job/resolve-options.ts";
import { runBaseline } from "./job/run-baseline.ts";
import { writeInsights } from "./monitor/insights.ts";
import { progressOnTerminal } from "./progress-on-terminal.ts";
import { renderText } from "./report/text.ts";
import { stopSignal } from "./stop-signal.ts";

const EXIT_VIOLATIONS = 4;
const STDIN_PATH = "-";

type Flags = Readonly<Record<string, unknown>>;
type Runtime = Pick<JobOptions, "stdin" | "signal" | "onProgress">;

/** Runs a job and returns its exit code: 0, or 4 where violations were to fail it. */
export async function runJob(
  command: "baseline" | "check",
  inputs: readonly string[],
  flags: Flags,
): Promise<number> {
  const { onProgress, clear } = progressOnTerminal(flags["quiet"] === true);
  const job =
    command === "baseline" ? await openBaseline(inputs, flags) : await openCheck(inputs, flags);
  const result = await job({ stdin: stdinOf(inputs), signal: stopSignal(), onProgress }).finally(
    clear,
  );
  if (flags["quiet"] !== true) print(result, flags);
  const isFailed = flags["failOnViolation"] === true && result.insights.verdict.violations > 0;
  return isFailed ? EXIT_VIOLATIONS : 0;
}

type Job = (runtime: Runtime) => Promise<JobResult>;

async function openBaseline(inputs: readonly string[], flags: Flags): Promise<Job> {
  const options = await resolveBaselineOptions(inputs, flags, hookSurroundings());
  return (runtime) => runBaseline({ ...options, ...runtime });
}

async function openCheck(inputs: readonly string[], flags: Flags): Promise<Job> {
  const options = await resolveCheckOptions(inputs, flags, hookSurroundings());
  const { runCheck } = await import("./job/run-check.ts");
  return (runtime) => runCheck({ ...options, ...runtime });
}

function hookSurroundings(): HookSurroundings {
  return { environment: process.env, log: (line) => void process.stderr.write(`${line}\n`) };
}

/** Node opens standard input when it is first asked for, which takes a while. */
function stdinOf(inputs: readonly string[]): Runtime["stdin"] {
  return inputs.includes(STDIN_PATH) ? process.stdin : undefined;
}

function print({ insights, files }: JobResult, flags: Flags): void {
  const isColored = process.stdout.isTTY === true && !process.env["NO_COLOR"];
  process.stdout.write(
    flags["json"] === true
      ? writeInsights(insights)
      : renderText(insights, {
          isColored,
          folder: String(flags["output"]),
          files,
          isVerbose: flags["verbose"] === true,
        }),
  );
}
