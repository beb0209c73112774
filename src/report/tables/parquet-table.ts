/**
 * A table as a Parquet file: Snappy pages, statistics, row groups of 1,048,576 rows. Arrow's schema
 * stands in it beside Parquet's own, as in other writers' files.
 */
import { loadParquet } from "../../base/load-parquet.ts";
import { encodeArrowTable } from "./arrow-table.ts";
import type { Table } from "./table.ts";

/** Encodes the table; every column is optional, an absent cell is null. */
export async function encodeParquetTable(table: Table): Promise<Uint8Array> {
  const stream = await encodeArrowTable(table, "stream");
  const { Compression, Table, WriterPropertiesBuilder, writeParquet } = await loadParquet();
  const properties = new WriterPropertiesBuilder()
    .setCompression(Compression.SNAPPY)
    .setCreatedBy("tidemark")
    .build();
  return writeParquet(Table.fromIPCStream(stream), properties);
}
