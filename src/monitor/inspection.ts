/**
 * What captured records (or a CSV) hold and how their columns would meet a baseline's features: the
 * type behind `tidemark inspect --json`.
 *
 * Cells appear as their shapes (`textShape`) unless values were asked for. Absent facts are left
 * out, never null. Later versions add keys and rename none.
 */
import type { Semantics } from "../base/semantics.ts";
import type { InferredType } from "../profile/profile.ts";
import type { RecordFormat } from "../source/detect-format.ts";
import type { RejectReason } from "../source/record-source.ts";
import type { Fit } from "./column-fit.ts";

export const INSPECTION_VERSION = 1;

/** How often each value was met; at most 1,000 of them, the others in one count. */
export interface Distribution {
  /** In ascending order of the value. */
  readonly values: readonly { readonly value: number; readonly count: number }[];
  readonly other: number;
}

/** Facts of the capture records that could be parsed and lie in the window. */
export interface CaptureFacts {
  readonly sides: { readonly both: number; readonly input: number; readonly output: number };
  /** The kinds of payload, per side the most frequent first; at most 100. */
  readonly payloads: readonly {
    readonly side: "input" | "output";
    readonly encoding: string;
    readonly content_type?: string | undefined;
    readonly records: number;
  }[];
  /** Records whose two sides have different encodings. */
  readonly mixed_encodings: number;
  readonly rows_per_record: Distribution;
  readonly cells_per_row: Distribution;
  readonly layout: {
    readonly by_name: number;
    readonly by_position: number;
    /** Rows by position although cells have names, none of which the baseline has. */
    readonly with_unknown_names: number;
  };
  readonly event_ids: {
    readonly present: number;
    /** Records whose id an earlier one has, among the first 100,000 ids. */
    readonly repeated: number;
  };
  readonly inference_ids: { readonly present: number };
  /** First and last `inferenceTime`, ISO 8601 in UTC; absent where none can be read. */
  readonly times: {
    readonly first?: string | undefined;
    readonly last?: string | undefined;
    readonly unreadable: number;
  };
}

export interface InspectedColumn {
  /** From 0. */
  readonly position: number;
  /** Where its cells come from. */
  readonly from: "input" | "output" | "both" | "csv" | "json" | "table";
  /** Its own name: a JSON key or a CSV header. */
  readonly name?: string | undefined;
  readonly type: InferredType;
  /** Share of present cells, 0..1. */
  readonly present: number;
  /** Up to three different cells, the first ones met. */
  readonly examples: readonly string[];
  /** The baseline's feature that it meets. */
  readonly feature?: string | undefined;
  readonly feature_type?: InferredType | undefined;
  /** Whether its values look like the feature's; absent without a feature. */
  readonly fit?: Fit | undefined;
}

export interface Inspection {
  readonly version: typeof INSPECTION_VERSION;
  readonly engine: { readonly name: "tidemark"; readonly version: string };
  readonly command: "inspect";
  readonly semantics: Semantics;
  readonly format: RecordFormat;
  readonly inputs: {
    readonly files: number;
    readonly files_outside_window: number;
    /** As stored, of what was read. */
    readonly bytes: number;
  };
  readonly window?:
    | { readonly start?: string | undefined; readonly end?: string | undefined }
    | undefined;
  /** Hour folders in the window; absent where files are in none. */
  readonly hours?:
    | {
        readonly first: string;
        readonly last: string;
        readonly count: number;
        /** Hours between the first and the last one that have no folder, and the first five. */
        readonly absent: number;
        readonly absent_first: readonly string[];
      }
    | undefined;
  readonly records: {
    /** Capture records in the window, or CSV records. */
    readonly read: number;
    readonly outside_window: number;
    readonly rejected: number;
    /** Rows that would be checked. */
    readonly rows: number;
  };
  /** By reason, the most frequent first. */
  readonly rejected: readonly {
    readonly reason: RejectReason;
    readonly count: number;
    /** The first three. */
    readonly first: readonly {
      readonly file: string;
      readonly line: number;
      readonly detail: string;
    }[];
  }[];
  readonly csv?: { readonly delimiter: string; readonly header: boolean } | undefined;
  readonly capture?: CaptureFacts | undefined;
  readonly columns: readonly InspectedColumn[];
  /** Absent without a baseline. */
  readonly matching?:
    | {
        readonly by: "name" | "position";
        readonly features: number;
        /** Features without a column, and columns without a feature. */
        readonly missing: readonly string[];
        readonly extra: readonly string[];
      }
    | undefined;
  readonly verdict: {
    readonly status: "aligned" | "misaligned" | "unmatched" | "no_baseline" | "unread";
    readonly text: string;
  };
  readonly warnings: readonly string[];
  /** Why reading ended before its end or a check could not begin; the error a check ends with. */
  readonly fault?: string | undefined;
}

/** Renders the JSON form: two spaces and a trailing newline. */
export function writeInspection(inspection: Inspection): string {
  return `${JSON.stringify(inspection, null, 2)}\n`;
}
