/** What the bench must show, and whether it did. */
import type { Result } from "./measure.ts";

const RATIO_MIN = 3;
const CAPTURE_RATIO_MIN = 2;
const PEAK_MEGABYTES_MAX = 200;
const PEAK_GROWTH_MAX = 0.1;
const STARTUP_RATIO_MAX = 2;
const EVIDENCE_TIME_MAX = 0.1;
const EVIDENCE_MEGABYTES_MAX = 20;

export interface Goal {
  readonly goal: string;
  /** Undefined where this system or this run can not tell. */
  readonly observed: string | undefined;
  readonly isMet: boolean | undefined;
}

/** Results are undefined where a part of the bench was not run. */
export interface GoalResults {
  readonly oneHot: Result | undefined;
  /** All baselines of 1,000,000 rows. */
  readonly baselines: readonly Result[];
  /** The reading of capture records. */
  readonly capture: Result | undefined;
  /** A check without evidence and with it, then a baseline; none where it was not run. */
  readonly evidence: readonly Result[];
  readonly startUp: Result | undefined;
  /** The baseline of 10,000,000 rows. */
  readonly large: Result | undefined;
}

/** Judges the results. */
export function judgeGoals(results: GoalResults): Goal[] {
  const { oneHot, baselines, capture, evidence, startUp, large } = results;
  const peaks = baselines.map(({ peakMegabytes }) => peakMegabytes ?? Number.NaN);
  const peak = peaks.length === 0 ? Number.NaN : Math.max(...peaks);
  const growth = (large?.peakMegabytes ?? Number.NaN) / (oneHot?.peakMegabytes ?? Number.NaN) - 1;
  return [
    goal(
      `MB/s on one-hot at least ${RATIO_MIN} times the alternative's`,
      oneHot?.ratio ?? Number.NaN,
      (ratio) => ratio >= RATIO_MIN,
      (ratio) => `${ratio.toFixed(1)} times`,
    ),
    goal(
      `capture records/s at least ${CAPTURE_RATIO_MIN} times bare JSON.parse of every line`,
      capture?.ratio ?? Number.NaN,
      (ratio) => ratio >= CAPTURE_RATIO_MIN,
      (ratio) => `${ratio.toFixed(2)} times`,
    ),
    goal(
      `peak memory below ${PEAK_MEGABYTES_MAX} MB at 1,000,000 rows`,
      peak,
      (megabytes) => megabytes < PEAK_MEGABYTES_MAX,
      (megabytes) => `${megabytes.toFixed(0)} MB`,
    ),
    goal(
      `peak memory grows by less than ${PEAK_GROWTH_MAX * 100} % at 10,000,000 rows`,
      growth,
      (share) => share < PEAK_GROWTH_MAX,
      (share) => `${(share * 100).toFixed(1)} %`,
    ),
    ...evidenceGoals("check", evidence[0], evidence[1]),
    ...evidenceGoals("baseline", evidence[2], evidence[3]),
    goal(
      `start-up at most ${STARTUP_RATIO_MAX} times that of node -e 0`,
      startUp?.ratio ?? Number.NaN,
      (ratio) => ratio <= STARTUP_RATIO_MAX,
      (ratio) => `${ratio.toFixed(2)} times`,
    ),
  ];
}

function evidenceGoals(
  command: "check" | "baseline",
  without: Result | undefined,
  withEvidence: Result | undefined,
): Goal[] {
  return [
    goal(
      `evidence of a ${command} takes at most ${EVIDENCE_TIME_MAX * 100} % more time`,
      (withEvidence?.seconds.median ?? Number.NaN) / (without?.seconds.median ?? Number.NaN) - 1,
      (share) => share <= EVIDENCE_TIME_MAX,
      (share) => `${(share * 100).toFixed(1)} %`,
    ),
    goal(
      `and at most ${EVIDENCE_MEGABYTES_MAX} MB more memory`,
      (withEvidence?.peakMegabytes ?? Number.NaN) - (without?.peakMegabytes ?? Number.NaN),
      (megabytes) => megabytes <= EVIDENCE_MEGABYTES_MAX,
      (megabytes) => `${megabytes.toFixed(0)} MB`,
    ),
  ];
}

function goal(
  text: string,
  observed: number,
  isMet: (observed: number) => boolean,
  render: (observed: number) => string,
): Goal {
  if (Number.isNaN(observed)) return { goal: text, observed: undefined, isMet: undefined };
  return { goal: text, observed: render(observed), isMet: isMet(observed) };
}
