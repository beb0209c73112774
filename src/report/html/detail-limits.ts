/** How much is told of a feature, so that a report of many features stays small. */
export interface DetailLimits {
  readonly offenders: number;
  readonly categories: number;
  readonly segments: number;
  readonly hasHistogram: boolean;
  readonly hasCurves: boolean;
  /** Whether sides are summed up in a table, and passed checks have their arithmetic. */
  readonly hasTables: boolean;
  /** Whether each bucket's numbers are listed. */
  readonly hasBuckets: boolean;
}

const BARE: DetailLimits = {
  offenders: 1,
  categories: 0,
  segments: 0,
  hasHistogram: false,
  hasCurves: false,
  hasTables: false,
  hasBuckets: false,
};
const COMPACT: DetailLimits = { ...BARE, categories: 3, segments: 1, hasHistogram: true };
const ORDINARY: DetailLimits = {
  ...COMPACT,
  offenders: 3,
  categories: 8,
  segments: 3,
  hasCurves: true,
  hasTables: true,
};
const WHOLE: DetailLimits = {
  offenders: 20,
  categories: 20,
  segments: 20,
  hasHistogram: true,
  hasCurves: true,
  hasTables: true,
  hasBuckets: true,
};

/** From the least to the most; what a level leaves out is said. */
export const DETAIL_LEVELS: readonly DetailLimits[] = [BARE, COMPACT, ORDINARY, WHOLE];
