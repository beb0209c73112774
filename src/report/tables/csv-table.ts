/**
 * A table as CSV (RFC 4180): UTF-8, a header, CRLF after every record. An absent cell is empty, an
 * empty text is `""`; cells are quoted where they hold a comma, a quote or a line break, or where
 * they begin or end with a space. Numbers have all their digits; those that are none are `NaN`,
 * `Infinity` and `-Infinity`.
 */
import { loadPapaparse } from "../../base/load-papaparse.ts";
import type { Table } from "./table.ts";

/** Renders the table. */
export async function renderCsvTable({ columns }: Table): Promise<string> {
  const { unparse } = await loadPapaparse();
  const rows = columns[0]?.cells.length ?? 0;
  const records = Array.from({ length: rows }, (_, row) => columns.map(({ cells }) => cells[row]));
  const header = columns.map(({ name }) => name);
  return `${unparse([header, ...records], { quotes: (cell) => cell === "" })}\r\n`;
}
