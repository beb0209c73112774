/** What a Parquet worker and the one who asks say to each other. */
import type { DivisionBounds } from "./parquet-division.ts";

export interface ParquetSetup {
  /** Bytes of the file. */
  readonly size: number;
  /** Rows of a part at most. */
  readonly rowsOfPart: number;
  readonly bounds: DivisionBounds;
}

/** To the worker: bytes it asked for, or the wish for one more part. */
export type ParquetRequest =
  | { readonly kind: "bytes"; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: "next" };

/** From the worker: bytes [from, to) it needs, a part as Arrow streams of columns, or the end. */
export type ParquetAnswer =
  | { readonly kind: "read"; readonly id: number; readonly from: number; readonly to: number }
  | { readonly kind: "part"; readonly streams: readonly Uint8Array[] }
  | { readonly kind: "end" }
  | { readonly kind: "corrupt" };
