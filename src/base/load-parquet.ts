import type * as Parquet from "parquet-wasm";

export type { Encoding, ParquetFile, RecordBatch, RowGroupMetaData } from "parquet-wasm";

/** Loads the Parquet package, 5 MB of WebAssembly, once it is needed. */
export function loadParquet(): Promise<typeof Parquet> {
  return import("parquet-wasm");
}
