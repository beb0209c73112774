/** What a bucket is called. */

/** Names the bucket `at` of those between bounds, which are written already; the outer are open. */
export function bucketName(bounds: readonly string[], at: number): string {
  const low = bounds[at - 1];
  const high = bounds[at];
  if (low === undefined) return high === undefined ? "all" : `to ${high}`;
  return high === undefined ? `from ${low}` : `${low} to ${high}`;
}
