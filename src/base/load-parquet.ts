/** parquet-wasm: 5 MB of WebAssembly, loaded once it is needed. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type * as Parquet from "parquet-wasm/esm";
import { boundMemory } from "./bound-memory.ts";

export type { Encoding, ParquetFile, RecordBatch, RowGroupMetaData } from "parquet-wasm/esm";

const PAGE_BYTES = 65_536;
const PAGES_MAX = 65_536;

/**
 * Loads the package with memory of at most so many bytes, 4 GiB unless given. What would need more
 * ends in an uncaught `RuntimeError`, after which nothing but the memory's size can be asked for.
 */
export async function loadParquet(
  memoryBytesMax: number = PAGES_MAX * PAGE_BYTES,
): Promise<typeof Parquet> {
  const parquet = await import("parquet-wasm/esm");
  const path = createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");
  const pages = Math.min(Math.floor(memoryBytesMax / PAGE_BYTES), PAGES_MAX);
  parquet.initSync({ module: boundMemory(readFileSync(path), pages) });
  return parquet;
}
