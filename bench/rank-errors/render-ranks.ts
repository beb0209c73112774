/** The table of docs/rank-errors.md. */
import type { RankErrors } from "./measure-ranks.ts";

export const RANKS_HEAD = `| distribution | n | feed | distinct values | largest error | bound |
| --- | ---: | --- | ---: | ---: | ---: |`;

/** Renders one measurement as a line of the table. */
export function renderRanks({ distribution, n, feed, distinct, worst, bound }: RankErrors): string {
  const cells = [distribution, whole(n), feed, whole(distinct), share(worst), share(bound)];
  return `| ${cells.join(" | ")} |`;
}

function whole(n: number): string {
  return n.toLocaleString("en-US");
}

function share(x: number): string {
  return x === 0 ? "0" : `${(100 * x).toFixed(4)} %`;
}
