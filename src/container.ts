/**
 * The entry point of the container image: runs the job that the environment describes and leaves
 * the exit message, whatever happens.
 */
import { TidemarkError } from "./base/tidemark-error.ts";
import { containerPaths, type Environment } from "./job/container-paths.ts";
import { failureMessage, STOPPED_MESSAGE, writeExitMessage } from "./job/exit-message.ts";
import { type ContainerOutcome, runContainerJob } from "./job/run-container.ts";
import { printable } from "./report/printable.ts";

const EXIT_SIGINT = 130;
const EXIT_SIGTERM = 143;

export interface ContainerRuntime {
  /** Ends the run without publishing; its reason is `SIGINT` or `SIGTERM`. */
  readonly signal?: AbortSignal | undefined;
  /** Takes the texts of the job's log; by default there is none. */
  readonly log?: ((text: string) => void) | undefined;
  /** The time of the run in milliseconds since 1970, for metrics that have no other. */
  readonly now?: (() => number) | undefined;
}

/** Runs the container contract and returns the exit code; never throws. */
export async function runContainer(
  env: Environment,
  { signal, log = () => {}, now = Date.now }: ContainerRuntime = {},
): Promise<number> {
  const paths = containerPaths(env);
  const { exitCode, message } = await runContainerJob(env, paths, { signal, log, now }).catch(
    (error) => failureOf(error, signal, log),
  );
  log(message);
  try {
    writeExitMessage(paths.message, message);
  } catch (error) {
    log(`Warning: ${paths.message} can not be written (${(error as NodeJS.ErrnoException).code}).`);
  }
  return exitCode;
}

function failureOf(
  error: unknown,
  signal: AbortSignal | undefined,
  log: (text: string) => void,
): ContainerOutcome {
  if (signal?.aborted) {
    const exitCode = signal.reason === "SIGINT" ? EXIT_SIGINT : EXIT_SIGTERM;
    return { exitCode, message: STOPPED_MESSAGE };
  }
  const isKnown = error instanceof TidemarkError;
  // The message is short: where nothing was found, or we are at fault, the log tells more.
  if (!isKnown) log(error instanceof Error ? (error.stack ?? "") : String(error));
  else if (error.code === "no_data") log(printable(error.message));
  return { exitCode: isKnown ? error.exitCode : 1, message: failureMessage(error) };
}
