import type { CellPlace } from "../profile/profile.ts";
import type { CellClass } from "./cell-reader.ts";

/** Cells known by their distinct texts. */
export interface CountedColumn {
  readonly missing: number;
  readonly firstString: CellPlace | undefined;
  readonly firstBoolean: CellPlace | undefined;
  /** Each is valid until the next one is asked for. */
  readonly texts: Iterable<CountedText>;
}

/** The text bytes[start, end), the number of its cells, and what a `CellReader` makes of it. */
export interface CountedText {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly count: number;
  readonly cellClass: CellClass;
  readonly value: number;
}
