/** Interleaved rounds of a part's contenders. */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Contender, Part } from "./contender.ts";
import { captureFiles } from "./inputs.ts";
import { type PartResults, type Result, spreadOf } from "./results.ts";
import { type Measurement, runProcess } from "./run-process.ts";

const WARMING_BYTES = 2 ** 20;

/** Runs all contenders in turn, so often; what disturbs the machine disturbs them all. */
export async function measure(part: Part, rounds: number): Promise<PartResults> {
  const { name, shape, rival, absent, contenders } = part;
  for (const path of new Set(contenders.flatMap(({ input }) => input?.path ?? []))) warm(path);
  const measured = contenders.map((contender) => ({
    contender,
    seconds: [] as number[],
    peaks: [] as number[],
  }));
  for (let round = 1; round <= rounds; round++) {
    for (const { contender, seconds, peaks } of measured) {
      const runs: Measurement[] = [];
      for (let i = 0; i < (contender.repeats ?? 1); i++) runs.push(await runProcess(contender));
      const { median } = spreadOf(runs.map((run) => run.seconds));
      seconds.push(median);
      const known = runs.flatMap(({ peakBytes }) => peakBytes ?? []);
      if (known.length > 0) peaks.push(spreadOf(known).median);
      const where = `${name}, round ${round} of ${rounds}`;
      process.stderr.write(`${where}: ${contender.tool}, ${median.toFixed(2)} s\n`);
    }
  }
  const results = measured.map(({ contender, seconds, peaks }) =>
    resultFrom(contender, seconds, peaks),
  );
  return { name, shape, rival, absent, results };
}

function resultFrom(
  { tool, input }: Contender,
  seconds: readonly number[],
  peaks: readonly number[],
): Result {
  return {
    tool,
    ...(input === undefined ? {} : { rows: input.rows, bytes: input.bytes }),
    seconds: seconds.map((each) => Math.round(each * 1e5) / 1e5),
    ...(peaks.length === 0
      ? {}
      : { peakMegabytes: peaks.map((each) => Math.round(each / 1e5) / 10) }),
  };
}

/** Reads files once, so that none of the contenders waits for a disk. */
function warm(path: string): void {
  const buffer = new Uint8Array(WARMING_BYTES);
  for (const file of statSync(path).isDirectory() ? captureFiles(path) : [path]) {
    const descriptor = openSync(file, "r");
    while (readSync(descriptor, buffer) > 0);
    closeSync(descriptor);
  }
}
