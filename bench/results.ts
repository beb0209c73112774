/** What a run of the bench comes to: the shape of results.json, from which all tables follow. */
import type { Goal } from "./goals.ts";
import type { Machine } from "./machine.ts";

export interface BenchResults {
  readonly machine: Machine;
  /** Whether the large inputs were read, of about 1 GB where a goal names them. */
  readonly isFull: boolean;
  readonly rounds: number;
  /** Figures that contenders were compared in before any was timed. */
  readonly compared: number;
  /** What each contender computes. */
  readonly legend: Readonly<Record<string, string>>;
  readonly parts: readonly PartResults[];
  readonly goals: readonly Goal[];
}

/** What stands in the place of tables before the first run. */
export const NOTHING_YET = "Nothing measured yet: `npm run bench` does that, and writes it here.\n";

export interface PartResults {
  readonly name: string;
  readonly shape: string;
  /** The contender whose rate is 1. */
  readonly rival: string;
  /** Contenders that the machine lacked. */
  readonly absent: readonly string[];
  readonly results: readonly Result[];
}

export interface Result {
  readonly tool: string;
  readonly rows?: number | undefined;
  readonly bytes?: number | undefined;
  /** Wall time of each round, the start of the process included. */
  readonly seconds: readonly number[];
  /** Peak resident memory of each round, in units of a million bytes. */
  readonly peakMegabytes?: readonly number[] | undefined;
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/**
 * Rate over a rival's rate (bytes per second; without input, starts per second): of the medians,
 * and the smallest and largest of single rounds.
 */
export function rateRatio(ours: Result, theirs: Result): Spread {
  const size = (ours.bytes ?? 1) / (theirs.bytes ?? 1);
  return spreadOver(theirs.seconds, ours.seconds, (their, our) => (size * their) / our);
}

/** A figure of two contenders: of their medians, and its extremes over single rounds. */
export function spreadOver(
  ours: readonly number[],
  theirs: readonly number[],
  figure: (our: number, their: number) => number,
): Spread {
  const { min, max } = spreadOf(ours.map((our, round) => figure(our, theirs[round]!)));
  return { median: figure(spreadOf(ours).median, spreadOf(theirs).median), min, max };
}

/** The median of the rounds' peaks. */
export function peakOf({ peakMegabytes }: Result): number | undefined {
  return peakMegabytes === undefined ? undefined : spreadOf(peakMegabytes).median;
}

/** Megabytes of a million bytes in a second, of the median round. */
export function megabytesPerSecond({ bytes, seconds }: Result): number | undefined {
  return bytes === undefined ? undefined : bytes / 1e6 / spreadOf(seconds).median;
}

/** Finds a contender's result in a part. */
export function resultOf(
  parts: readonly PartResults[],
  part: string,
  tool: string,
): Result | undefined {
  const found = parts.find(({ name }) => name === part);
  return found?.results.find((result) => result.tool === tool);
}
