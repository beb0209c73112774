/** What a run and its worker threads tell one another of units of content. */
import type { UnitState } from "../accumulate/profiler.ts";
import type { ErrorParts } from "../base/tidemark-error.ts";
import type { InputTally, Rejection } from "../source/record-source.ts";

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
