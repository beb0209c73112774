/** Did a share move? Fisher's exact test with a least difference that matters. */
import { fisherExact } from "../checks/fisher-exact.ts";
import { type AdvisoryFinding, type AdvisoryRule, formatShare } from "./advisory-finding.ts";
import { chiSquaredBound } from "./chi-squared-bound.ts";

const DEVIATIONS = Math.sqrt(chiSquaredBound(1));

/** So many of all. */
export interface Rate {
  readonly count: number;
  readonly of: number;
}

export interface RateQuestion {
  readonly rule: AdvisoryRule;
  readonly threshold: number;
  /** The subject and verb of the clause, such as `The value 0 makes up`. */
  readonly subject: string;
  /** A share by which sketches may be off; the test is of what remains. 0 for exact counts. */
  readonly slack?: number;
}

/** Compares two rates; undefined where a side has no cells. */
export function findRate(
  question: RateQuestion,
  current: Rate,
  baseline: Rate,
): AdvisoryFinding | undefined {
  const { rule, threshold, subject, slack = 0 } = question;
  const { of: n } = current;
  const { of: m } = baseline;
  if (n === 0 || m === 0) return undefined;
  const share = current.count / n;
  const before = baseline.count / m;
  const observed = Math.abs(share - before);
  const remaining = Math.max(0, observed - slack);
  const tested = Math.round(n * (share > before ? before + remaining : before - remaining));
  const pooled = (current.count + baseline.count) / (n + m);
  return {
    rule,
    observed,
    threshold,
    bound: DEVIATIONS * Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) + slack,
    pValues: [remaining === 0 ? 1 : fisherExact(tested, n, Math.round(baseline.count), m)],
    n,
    m,
    clause: `${subject} ${formatShare(share)}, ${formatShare(before)} in the baseline`,
  };
}
