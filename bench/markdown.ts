/** Markdown tables and the numbers in them. */
export const UNKNOWN = "–";

export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [header, header.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

export function whole(value: number | undefined, decimals = 0): string {
  if (value === undefined) return UNKNOWN;
  return value.toLocaleString("en-US", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

export function roundsText(rounds: number): string {
  return rounds === 1 ? "one round" : `${rounds} interleaved rounds`;
}

/** A ratio in three digits or so. */
export function ratioText(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(ratio < 0.1 ? 2 : 3);
}
