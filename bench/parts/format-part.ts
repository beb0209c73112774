/** A table in a format other than CSV, profiled by every tool that reads it. */
import type { Part } from "../contender.ts";
import { type Format, formatOf } from "../format-inputs.ts";
import { isThere, tableTools } from "../table-tools.ts";
import { TABLES } from "../tables.ts";
import { DUCKDB, MAIN, PANDAS, POLARS } from "../tool-names.ts";
import { compareTools, run } from "./table-part.ts";

const TABLE = "mixed";

/** DuckDB reads no Arrow without an extension, pandas no Parquet or Arrow without pyarrow. */
const TOOLS: Readonly<Record<Format, readonly string[]>> = {
  parquet: [MAIN, DUCKDB.aggregate(1), DUCKDB.aggregate(2), POLARS],
  arrow: [MAIN, POLARS],
  gzip: [MAIN, DUCKDB.aggregate(1), DUCKDB.aggregate(2), PANDAS, POLARS],
};

const WRITERS: Readonly<Record<Format, string>> = {
  parquet: "a Parquet file by DuckDB, Snappy, row groups of 122,880 rows",
  arrow: "an Arrow stream by apache-arrow, batches of as many rows, uncompressed",
  gzip: "CSV compressed by gzip",
};

export async function formatPart(format: Format, isFull: boolean): Promise<Part> {
  const { rows, shape } = TABLES[TABLE];
  const input = await formatOf(format, TABLE, isFull ? rows.large : rows.medium);
  const shorter = await formatOf(format, TABLE, rows.small);
  const tools = tableTools().filter(({ name }) => TOOLS[format].includes(name));
  const present = tools.filter(isThere);
  return {
    name: format,
    shape: `${TABLE} (${shape}) as ${WRITERS[format]}; MB are of the file`,
    rival: format === "arrow" ? POLARS : DUCKDB.aggregate(1),
    contenders: present.map((tool) => run(tool, input)),
    absent: tools.filter((tool) => !isThere(tool)).map(({ name }) => name),
    compareAll: () => compareTools(format, present, shorter),
  };
}
