/** What a contender found in a table, as far as it says it: what is compared before timing. */
export interface FoundProfile {
  readonly rows: number;
  /** Relative standard error of `distinct`; 0 where distinct values are counted. */
  readonly distinctError: number;
  /** Columns in the file's order. */
  readonly columns: readonly FoundColumn[];
}

/** A column; what the contender does not compute is absent. */
export interface FoundColumn {
  readonly name: string;
  readonly present?: number | undefined;
  readonly missing?: number | undefined;
  /** Population statistics of a column of numbers. */
  readonly mean?: number | undefined;
  readonly stdDev?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly distinct?: number | undefined;
  /** Cells per text. */
  readonly texts?: readonly (readonly [text: string, cells: number])[] | undefined;
}
