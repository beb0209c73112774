/** What a bucket is called. */
import { formatNumber } from "../../base/format-number.ts";

/** Names the bucket `at` of those between bounds; the outer two are open. */
export function bucketName(bounds: readonly number[], at: number): string {
  const [low, high] = [bounds[at - 1], bounds[at]];
  if (low === undefined && high === undefined) return "all";
  if (low === undefined) return `to ${formatNumber(high!)}`;
  return high === undefined
    ? `from ${formatNumber(low)}`
    : `${formatNumber(low)} to ${formatNumber(high)}`;
}
