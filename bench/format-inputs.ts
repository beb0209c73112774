/** The bench's tables in other formats than CSV, written by others than us. */
import {
  closeSync,
  createReadStream,
  createWriteStream,
  openSync,
  statSync,
  writeSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { type RecordBatch, RecordBatchStreamWriter, tableFromIPC } from "apache-arrow";
import { ParquetFile } from "parquet-wasm";
import { type Input, makeLater, tableOf } from "./inputs.ts";
import type { TableName } from "./tables.ts";

export const FORMATS = ["parquet", "arrow", "gzip"] as const;
export type Format = (typeof FORMATS)[number];

const ENDINGS: Readonly<Record<Format, string>> = {
  parquet: ".parquet",
  arrow: ".arrows",
  gzip: ".csv.gz",
};
/** As many as DuckDB's row groups have. */
const ARROW_BATCH_ROWS = 122_880;

/** Makes a file of a table's first rows in a format, or finds it made. */
export async function formatOf(format: Format, name: TableName, rows: number): Promise<Input> {
  const csv = tableOf(name, rows).path;
  const path = csv.replace(/\.csv$/, ENDINGS[format]);
  const parquet = format === "arrow" ? (await formatOf("parquet", name, rows)).path : "";
  await makeLater(path, async (temporary) => {
    if (format === "gzip") {
      await pipeline(createReadStream(csv), createGzip(), createWriteStream(temporary));
    } else if (format === "parquet") {
      await copyToParquet(csv, temporary);
    } else {
      await copyToArrow(parquet, temporary);
    }
  });
  return { path, rows, bytes: statSync(path).size };
}

async function copyToParquet(csv: string, path: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const types = "auto_type_candidates = ['BIGINT', 'DOUBLE', 'VARCHAR'], sample_size = -1";
  const from = `read_csv('${csv}', header = true, ${types})`;
  await connection.run(`COPY (SELECT * FROM ${from}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
}

/** Decoded by arrow-rs, written by apache-arrow. */
async function copyToArrow(parquet: string, path: string): Promise<void> {
  const writer = new RecordBatchStreamWriter();
  const decoded = (async () => {
    for await (const batch of decode(parquet)) writer.write(batch);
    writer.finish();
  })();
  const output = openSync(path, "w");
  for await (const chunk of writer) writeSync(output, chunk);
  closeSync(output);
  await decoded;
}

async function* decode(parquet: string): AsyncGenerator<RecordBatch> {
  const file = await ParquetFile.fromFile(new Blob([await readFile(parquet)]));
  const reader = (await file.stream({ batchSize: ARROW_BATCH_ROWS })).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    yield* tableFromIPC(next.value.intoIPCStream()).batches;
  }
}
