/** `tidemark check` on capture records, and the baseline it needs. */
import type { Contender } from "../contender.ts";
import { folder, type Input, tableOf } from "../inputs.ts";
import { runProcess } from "../run-process.ts";
import { CLI } from "../table-tools.ts";
import { TABLES } from "../tables.ts";

/** The baseline of the customers that the captured ones are like. */
export const MODEL: string = `${folder}/model`;

export interface CheckOptions {
  readonly model?: string | undefined;
  readonly output?: string | undefined;
  readonly flags?: readonly string[] | undefined;
}

/** Makes the baseline. */
export async function trainModel(): Promise<void> {
  const { path } = tableOf("one-hot", TABLES["one-hot"].rows.small);
  const args = [CLI, "baseline", path, "-o", MODEL, "--quiet"];
  await runProcess({ program: process.execPath, args });
}

/** The command line that checks captured records. */
export function checkCapture(
  capture: Input,
  { model = MODEL, output = `${folder}/report`, flags = [] }: CheckOptions = {},
): Pick<Contender, "program" | "args" | "input"> {
  return {
    program: process.execPath,
    args: [CLI, "check", capture.path, "-b", model, "-o", output, "--quiet", ...flags],
    input: capture,
  };
}
