/**
 * The upper tail of the chi-squared distribution and its inverse.
 *
 * The tail is the regularised incomplete gamma function Q(df / 2, x / 2): its power series below
 * a + 1, its continued fraction (modified Lentz) above, so that small tails keep their digits
 * (Press et al., Numerical Recipes, 6.2; DLMF 8.7.1 and 8.9.2). Relative accuracy 1e-9 or better
 * for df up to a few thousand.
 */

import { logGamma } from "./log-gamma.ts";

const TINY = 1e-300;

/** Computes the mass above x >= 0 for df >= 1: 1 at 0, 0 at Infinity. */
export function chiSquaredUpperTail(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const a = degreesOfFreedom / 2;
  const z = x / 2;
  const scale = Math.exp(a * Math.log(z) - z - logGamma(a));
  return z < a + 1 ? 1 - scale * lowerSeries(a, z) : scale * upperFraction(a, z);
}

/**
 * Finds the x above which the given mass lies: Infinity for no mass, 0 for all of it. Bisection
 * down to neighbouring doubles, as the tail falls all the way.
 */
export function chiSquaredCriticalValue(mass: number, degreesOfFreedom: number): number {
  if (mass >= 1) return 0;
  if (mass <= 0) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = degreesOfFreedom;
  while (chiSquaredUpperTail(high, degreesOfFreedom) > mass) high *= 2;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (chiSquaredUpperTail(middle, degreesOfFreedom) > mass) low = middle;
    else high = middle;
  }
}

function lowerSeries(a: number, z: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * Number.EPSILON; n++) {
    term *= z / (a + n);
    sum += term;
  }
  return sum;
}

function upperFraction(a: number, z: number): number {
  let b = z + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; ; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / awayFromZero(numerator * d + b);
    c = awayFromZero(b + numerator / c);
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) <= 2 * Number.EPSILON) return fraction;
  }
}

function awayFromZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}
