/** How much is told of a feature, so that a report of many features stays small. */
export interface DetailLimits {
  readonly offenders: number;
  readonly categories: number;
  readonly segments: number;
  readonly hasCurves: boolean;
  readonly hasNumbers: boolean;
}

/** From the least to the most; what a level leaves out is said. */
export const DETAIL_LEVELS: readonly DetailLimits[] = [
  { offenders: 1, categories: 3, segments: 1, hasCurves: false, hasNumbers: false },
  { offenders: 3, categories: 8, segments: 3, hasCurves: true, hasNumbers: false },
  { offenders: 20, categories: 50, segments: 20, hasCurves: true, hasNumbers: true },
];
