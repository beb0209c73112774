/** Makes any of the tables that a run is exported as. */

import type { TableName } from "../export-formats.ts";
import type { ExportSource } from "../export-source.ts";
import { distancesTable } from "./distances-table.ts";
import { profileTable } from "./profile-table.ts";
import type { Table } from "./table.ts";
import { violationsTable } from "./violations-table.ts";

const TABLES: Readonly<Record<TableName, (source: ExportSource) => Table>> = {
  profile: profileTable,
  violations: violationsTable,
  distances: distancesTable,
};

export function buildTable(name: TableName, source: ExportSource): Table {
  return TABLES[name](source);
}
