import { chiSquaredCriticalValue } from "../checks/chi-squared-distribution.ts";
import { BOUND_ALPHA } from "./advisory-finding.ts";

/** By degrees of freedom: most features share theirs, and each is found by bisection. */
const known = new Map<number, number>();

/** What a chi-squared statistic exceeds by chance in `BOUND_ALPHA` of all cases; df >= 1. */
export function chiSquaredBound(degreesOfFreedom: number): number {
  const bound =
    known.get(degreesOfFreedom) ?? chiSquaredCriticalValue(BOUND_ALPHA, degreesOfFreedom);
  known.set(degreesOfFreedom, bound);
  return bound;
}
