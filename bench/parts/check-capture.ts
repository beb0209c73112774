/** `tidemark check` on capture records, and the baseline it needs. */
import type { Contender } from "../contender.ts";
import { folder, type Input, tableOf } from "../inputs.ts";
import { runProcess } from "../run-process.ts";
import { CLI } from "../table-tools.ts";
import { TABLES } from "../tables.ts";

const MODEL = `${folder}/model`;

/** Makes the baseline of the customers that the captured ones are like. */
export async function trainModel(): Promise<void> {
  const { path } = tableOf("one-hot", TABLES["one-hot"].rows.small);
  await runProcess(process.execPath, [CLI, "baseline", path, "-o", MODEL, "--quiet"]);
}

/** The command line that checks captured records, with a script between where one is given. */
export function checkCapture(
  capture: Input,
  output: string = `${folder}/report`,
  script?: string,
): Pick<Contender, "program" | "args" | "input"> {
  const hook = script === undefined ? [] : ["--preprocessor", script];
  return {
    program: process.execPath,
    args: [CLI, "check", capture.path, "-b", MODEL, "-o", output, "--quiet", ...hook],
    input: capture,
  };
}
