/** The profile of one feature from what an accumulator knows of its cells. */
import { inServiceOrder } from "../base/scala-map-order.ts";
import type {
  Category,
  CellPlace,
  FeatureProfile,
  Frequencies,
  NumericSummary,
} from "../profile/profile.ts";
import type { RankMap } from "../sketch/rank-map.ts";
import { BOOLEAN, FRACTIONAL, INTEGRAL, STRING } from "./cell-reader.ts";
import { inferType } from "./infer-type.ts";

/** The service prints categories while the number of distinct texts is at most this. */
const CATEGORIES_MAX = 120;

export interface FeatureCells {
  /** Present cells by class, indexed by the class constants. */
  readonly classes: readonly number[];
  readonly missing: number;
  readonly uncastable: number;
  readonly nonFinite: number;
  readonly negative: number;
  readonly zero: number;
  readonly firstString: CellPlace | undefined;
  readonly firstBoolean: CellPlace | undefined;
  /** Number of distinct texts, exact or estimated. */
  readonly distinct: number;
  readonly frequencies: Frequencies;
  /** Undefined without a finite number. */
  readonly numeric: NumericSummary | undefined;
  readonly values: RankMap | undefined;
}

export function profileFeature(name: string, cells: FeatureCells): FeatureProfile {
  const { classes, missing, distinct, frequencies, numeric, values } = cells;
  const integral = classes[INTEGRAL]!;
  const fractional = classes[FRACTIONAL]!;
  const boolean = classes[BOOLEAN]!;
  const string = classes[STRING]!;
  const inferredType = inferType({ integral, fractional, boolean, string });
  const isNumeric = inferredType === "Integral" || inferredType === "Fractional";
  const isString = inferredType === "String";
  // Few texts too long to keep are not all counted; a partial list would be a wrong domain.
  const hasCategories = isString && distinct <= CATEGORIES_MAX && frequencies.other === 0;
  const { uncastable, nonFinite, negative, zero } = cells;
  return {
    name,
    inferredType,
    present: integral + fractional + boolean + string,
    missing,
    distinct,
    numeric: isNumeric ? (numeric ?? {}) : undefined,
    categories: hasCategories ? categoriesOf(name, frequencies.counts) : undefined,
    measured: {
      cells: { integral, fractional, boolean, string, uncastable, nonFinite, negative, zero },
      numeric,
      frequencies,
      values,
      firstString: isString ? (cells.firstString ?? cells.firstBoolean) : undefined,
    },
  };
}

function categoriesOf(name: string, counts: Frequencies["counts"]): Category[] {
  return inServiceOrder(name, [...counts.keys()]).map((value) => ({
    value,
    count: counts.get(value)!,
  }));
}
