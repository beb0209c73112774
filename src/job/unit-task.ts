/** What a run and its worker threads tell one another of units of content. */
import type { ProfilerOptions, UnitState } from "../accumulate/profiler.ts";
import type { ErrorParts } from "../base/tidemark-error.ts";
import type { CsvOptions } from "../source/csv/csv-options.ts";
import type { InputTally, Rejection } from "../source/record-source.ts";

/** What all units of a run are read by. */
export interface UnitSetup {
  readonly inputs: readonly { readonly path: string; readonly size: number }[];
  readonly unitBytes: number;
  readonly csv: Omit<CsvOptions, "onReject" | "units" | "part" | "kernel">;
  readonly header: NonNullable<CsvOptions["part"]>["header"];
  readonly profiler: Pick<ProfilerOptions, "lenientNumbers" | "hasTails">;
  /** Texts to count exactly, by column. */
  readonly pinned: readonly (readonly string[])[];
}

/** What a worker thread is given. */
export interface WorkerSetup {
  readonly setup: UnitSetup;
  /** The compiled kernel, which threads share; undefined where there is none. */
  readonly code: object | undefined;
}

export interface UnitTask {
  /** Byte of the content where the unit begins, or from where on its begin is to be guessed. */
  readonly offset: number;
  readonly isExact: boolean;
  /** The columns that are not counted, by position. */
  readonly folded: readonly number[];
}

export interface ReadUnit {
  /** Bytes of the content where it begins and where it ends. */
  readonly start: number;
  readonly end: number;
  /** Newlines of its last file before its end, from its own begin or the file's on. */
  readonly lines: number;
  /** Newlines of its first file count from its begin. */
  readonly state: UnitState;
  readonly tallies: readonly InputTally[];
}

/** What a thread made of a task; `overfull` tells that it rejected more than it may keep. */
export type UnitReply =
  | { readonly kind: "read"; readonly unit: ReadUnit; readonly rejections: readonly Rejection[] }
  | { readonly kind: "overfull"; readonly start: number }
  | {
      readonly kind: "failed";
      readonly start: number | undefined;
      readonly rejections: readonly Rejection[];
      /** Of a `TidemarkError`; otherwise the stack of an internal one. */
      readonly parts: ErrorParts | undefined;
      readonly stack: string;
    };
