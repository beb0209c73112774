/** A table as an Arrow IPC file, which is also Feather version 2, or as an Arrow IPC stream. */
import { type Arrow, loadArrow } from "../../base/load-arrow.ts";
import type { ColumnType, Table } from "./table.ts";

/** Encodes the table: Utf8, Int64, Float64 and Bool columns, all of which may hold nulls. */
export async function encodeArrowTable(
  { columns }: Table,
  form: "file" | "stream",
): Promise<Uint8Array> {
  const { Bool, Float64, Int64, Table, tableToIPC, Utf8, vectorFromArray } = await loadArrow();
  const types: Readonly<Record<ColumnType, Arrow.DataType>> = {
    text: new Utf8(),
    integer: new Int64(),
    double: new Float64(),
    boolean: new Bool(),
  };
  const vectors = columns.map(({ name, type, cells }) => {
    const values = cells.map((cell) => {
      if (cell === undefined) return null;
      return type === "integer" ? BigInt(cell) : cell;
    });
    return [name, vectorFromArray(values, types[type])] as const;
  });
  return tableToIPC(new Table(Object.fromEntries(vectors)), form);
}
