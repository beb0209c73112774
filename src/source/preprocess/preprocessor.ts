/** What stands between records and rows when a user's script makes the rows. */
import type { FlatRow } from "../json/json-flatten.ts";

/** A label of a record: a payload and its encoding. */
export interface GroundTruth {
  readonly data: string;
  readonly encoding: string;
}

/** A record as it is handed to a user's script. */
export interface HookRecord {
  /** Capture and JSON datasets: the record's JSON text. CSV: its line without the line break. */
  readonly text: string;
  /** CSV: the cells, null for missing. */
  readonly cells?: readonly (string | null)[] | undefined;
  /** A label joined from elsewhere, which takes the place of the record's own. */
  readonly groundTruth?: GroundTruth | undefined;
}

/** What a script made of a record. */
export type HookOutcome =
  /** Its rows; none: the record is dropped. */
  | { readonly kind: "rows"; readonly rows: readonly FlatRow[] }
  /** The record itself came back: it is read as it is. */
  | { readonly kind: "same" }
  /** The record is rejected; the detail holds no value of it. */
  | { readonly kind: "fault"; readonly detail: string };

export interface Preprocessor {
  /**
   * Gives one outcome per record, in order. `names` are a CSV dataset's columns, where known.
   * Rejects with a configuration error when the script ends, hangs or can not be run.
   */
  preprocess(
    records: readonly HookRecord[],
    names?: readonly string[] | undefined,
  ): Promise<readonly HookOutcome[]>;
}
