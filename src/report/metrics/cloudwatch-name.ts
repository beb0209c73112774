/** What metrics are called where a name has to hold the feature. */
import type { MetricSample } from "./run-metrics.ts";

const NAME_LENGTH_MAX = 255;

/** The violations of a run, by the dimension `ConstraintCheckType`, and in all without it. */
export const VIOLATION_COUNT = "tidemark_violation_count";

/**
 * The service's name of a feature's metric, within the 255 ASCII characters that CloudWatch takes;
 * undefined for a metric that the service does not have. `part` tells numbers of a summary apart
 * where each is a metric: `feature_data_sum_age`.
 */
export function cloudWatchName(
  { name, feature }: Pick<MetricSample, "name" | "feature">,
  part?: string | undefined,
): string | undefined {
  if (feature === undefined || !name.startsWith("feature_")) return undefined;
  const full = part === undefined ? `${name}_${feature}` : `${name}_${part}_${feature}`;
  return full.replace(/[^\x20-\x7e]/gu, "_").slice(0, NAME_LENGTH_MAX);
}
