/** Lanczos' series of g = 7 and nine terms (P. Godfrey's coefficients). */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
] as const;

/** The natural logarithm of the gamma function for a >= 0.5. */
export function logGamma(a: number): number {
  const x = a - 1;
  const t = x + 7.5;
  const series = LANCZOS.reduce(
    (sum, coefficient, i) => sum + coefficient / (i === 0 ? 1 : x + i),
    0,
  );
  return Math.log(2 * Math.PI) / 2 + (x + 0.5) * Math.log(t) - t + Math.log(series);
}
