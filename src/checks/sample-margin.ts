/**
 * How much two samples of one distribution may differ by chance: the Kolmogorov-Smirnov bound
 * c * sqrt((n + m) / (n * m)), which awslabs/deequ's `Distance` subtracts in its robust form.
 */

/** The constant of the service, close to that of alpha = 0.003. */
const SERVICE_CONSTANT = 1.8;

/** Computes the margin of samples of n and m values. */
export function sampleMargin(n: number, m: number, constant: number = SERVICE_CONSTANT): number {
  return constant * Math.sqrt((n + m) / (n * m));
}

/**
 * Computes the least n whose margin beside m values lies below a threshold in (0, 1); infinite
 * where m values are too few for any n.
 */
export function sampleSizeFor(m: number, threshold: number): number {
  const left = (threshold / SERVICE_CONSTANT) ** 2 - 1 / m;
  return left > 0 ? Math.floor(1 / left) + 1 : Number.POSITIVE_INFINITY;
}

/** Computes the constant for a share of false alarms alpha in (0, 1). */
export function marginConstant(alpha: number): number {
  return Math.sqrt(-Math.log(alpha / 2) / 2);
}

/**
 * Bounds the chance of a gap as large between samples of n and m values of one distribution: the
 * first term of Kolmogorov's series, whose inverse is the margin. At most 1.
 */
export function gapPValue(gap: number, n: number, m: number): number {
  return Math.min(1, 2 * Math.exp((-2 * gap ** 2 * n * m) / (n + m)));
}
