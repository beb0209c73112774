/** A table as a Parquet file: Snappy pages, column statistics, one row group per 100,000 rows. */
import type { ColumnSource } from "hyparquet-writer";
import { importOptional } from "../../base/import-optional.ts";
import type { ColumnType, Table } from "./table.ts";

const TYPES = {
  text: "STRING",
  integer: "INT64",
  double: "DOUBLE",
  boolean: "BOOLEAN",
} as const satisfies Readonly<Record<ColumnType, ColumnSource["type"]>>;

const ROW_GROUP_ROWS = 100_000;

/** Encodes the table; every column is optional, an absent cell is null. */
export async function encodeParquetTable({ columns }: Table): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await importOptional(
    "hyparquet-writer",
    "--format parquet",
    () => import("hyparquet-writer"),
  );
  const columnData = columns.map(({ name, type, cells }): ColumnSource => {
    const data = cells.map((cell) => {
      if (cell === undefined) return null;
      return type === "integer" ? BigInt(cell) : cell;
    });
    return { name, data, type: TYPES[type], nullable: true };
  });
  const options = { columnData, rowGroupSize: ROW_GROUP_ROWS, createdBy: "tidemark" };
  return new Uint8Array(parquetWriteBuffer(options));
}
