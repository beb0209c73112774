/** Distributions in one row of eighth blocks. */
const BLOCKS = "▁▂▃▄▅▆▇█";

/** Draws shares as blocks, the highest of `highest` full; what is not there at all is a space. */
export function sparkline(
  shares: readonly number[],
  highest: number = Math.max(...shares),
): string {
  return shares
    .map((share) => {
      if (!(share > 0) || !(highest > 0)) return " ";
      const at = Math.ceil((share / highest) * BLOCKS.length) - 1;
      return BLOCKS[Math.min(BLOCKS.length - 1, Math.max(0, at))]!;
    })
    .join("");
}

/**
 * Joins neighbouring shares until there are `width` of them: the outermost, which are open and
 * mostly empty, where one or two are too many, else all alike.
 */
export function joinShares(shares: readonly number[], width: number): readonly number[] {
  const surplus = shares.length - width;
  if (surplus <= 0) return shares;
  if (surplus <= 2) {
    const joined = [...shares];
    joined.splice(0, 2, joined[0]! + joined[1]!);
    if (surplus === 2) joined.splice(-2, 2, joined.at(-2)! + joined.at(-1)!);
    return joined;
  }
  const joined = Array.from({ length: width }, () => 0);
  for (const [index, share] of shares.entries()) {
    joined[Math.floor((index * width) / shares.length)]! += share;
  }
  return joined;
}
