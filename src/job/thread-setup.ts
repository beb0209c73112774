/** What all threads of a run read CSV files by. */
import type { ProfilerOptions } from "../accumulate/profiler.ts";
import type { CsvOptions } from "../source/csv/csv-options.ts";

export interface ThreadSetup {
  readonly inputs: readonly { readonly path: string; readonly size: number }[];
  readonly unitBytes: number;
  readonly csv: Omit<CsvOptions, "onReject" | "units" | "part" | "kernel">;
  readonly header: NonNullable<CsvOptions["part"]>["header"];
  readonly profiler: Pick<ProfilerOptions, "lenientNumbers" | "hasTails">;
  /** Texts to count exactly, by column. */
  readonly pinned: readonly (readonly string[])[];
}
