/**
 * A numeric feature's histogram, mirrored: the baseline above the line, the current side below it,
 * bucket over bucket, and beneath what each bucket adds to the population stability index. Without
 * a current side it stands upright. The shapes are those of the row, shown again.
 */

import { formatNumber, formatShare } from "../../base/format-number.ts";
import type { BucketShares } from "../../monitor/insights-evidence.ts";
import { bucketName } from "./bucket-name.ts";
import { chartFrame } from "./chart-frame.ts";
import { each, type Html, html } from "./html.ts";
import { SHAPE_HEIGHT, SHAPE_WIDTH, shapeIds } from "./sparklines.ts";

const LABELS = 14;
const MIDDLE = LABELS + SHAPE_HEIGHT;
const TICKS_MAX = 5;
const NUMBERS_MAX = 10;
const TINTS = 4;
/** A contribution below this is tinted faintly, whatever the others are. */
const PSI_SEEN_MIN = 0.05;

export interface HistogramOptions {
  readonly order: number;
  /** False for a baseline alone. */
  readonly hasCurrent: boolean;
  /** Whether to write each bucket's contribution beside its tint. */
  readonly hasNumbers: boolean;
}

/** Draws both sides, or the baseline alone. `bounds` are written as they are shown. */
export function histogram(
  buckets: BucketShares,
  bounds: readonly string[],
  { order, hasCurrent, hasNumbers }: HistogramOptions,
): Html {
  const { baseline, current } = buckets;
  const psi = hasCurrent ? buckets.psi : undefined;
  const top = Math.max(Math.max(...baseline), hasCurrent ? Math.max(...current) : 0);
  const ticksAt = MIDDLE + 14 + (hasCurrent ? SHAPE_HEIGHT : 0);
  const height = ticksAt + (psi === undefined ? 4 : 34);
  const ids = shapeIds(order);
  const label = describe(buckets, bounds, hasCurrent);
  const inside = html`
    <use href="#${ids.baseline}" class=p y=${LABELS} />${
      hasCurrent ? html`<use href="#${ids.current}" class=q />` : undefined
    }<path class=x d="M0 ${MIDDLE}h320"/><text y=10>baseline, to ${formatShare(top)}</text>${
      hasCurrent ? html`<text x=320 y=10 class="e q">current</text>` : undefined
    }${ticks(bounds, ticksAt)}${
      psi === undefined ? undefined : contributions(psi, ticksAt + 6, hasNumbers)
    }`;
  return chartFrame(height, label, inside);
}

function describe(
  { baseline, current }: BucketShares,
  bounds: readonly string[],
  hasCurrent: boolean,
): string {
  const buckets = `Histogram of ${baseline.length} buckets`;
  if (!hasCurrent) return `${buckets}.`;
  const changes = current.map((share, at) => Math.abs(share - baseline[at]!));
  const most = changes.indexOf(Math.max(...changes));
  return (
    `${buckets}; the largest change is ${bucketName(bounds, most)}: ` +
    `${formatShare(baseline[most]!)} of the baseline, ${formatShare(current[most]!)} now.`
  );
}

/** Labels some of the bounds, as many as have room. */
function ticks(bounds: readonly string[], y: number): Html {
  const width = SHAPE_WIDTH / (bounds.length + 1);
  const step = Math.max(1, Math.ceil(bounds.length / TICKS_MAX));
  const first = Math.floor(((bounds.length - 1) % step) / 2);
  const places: number[] = [];
  for (let at = first; at < bounds.length; at += step) places.push(at);
  const x = places.map((at) => Math.round((at + 1) * width));
  return html`<text y=${y} class=m>${each`<tspan x=${x}>${places.map((at) => bounds[at]!)}</tspan>`}
    </text>`;
}

/** Each bucket's part as a tint, and as a number where there is room; the sum is the index. */
function contributions(psi: readonly number[], y: number, hasNumbers: boolean): Html {
  const most = Math.max(PSI_SEEN_MIN, ...psi);
  const width = SHAPE_WIDTH / psi.length;
  const cell = Math.round(width) - 2;
  const cells = new Array<string>(TINTS).fill("");
  const x: number[] = [];
  const numbers: string[] = [];
  psi.forEach((part, at) => {
    if (part > 0) {
      const tint = Math.ceil((part / most) * TINTS) - 1;
      cells[tint] += `M${Math.round(at * width) + 1} ${y}h${cell}v12h-${cell}z`;
    }
    if (part < 0.0005) return;
    x.push(Math.round((at + 0.5) * width));
    numbers.push(part.toFixed(3).replace(/^0/, ""));
  });
  const tints = cells.map((path, tint) =>
    path === "" ? undefined : html`<path class=i${tint + 1} d="${path}"/>`,
  );
  const sum = psi.reduce((all, part) => all + part, 0);
  return html`${tints}${
    hasNumbers && psi.length <= NUMBERS_MAX
      ? html`<text y=${y + 9} class="m s">${each`<tspan x=${x}>${numbers}</tspan>`}
        </text>`
      : undefined
  }<text y=${y + 25}>PSI over these buckets ${formatNumber(sum)}</text>`;
}
