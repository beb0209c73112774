/** The numbers behind a histogram, for whoever reads or copies them. */

import { formatNumber, formatShare } from "../../base/format-number.ts";
import type { BucketShares } from "../../monitor/insights-evidence.ts";
import { bucketName } from "./bucket-name.ts";
import { each, type Html, html } from "./html.ts";

const BOTH_HEADS = html`<th>Baseline<th>Current<th>PSI`;
const SHARE_HEAD = html`<th>Share`;

/** Lists every bucket; collapsed. `bounds` are written as they are shown. */
export function bucketTable(
  { baseline, current, psi }: BucketShares,
  bounds: readonly string[],
  hasCurrent: boolean,
): Html {
  const names = baseline.map((_, at) => bucketName(bounds, at));
  const before = baseline.map((share) => formatShare(share));
  const rows = hasCurrent
    ? each`<tr><th scope=row>${names}<td>${before}<td>${current.map((share) => formatShare(share))}
      <td>${psi === undefined ? names.map(() => "") : psi.map(formatNumber)}`
    : each`<tr><th scope=row>${names}<td>${before}`;
  return html`<details><summary>Buckets as numbers</summary><table><thead><tr><th>Bucket
    ${hasCurrent ? BOTH_HEADS : SHARE_HEAD}<tbody>${rows}</table></details>`;
}
