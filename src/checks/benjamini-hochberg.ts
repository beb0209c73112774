/**
 * P-values adjusted for their number: those at most alpha are the discoveries of which a share of
 * at most alpha is expected to be false (Y. Benjamini and Y. Hochberg, J. R. Stat. Soc. B 57,
 * 1995).
 */

/**
 * Adjusts p-values, in their order: p times their number over its rank, and never above the
 * adjusted value of a larger one. The least is the p-value of all hypotheses together (Simes).
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const count = pValues.length;
  const descending = pValues.map((_, i) => i).sort((a, b) => pValues[b]! - pValues[a]!);
  const adjusted = new Array<number>(count);
  let least = 1;
  descending.forEach((at, place) => {
    least = Math.min(least, pValues[at]! * (count / (count - place)));
    adjusted[at] = least;
  });
  return adjusted;
}
