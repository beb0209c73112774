/** Both cumulative distributions of a numeric feature, and the gap where it is largest. */

import { formatNumber, formatShare } from "../../base/format-number.ts";
import type { Moved, NumericShape } from "../../monitor/insights-evidence.ts";
import { chartFrame } from "./chart-frame.ts";
import { type Html, html } from "./html.ts";

const WIDTH = 320;
const TOP = 16;
const HEIGHT = 150;
/** Tails beyond these shares of both sides are left of or right of the chart. */
const TAIL = 0.005;

type Cdf = NonNullable<NumericShape["cdf"]>;

/** Draws both as steps over values; what lies outside the chart is stated. A drift is marked. */
export function cumulativeChart(
  cdf: Cdf,
  moved: Pick<Moved, "at" | "gap"> | undefined,
  isDrift: boolean,
): Html {
  const { first, last } = rangeOf(cdf);
  const [low, high] = [cdf.at[first]!, cdf.at[last]!];
  const x = (value: number): number =>
    high === low ? WIDTH / 2 : Math.round(((value - low) / (high - low)) * WIDTH);
  const y = (share: number): number => TOP + Math.round((1 - share) * HEIGHT);
  const steps = (shares: readonly number[]): string => {
    let path = `M0 ${y(first === 0 ? 0 : shares[first - 1]!)}`;
    for (let i = first, lastX = 0, lastY = -1; i <= last; i++) {
      const [nextX, nextY] = [x(cdf.at[i]!), y(shares[i]!)];
      if (nextX !== lastX) path += `H${nextX}`;
      if (nextY !== lastY) path += `V${nextY}`;
      [lastX, lastY] = [nextX, nextY];
    }
    return `${path}H${WIDTH}`;
  };
  const isCut = first > 0 || last < cdf.at.length - 1;
  const bottom = TOP + HEIGHT;
  const label = describe(moved);
  const inside = html`
    <path class=x d="M0 ${TOP}H320M0 ${bottom}H320"/>
    <path class="l p" d="${steps(
      cdf.baseline,
    )}"/><path class="l q" d="${steps(cdf.current)}"/>${gapMark(cdf, moved, x, y, isDrift)}
  <text x=0 y=11>cumulative share, to 100%</text><text x=0 y=${
    bottom + 14
  }>${formatNumber(low)}</text><text x=320 y=${bottom + 14} class=e>${formatNumber(high)}</text>${
    isCut
      ? html`<text x=0 y=${bottom + 27}>without the outermost ${formatShare(TAIL)} of each tail
        </text>`
      : undefined
  }`;
  return chartFrame(bottom + 30, label, inside);
}

function describe(moved: Pick<Moved, "at" | "gap"> | undefined): string {
  if (typeof moved?.at !== "number" || moved.gap === undefined) return "Cumulative distributions.";
  return (
    `Cumulative distributions; the gap is largest at ${formatNumber(moved.at)}, where the ` +
    `current share up to it is ${moved.gap < 0 ? "lower" : "higher"} ` +
    `by ${formatShare(Math.abs(moved.gap))}.`
  );
}

function gapMark(
  { at, baseline, current }: Cdf,
  moved: Pick<Moved, "at" | "gap"> | undefined,
  x: (value: number) => number,
  y: (share: number) => number,
  isDrift: boolean,
): Html | undefined {
  const index = typeof moved?.at === "number" ? at.indexOf(moved.at) : -1;
  if (index < 0 || moved?.gap === undefined) return undefined;
  const left = x(at[index]!);
  if (left < 0 || left > WIDTH) return undefined;
  const [from, to] = [y(baseline[index]!), y(current[index]!)];
  const style = isDrift ? "g v" : "g";
  const isRight = left > WIDTH * 0.62;
  const gap = formatNumber(moved.gap).replace("-", "−");
  return html`<path class="${style}" d="M${left} ${from}V${to}"/><text class="${style}
    ${isRight ? " e" : ""}" x=${
      left + (isRight ? -6 : 6)
    } y=${Math.round((from + to) / 2) + 4}>${gap} at ${formatNumber(at[index]!)}
  </text>`;
}

/** The points between which all but the outermost tails of both sides lie. */
function rangeOf({ at, baseline, current }: Cdf): { first: number; last: number } {
  const isLeft = (i: number): boolean => baseline[i]! < TAIL && current[i]! < TAIL;
  const isRight = (i: number): boolean => baseline[i]! > 1 - TAIL && current[i]! > 1 - TAIL;
  let first = 0;
  let last = at.length - 1;
  while (first < last && isLeft(first + 1)) first += 1;
  while (last > first && isRight(last - 1)) last -= 1;
  return { first, last };
}
