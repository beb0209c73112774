/** Writes a table in any of its formats. */

import type { TableFormat } from "../export-formats.ts";
import { encodeArrowTable } from "./arrow-table.ts";
import { renderCsvTable } from "./csv-table.ts";
import { encodeParquetTable } from "./parquet-table.ts";
import type { Table } from "./table.ts";

const ENCODERS: Readonly<Record<TableFormat, (table: Table) => Promise<Uint8Array | string>>> = {
  csv: renderCsvTable,
  arrow: (table) => encodeArrowTable(table, "file"),
  parquet: encodeParquetTable,
};

/** Encodes a table; CSV is text, the others are bytes. */
export function encodeTable(format: TableFormat, table: Table): Promise<Uint8Array | string> {
  return ENCODERS[format](table);
}
