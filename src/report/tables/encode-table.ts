/** Writes a table in any of its formats. */
import { encodeArrowTable } from "./arrow-table.ts";
import { renderCsvTable } from "./csv-table.ts";
import { encodeParquetTable } from "./parquet-table.ts";
import type { Table } from "./table.ts";
import type { TableFormat } from "./table-names.ts";

const ENCODERS: Readonly<Record<TableFormat, (table: Table) => Promise<Uint8Array | string>>> = {
  csv: renderCsvTable,
  arrow: encodeArrowTable,
  parquet: encodeParquetTable,
};

/** Encodes a table; CSV is text, the others are bytes. */
export function encodeTable(format: TableFormat, table: Table): Promise<Uint8Array | string> {
  return ENCODERS[format](table);
}
