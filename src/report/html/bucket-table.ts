/** The numbers behind a histogram, for whoever reads or copies them. */

import { formatNumber, formatShare } from "../../base/format-number.ts";
import type { BucketShares } from "../../monitor/insights-evidence.ts";
import { bucketName } from "./bucket-name.ts";
import { type Html, html } from "./html.ts";

/** Lists every bucket; collapsed. */
export function bucketTable(
  { bounds, baseline, current, psi }: BucketShares,
  hasCurrent: boolean,
): Html {
  const rows = baseline.map(
    (share, at) =>
      html`<tr><th scope=row>${bucketName(bounds, at)}<td>${formatShare(share)}${
        hasCurrent
          ? html`<td>${formatShare(current[at]!)}<td>
            ${psi === undefined ? "" : formatNumber(psi[at]!)}`
          : undefined
      }`,
  );
  const heads = hasCurrent ? html`<th>Baseline<th>Current<th>PSI` : html`<th>Share`;
  return html`<details><summary>Buckets as numbers</summary><table><thead><tr><th>Bucket${heads}
    <tbody>${rows}</table></details>`;
}
