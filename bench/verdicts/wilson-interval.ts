/** The 95 % interval of a share (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927). */
const Z = 1.959964;

export function wilsonInterval(count: number, of: number): readonly [low: number, high: number] {
  const share = count / of;
  const center = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half =
    (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return [Math.max(0, center - half), Math.min(1, center + half)];
}
