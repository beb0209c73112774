/**
 * A numeric feature's histogram, mirrored: the baseline above the line, the current side below it,
 * bucket over bucket, and beneath what each bucket adds to the population stability index. Without a
 * current side it stands upright.
 */

import type { BucketShares } from "../../monitor/insights-evidence.ts";
import { formatNumber, formatShare } from "../format-number.ts";
import { type Html, html } from "./html.ts";

const WIDTH = 320;
const SIDE = 72;
const LABELS = 14;
const TICKS_MAX = 5;
const NUMBERS_MAX = 10;
/** A contribution below this is tinted faintly, whatever the others are. */
const PSI_SEEN_MIN = 0.05;

/** Draws both sides, or the baseline alone. */
export function histogram(
  { bounds, baseline, current, psi }: BucketShares,
  hasCurrent: boolean,
): Html {
  const top = Math.max(...baseline, ...(hasCurrent ? current : [])) || 1;
  const width = WIDTH / baseline.length;
  const middle = LABELS + SIDE;
  const bars = (shares: readonly number[], sign: 1 | -1): string =>
    shares
      .map((share, at) => {
        const height = share === 0 ? 0 : Math.max(1, Math.round((share / top) * SIDE));
        if (height === 0) return "";
        const left = round(at * width + 1);
        return `M${left} ${middle}v${sign * height}h${round(Math.max(1, width - 2))}v${-sign * height}z`;
      })
      .join("");
  const ticksAt = hasCurrent ? middle + SIDE + 12 : middle + 14;
  const hasContributions = hasCurrent && psi !== undefined;
  const height = ticksAt + (hasContributions ? 36 : 4);
  return html`<svg class=c viewBox="0 0 320 ${height}" width=320 height=${height} role=img aria-label="${describe(
    { bounds, baseline, current },
    hasCurrent,
  )}"><path class=p d="${bars(baseline, -1)}"/>${
    hasCurrent ? html`<path class=q d="${bars(current, 1)}"/>` : undefined
  }<path class=x d="M0 ${middle}h320"/><text x=0 y=10>baseline, to ${formatShare(top)}</text>${
    hasCurrent ? html`<text x=320 y=10 class="e q">current</text>` : undefined
  }${ticks(bounds, width, ticksAt)}${
    hasContributions ? contributions(psi, width, ticksAt + 8) : undefined
  }</svg>`;
}

function describe(
  { bounds, baseline, current }: Pick<BucketShares, "bounds" | "baseline" | "current">,
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

/** Names a bucket by its bounds; the outer two are open. */
export function bucketName(bounds: readonly number[], at: number): string {
  const [low, high] = [bounds[at - 1], bounds[at]];
  if (low === undefined && high === undefined) return "all";
  if (low === undefined) return `to ${formatNumber(high!)}`;
  return high === undefined
    ? `from ${formatNumber(low)}`
    : `${formatNumber(low)} to ${formatNumber(high)}`;
}

/** Labels some of the bounds, as many as have room. */
function ticks(bounds: readonly number[], width: number, y: number): readonly Html[] {
  const step = Math.max(1, Math.ceil(bounds.length / TICKS_MAX));
  const first = Math.floor(((bounds.length - 1) % step) / 2);
  return bounds
    .map((bound, at) => ({ bound, at }))
    .filter(({ at }) => at >= first && (at - first) % step === 0)
    .map(
      ({ bound, at }) =>
        html`<text x=${round((at + 1) * width)} y=${y} class=m>${formatNumber(bound)}</text>`,
    );
}

/** Each bucket's part as a tint and a number; the sum is the index. */
function contributions(psi: readonly number[], width: number, y: number): Html {
  const most = Math.max(PSI_SEEN_MIN, ...psi);
  const cells = psi.map(
    (part, at) =>
      html`<rect x=${round(at * width + 1)} y=${y} width=${round(Math.max(1, width - 2))} height=12 opacity=${round((part / most) * 0.5)} />${
        psi.length <= NUMBERS_MAX && part >= 0.0005
          ? html`<text x=${round((at + 0.5) * width)} y=${y + 9} class="m s">${part.toFixed(3).replace(/^0/, "")}</text>`
          : undefined
      }`,
  );
  const sum = psi.reduce((all, part) => all + part, 0);
  return html`<g class=i>${cells}</g><text x=0 y=${y + 25}>adds to PSI ${formatNumber(sum)}</text>`;
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
