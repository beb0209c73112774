/**
 * DuckDB on a CSV file, types sniffed once, or on a Parquet file, one query:
 *
 * - `aggregate`: of columns of numbers count, min, max, avg, sum, stddev_pop and nine approximate
 *   deciles; of others count, min, an approximate distinct count and the approximate 100 most
 *   frequent values;
 * - `summarize`: the statement of that name (all columns: min, max, approximate distinct count,
 *   avg, std, three approximate quartiles, count, share of nulls);
 * - `count`: count(*).
 *
 * Usage: duckdb-profile.js <query> <threads> <csv or parquet file> <json file to write>
 */
import { writeFileSync } from "node:fs";
import { DuckDBInstance, type JS } from "@duckdb/node-api";
import type { FoundColumn, FoundProfile } from "./found-profile.ts";

type Row = Record<string, JS>;

interface SniffedColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

/** Its HyperLogLog has 64 registers. */
const DISTINCT_ERROR = 1.04 / Math.sqrt(64);
const DECILES = "[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]";
const NUMBERS = new Set(["BIGINT", "DOUBLE"]);

const [query, threads, table, json] = process.argv.slice(2);
if (json === undefined) throw new Error("a query, threads, a table and a JSON file expected");

const connection = await (await DuckDBInstance.create(":memory:")).connect();
await connection.run(`SET threads = ${Number(threads)}`);

async function select(sql: string): Promise<Row[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function aggregate(column: SniffedColumn, at: number): string {
  const cell = `"${column.name.replaceAll('"', '""')}"`;
  const every = `count(${cell}) AS n${at}, min(${cell}) AS min${at}`;
  return column.isNumber
    ? `${every}, max(${cell}) AS max${at}, avg(${cell}) AS mean${at}, sum(${cell}) AS sum${at}, ` +
        `stddev_pop(${cell}) AS sd${at}, approx_quantile(${cell}, ${DECILES}) AS deciles${at}`
    : `${every}, approx_count_distinct(${cell}) AS distinct${at}, ` +
        `approx_top_k(${cell}, 100) AS top${at}`;
}

async function runAggregate(
  from: string,
  columns: readonly SniffedColumn[],
): Promise<FoundProfile> {
  const [row] = await select(
    `SELECT count(*) AS rows, ${columns.map(aggregate).join(", ")} ${from}`,
  );
  const rows = Number(row!["rows"]);
  const found = columns.map(({ name, isNumber }, at): FoundColumn => {
    const present = Number(row![`n${at}`]);
    const counts = { name, present, missing: rows - present };
    if (!isNumber) return { ...counts, distinct: Number(row![`distinct${at}`]) };
    return {
      ...counts,
      min: Number(row![`min${at}`]),
      max: Number(row![`max${at}`]),
      mean: Number(row![`mean${at}`]),
      stdDev: Number(row![`sd${at}`]),
    };
  });
  return { rows, distinctError: DISTINCT_ERROR, columns: found };
}

async function runSummarize(
  from: string,
  columns: readonly SniffedColumn[],
): Promise<FoundProfile> {
  const summaries = await select(`SUMMARIZE ${from}`);
  const found = summaries.map((row, at): FoundColumn => {
    const distinct = Number(row["approx_unique"]);
    const { name, isNumber } = columns[at]!;
    if (!isNumber) return { name, distinct };
    const [min, max, mean] = [Number(row["min"]), Number(row["max"]), Number(row["avg"])];
    return { name, distinct, min, max, mean };
  });
  const rows = Number(summaries[0]!["count"]);
  return { rows, distinctError: DISTINCT_ERROR, columns: found };
}

async function runCount(from: string): Promise<FoundProfile> {
  const [row] = await select(`SELECT count(*) AS rows ${from}`);
  return { rows: Number(row!["rows"]), distinctError: DISTINCT_ERROR, columns: [] };
}

/** The columns of a file, and what stands behind FROM. */
async function openTable(path: string): Promise<{ types: [string, string][]; from: string }> {
  if (path.endsWith(".parquet")) {
    const from = `FROM read_parquet(${quoted(path)})`;
    const described = await select(`DESCRIBE SELECT * ${from}`);
    const types = described.map((row): [string, string] => [
      String(row["column_name"]),
      String(row["column_type"]),
    ]);
    return { types, from };
  }
  const [sniffed] = await select(`SELECT Columns FROM sniff_csv(${quoted(path)}, header = true)`);
  const types = (sniffed!["Columns"] as readonly Row[]).map(({ name, type }): [string, string] => [
    String(name),
    String(type),
  ]);
  const from =
    `FROM read_csv(${quoted(path)}, auto_detect = false, header = true, ` +
    `delim = ',', quote = '"', escape = '"', columns = {` +
    `${types.map(([name, type]) => `${quoted(name)}: ${quoted(type)}`).join(", ")}})`;
  return { types, from };
}

const { types, from } = await openTable(table!);
const columns = types.map(([name, type]) => ({ name, isNumber: NUMBERS.has(type) }));
const run = { aggregate: runAggregate, summarize: runSummarize, count: runCount }[String(query)];
if (run === undefined) throw new Error("aggregate, summarize or count expected");
writeFileSync(json, JSON.stringify(await run(from, columns)));
connection.closeSync();
