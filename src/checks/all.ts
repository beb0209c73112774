/** The feature checks in the order in which their violations are written. */
import { baselineDriftCheck } from "./baseline-drift.ts";
import { categoricalValuesCheck } from "./categorical-values.ts";
import type { FeatureCheck } from "./check.ts";
import { completenessCheck } from "./completeness.ts";
import { dataTypeCheck } from "./data-type.ts";
import { nonNegativeCheck } from "./non-negative.ts";

export const ALL_CHECKS: readonly FeatureCheck[] = [
  dataTypeCheck,
  completenessCheck,
  categoricalValuesCheck,
  nonNegativeCheck,
  baselineDriftCheck,
];
