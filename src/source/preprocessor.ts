/** What stands between records and rows when a user's script turns the one into the other. */
import type { FlatRow } from "./json-flatten.ts";

/** A record as it is handed to a user's script. */
export interface HookRecord {
  /** Capture and JSON datasets: the record's JSON text. CSV: its line without the line break. */
  readonly text: string;
  /** CSV: the cells, null for missing. */
  readonly cells?: readonly (string | null)[] | undefined;
  /** A label joined from elsewhere, which takes the place of the record's own. */
  readonly groundTruth?: { readonly data: string; readonly encoding: string } | undefined;
}

/** What a script made of one record. */
export type HookOutcome =
  /** The rows to read; none where the script drops the record. */
  | { readonly kind: "rows"; readonly rows: readonly FlatRow[] }
  /** The record itself came back: read it as if there were no script. */
  | { readonly kind: "same" }
  /** Rejects the record with the reason `hook`; the detail holds no value of the record. */
  | { readonly kind: "fault"; readonly detail: string };

export interface Preprocessor {
  /**
   * Finds one outcome per record, in order. `names` are a CSV dataset's column names, if known.
   * Calls may overlap; they are answered in order. Rejects with a configuration error when the
   * script can not go on, after which every call does.
   */
  preprocess(
    records: readonly HookRecord[],
    names?: readonly string[] | undefined,
  ): Promise<readonly HookOutcome[]>;
}
