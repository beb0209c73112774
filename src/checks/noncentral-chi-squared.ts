/**
 * The noncentral chi-squared distribution: what a chi-squared statistic follows where the shares
 * do differ. It is a mixture of central ones of df + 2j degrees, weighted by the chances of j under
 * a Poisson distribution of mean noncentrality / 2 (Johnson, Kotz and Balakrishnan, Continuous
 * Univariate Distributions, volume 2, 29.4).
 */
import { chiSquaredUpperTail } from "./chi-squared-distribution.ts";
import { logGamma } from "./log-gamma.ts";

/** Weights of the mixture below this add nothing. */
const WEIGHT_MIN = 1e-15;
/** Halvings of a bracket, enough for every digit of a report. */
const HALVINGS = 50;

/** Computes the mass above x >= 0 for df >= 1 and a noncentrality >= 0, to nine digits. */
export function noncentralUpperTail(
  x: number,
  degreesOfFreedom: number,
  noncentrality: number,
): number {
  if (x <= 0) return 1;
  const a = degreesOfFreedom / 2;
  const z = x / 2;
  const mean = noncentrality / 2;
  const central = chiSquaredUpperTail(x, degreesOfFreedom);
  if (mean === 0) return central;
  let tail = central;
  let mass = 0;
  for (let j = 0; ; j++) {
    const weight = Math.exp(j * Math.log(mean) - mean - logGamma(j + 1));
    mass += weight * tail;
    if (j > mean && weight < WEIGHT_MIN) return Math.min(1, mass);
    // Q(a + 1, z) = Q(a, z) + z^a e^-z / gamma(a + 1): only sums of positive terms (DLMF 8.8.6).
    tail = Math.min(1, tail + Math.exp((a + j) * Math.log(z) - z - logGamma(a + j + 1)));
  }
}

/**
 * Finds the noncentrality at which a statistic exceeds a critical value with the chance `power` in
 * (0, 1): 0 where it does so without any, infinite where nothing exceeds it.
 */
export function noncentralityFor(
  power: number,
  criticalValue: number,
  degreesOfFreedom: number,
): number {
  if (criticalValue === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const powerAt = (noncentrality: number): number =>
    noncentralUpperTail(criticalValue, degreesOfFreedom, noncentrality);
  if (powerAt(0) >= power) return 0;
  let low = 0;
  let high = 1;
  while (powerAt(high) < power) {
    low = high;
    high *= 2;
  }
  for (let i = 0; i < HALVINGS; i++) {
    const middle = low + (high - low) / 2;
    if (powerAt(middle) < power) low = middle;
    else high = middle;
  }
  return high;
}
