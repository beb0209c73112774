/**
 * A user's script after a run: the `post_analytics_processor_script` of the service's container. A
 * Python script finds the files under its variable `output_path`; a JavaScript one is given them.
 */

import type { PostprocessorOptions } from "./hook-options.ts";
import { HookSession } from "./hook-session.ts";

/** The one call does all of the work, uploads included. */
const TIMEOUT_MS = 600_000;

/**
 * Runs a script to its end. Rejects with a configuration error when there is no such script, no
 * interpreter or no such function, when it raises or ends its process, and when it takes longer
 * than `timeoutMs`, 10 minutes by default.
 */
export async function runPostprocessor(options: PostprocessorOptions): Promise<void> {
  const { statistics, constraints, violations, outputPath, environment } = options;
  const { timeoutMs = TIMEOUT_MS } = options;
  const argument = options.script.endsWith(".py")
    ? undefined
    : { statistics, constraints, violations, outputPath, env: { ...environment } };
  const setup = { role: "postprocess", seed: 0, argument } as const;
  const session = await HookSession.open(options, setup, timeoutMs);
  await session.close();
}
