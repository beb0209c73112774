/** What a Parquet worker and the one who asks say to each other. */
import type { DivisionBounds } from "./parquet-division.ts";

export interface ParquetSetup {
  /** Bytes of the file. */
  readonly size: number;
  /** Whether a row group's stored bytes are kept, as to read them again takes long. */
  readonly keepsBytes: boolean;
  /** Rows of a part at most. */
  readonly rowsOfPart: number;
  readonly bounds: DivisionBounds;
  readonly start: ParquetStart;
  /** Bytes that decoding may take. */
  readonly memoryBytesMax: number;
}

/** Where reading begins. */
export interface ParquetStart {
  /** The first row, from 0. */
  readonly row: number;
  /** Rows of the first slice at most. */
  readonly rowsMax: number;
  /** Whether to pass over values of encodings that the library may panic at. */
  readonly takesRisks: boolean;
}

/** To the worker: bytes it asked for, or the wish for one more part. */
export type ParquetRequest =
  | { readonly kind: "bytes"; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: "next" };

/**
 * From the worker: bytes [from, to) it needs, the slice it decodes next, a part as Arrow streams of
 * columns, or an end: the last row's, that of its memory, at values that it could perhaps not pass
 * over, or at bytes that can not be decoded.
 */
export type ParquetAnswer =
  | { readonly kind: "read"; readonly id: number; readonly from: number; readonly to: number }
  | { readonly kind: "slice"; readonly slice: ParquetSlice }
  | { readonly kind: "part"; readonly streams: readonly Uint8Array[] }
  | { readonly kind: "end" }
  | { readonly kind: "exhausted" }
  | { readonly kind: "stuck" }
  | { readonly kind: "corrupt" };

/** Rows that are decoded at once. */
export interface ParquetSlice {
  readonly rows: number;
  /** Whether fewer of them could be. */
  readonly isDivisible: boolean;
}
