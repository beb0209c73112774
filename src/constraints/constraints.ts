/** What must hold for each feature, and how strictly it is checked. */
import type { InferredType } from "../profile/profile.ts";

export type ComparisonMethod = "Robust" | "Simple";
export type CategoricalDriftMethod = "LInfinity" | "ChiSquared";

/** Shares are 0..1 and minimum shares: a check fails below its threshold, drift above it. */
export interface MonitoringConfig {
  readonly evaluateConstraints: boolean;
  readonly emitMetrics: boolean;
  readonly datatypeCheckThreshold: number;
  readonly domainContentThreshold: number;
  readonly performComparison: boolean;
  readonly comparisonThreshold: number;
  readonly comparisonMethod: ComparisonMethod;
  /** Absent in 2021 files: the comparison threshold serves. */
  readonly categoricalComparisonThreshold?: number | undefined;
  readonly categoricalDriftMethod: CategoricalDriftMethod;
}

/** The keys a feature replaces; the merge of all its override objects. */
export type ConfigOverrides = { readonly [K in keyof MonitoringConfig]?: MonitoringConfig[K] };

/** The configuration one feature is checked with: every key decided. */
export interface FeatureConfig extends MonitoringConfig {
  readonly categoricalComparisonThreshold: number;
}

export interface FeatureConstraints {
  readonly name: string;
  readonly inferredType: InferredType;
  /** Least share of present cells, 0..1; absent: not checked. */
  readonly completeness?: number | undefined;
  /** Numeric features; absent or false: not checked. */
  readonly isNonNegative?: boolean | undefined;
  /** String features: the allowed texts, in the service's order; absent: not checked. */
  readonly domains?: readonly string[] | undefined;
  readonly overrides: ConfigOverrides;
}

export interface Constraints {
  readonly features: readonly FeatureConstraints[];
  readonly config: MonitoringConfig;
}

/** What the service writes, and what it assumes where a file is silent. */
export const DEFAULT_CONFIG: MonitoringConfig = {
  evaluateConstraints: true,
  emitMetrics: true,
  datatypeCheckThreshold: 1,
  domainContentThreshold: 1,
  performComparison: true,
  comparisonThreshold: 0.1,
  comparisonMethod: "Robust",
  categoricalComparisonThreshold: 0.1,
  categoricalDriftMethod: "LInfinity",
};

/**
 * The effective configuration of one feature. A categorical threshold that neither the feature nor
 * the file sets follows the effective comparison threshold.
 */
export function configOf(config: MonitoringConfig, feature: FeatureConstraints): FeatureConfig {
  const merged = { ...config, ...feature.overrides };
  return {
    ...merged,
    categoricalComparisonThreshold:
      merged.categoricalComparisonThreshold ?? merged.comparisonThreshold,
  };
}
