/** What one rule finds in one feature, before it is known what the other features say. */
import type { ADVISORY_RULES } from "./insights-evidence.ts";

export type AdvisoryRule = (typeof ADVISORY_RULES)[number];

/** The chance at which a rule's bound stands: that of the service's margin, 1.8. */
export const BOUND_ALPHA = 0.003;

export interface AdvisoryFinding {
  readonly rule: AdvisoryRule;
  /** An effect size of at least 0. */
  readonly observed: number;
  /** The least effect that matters. */
  readonly threshold: number;
  /** The effect that chance exceeds in `BOUND_ALPHA` of all cases. */
  readonly bound: number;
  /** Of each test behind the rule. */
  readonly pValues: readonly number[];
  /** Sample sizes of the current side and of the baseline. */
  readonly n: number;
  readonly m: number;
  /** What was observed as the first half of a sentence. */
  readonly clause: string;
}

/** Writes a number in at most three significant digits, without an exponent for usual sizes. */
export function formatFigure(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** Writes a share as a percentage. */
export function formatShare(share: number): string {
  return `${formatFigure(share * 100)} %`;
}
