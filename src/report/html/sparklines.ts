/**
 * Small shapes of a feature's two sides, on the same buckets and to the same scale. A numeric one
 * is drawn in the units of its histogram, which shows the same path again.
 */
import type { InsightsFeature } from "../../monitor/insights.ts";
import type { CategoryShares } from "../../monitor/insights-evidence.ts";
import { type Html, html } from "./html.ts";

export const SHAPE_WIDTH = 320;
export const SHAPE_HEIGHT = 72;
const CATEGORIES_MAX = 10;
/** Bars are strokes, so that they take few bytes; their width stands in the style. */
const BAR_STEP = 32;
/** A share above none is seen, however small. */
const HEIGHT_MIN = 3;

type Shape = NonNullable<InsightsFeature["shape"]>;

/** Ids of the two paths in the page; `order` tells features apart. */
export function shapeIds(order: number): { baseline: string; current: string } {
  return { baseline: `b${order}`, current: `c${order}` };
}

/** Draws the baseline, and the current side where there is one; nothing where there is no shape. */
export function sparklines(
  shape: Shape | undefined,
  order: number,
  hasCurrent: boolean,
): { baseline: Html | undefined; current: Html | undefined } {
  if (shape === undefined) return { baseline: undefined, current: undefined };
  const { baseline, current } = sharesOf(shape);
  const top = Math.max(Math.max(...baseline), Math.max(...current)) || 1;
  const [draw, kind] = shape.kind === "numeric" ? [silhouette, "k"] : [bars, "l"];
  const ids = shapeIds(order);
  const sparkline = (id: string, shares: readonly number[], style: string): Html =>
    html`<svg class="${style}" viewBox="0 0 320 72"><path id=${id} d="${draw(
      shares.map((share) =>
        share === 0 ? 0 : Math.max(HEIGHT_MIN, Math.round((share / top) * SHAPE_HEIGHT)),
      ),
    )}"/></svg>`;
  return {
    baseline: sparkline(ids.baseline, baseline, kind),
    current: hasCurrent ? sparkline(ids.current, current, `${kind} q`) : undefined,
  };
}

/** The buckets of a numeric shape; of a categorical one the largest categories of the baseline. */
function sharesOf(shape: Shape): { baseline: readonly number[]; current: readonly number[] } {
  if (shape.kind === "numeric") return shape.buckets;
  const largest = (a: CategoryShares, b: CategoryShares): number =>
    b.baseline - a.baseline || b.current - a.current;
  const shown = shape.categories.toSorted(largest).slice(0, CATEGORIES_MAX);
  return {
    baseline: shown.map(({ baseline }) => baseline),
    current: shown.map(({ current }) => current),
  };
}

/** One outline from the left to the right. */
function silhouette(heights: readonly number[]): string {
  let path = `M0 ${SHAPE_HEIGHT}`;
  let last = 0;
  for (let at = 0; at < heights.length; at++) {
    const height = heights[at]!;
    if (height !== last) path += `V${SHAPE_HEIGHT - height}`;
    path += `H${Math.round(((at + 1) * SHAPE_WIDTH) / heights.length)}`;
    last = height;
  }
  return `${path}V${SHAPE_HEIGHT}z`;
}

function bars(heights: readonly number[]): string {
  return heights
    .map((height, at) => `M${at * BAR_STEP + 12} ${SHAPE_HEIGHT}V${SHAPE_HEIGHT - height}`)
    .join("");
}
