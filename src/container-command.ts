/** The command that stands in for the prebuilt container. */
import { type Command, examples, refuseIn } from "./argument-parser.ts";
import { printError } from "./standard-streams.ts";
import { stopSignal } from "./stop-signal.ts";

const VARIABLES = `
Variables:
  dataset_source, dataset_format, output_path  what is read, how, and where reports go
  baseline_constraints, baseline_statistics    files to check against; without them a
                                               baseline is made
  start_time, end_time                         the window
  publish_cloudwatch_metrics                   Enabled or Disabled
  TIDEMARK_X_Y                                 the option --x-y of the other commands`;

const EXAMPLE =
  "env dataset_source=capture/ output_path=out/ \\\n      dataset_format=" +
  `'{"sagemakerCaptureJson":{}}' tidemark container`;

/** Adds `tidemark container`, which has no options: its environment holds them. */
export function addContainerCommand(program: Command): void {
  program
    .command("container")
    .summary("run the job that the environment describes, as the prebuilt container does")
    .addHelpText("after", VARIABLES)
    .addHelpText("after", examples(EXAMPLE))
    .exitOverride(refuseIn("tidemark container"))
    .action(async () => {
      const { runContainer } = await import("./container.ts");
      const log = (text: string): void => printError(`${text.trimEnd()}\n`);
      process.exitCode = await runContainer(process.env, { signal: stopSignal(), log });
    });
}
