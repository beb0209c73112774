/** Small shapes of a feature's two sides, on the same buckets and to the same scale. */

import type { InsightsFeature } from "../../monitor/insights.ts";
import type { CategoryShares } from "../../monitor/insights-evidence.ts";
import { Html, html } from "./html.ts";

const WIDTH = 80;
const HEIGHT = 22;
const CATEGORIES_MAX = 10;

type Shape = NonNullable<InsightsFeature["shape"]>;

export interface SideShares {
  readonly baseline: readonly number[];
  readonly current: readonly number[];
}

/** Draws each side; nothing where there is no shape. */
export function sparklines(shape: Shape | undefined): { baseline: Html; current: Html } {
  if (shape === undefined) return { baseline: new Html(""), current: new Html("") };
  const { baseline, current } = sharesOf(shape);
  const top = Math.max(...baseline, ...current) || 1;
  const gap = shape.kind === "numeric" ? 0 : 2;
  return {
    baseline: html`<svg class=k viewBox="0 0 80 22" aria-hidden=true>${new Html(
      silhouette(baseline, top, gap),
    )}</svg>`,
    current: html`<svg class="k q" viewBox="0 0 80 22" aria-hidden=true>${new Html(
      silhouette(current, top, gap),
    )}</svg>`,
  };
}

/** The buckets of a numeric shape; of a categorical one the largest categories of the baseline. */
function sharesOf(shape: Shape): SideShares {
  if (shape.kind === "numeric") return shape.buckets;
  const largest = (a: CategoryShares, b: CategoryShares): number =>
    b.baseline - a.baseline || b.current - a.current;
  const shown = shape.categories.toSorted(largest).slice(0, CATEGORIES_MAX);
  return {
    baseline: shown.map(({ baseline }) => baseline),
    current: shown.map(({ current }) => current),
  };
}

/** A share above none is seen, however small. */
function silhouette(shares: readonly number[], top: number, gap: number): string {
  const width = Math.min(WIDTH / shares.length, 16);
  const bars = shares.map((share, at) => {
    const height = share === 0 ? 0 : Math.max(1, Math.round((share / top) * HEIGHT));
    if (height === 0) return "";
    const left = round(at * width);
    return `M${left} 22v-${height}h${round(Math.max(1, width - gap))}v${height}z`;
  });
  return `<path d="${bars.join("")}"/>`;
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
