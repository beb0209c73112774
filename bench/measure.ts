/** Interleaved rounds of all contenders, and what they come to. */
import type { Contender } from "./contenders.ts";
import { type Measurement, runNode } from "./run-process.ts";

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Result {
  readonly name: string;
  readonly runs: number;
  /** Wall time, the start of the process included. */
  readonly seconds: Spread;
  readonly rows?: number | undefined;
  readonly bytes?: number | undefined;
  readonly megabytesPerSecond?: number | undefined;
  readonly rowsPerSecond?: number | undefined;
  /** Largest peak of all runs, in units of a million bytes. */
  readonly peakMegabytes?: number | undefined;
  readonly rival?: string | undefined;
  /** Rate over the rival's rate; of start-ups, time over the rival's time. */
  readonly ratio?: number | undefined;
}

/** Runs all contenders in turn, so often; what disturbs the machine disturbs them all. */
export async function measure(
  contenders: readonly Contender[],
  rounds: number,
): Promise<Map<Contender, Result>> {
  const runs = new Map<Contender, Measurement[]>(contenders.map((each) => [each, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const contender of contenders) {
      process.stderr.write(`Round ${round} of ${rounds}: ${contender.name}\n`);
      for (let i = 0; i < contender.repeats; i++) {
        runs.get(contender)!.push(await runNode(contender.args));
      }
    }
  }
  const results = new Map<Contender, Result>();
  for (const [contender, measured] of runs) results.set(contender, summarise(contender, measured));
  for (const [contender, result] of results) {
    const { rival } = contender;
    const other = rival === undefined ? undefined : results.get(rival);
    if (other === undefined) continue;
    const ratio =
      contender.input === undefined
        ? result.seconds.median / other.seconds.median
        : result.megabytesPerSecond! / other.megabytesPerSecond!;
    results.set(contender, { ...result, rival: other.name, ratio });
  }
  return results;
}

function summarise({ name, input }: Contender, measured: readonly Measurement[]): Result {
  const seconds = spreadOf(measured.map((each) => each.seconds));
  const peaks = measured.flatMap(({ peakBytes }) => (peakBytes === undefined ? [] : [peakBytes]));
  return {
    name,
    runs: measured.length,
    seconds,
    ...(peaks.length === 0 ? {} : { peakMegabytes: Math.max(...peaks) / 1e6 }),
    ...(input === undefined
      ? {}
      : {
          rows: input.rows,
          bytes: input.bytes,
          megabytesPerSecond: input.bytes / 1e6 / seconds.median,
          rowsPerSecond: input.rows / seconds.median,
        }),
  };
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}
