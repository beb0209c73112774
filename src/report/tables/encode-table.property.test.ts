/** Tables written in each format, read back by other implementations: DuckDB and flechette. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bool, float64, int64, tableFromIPC, utf8 } from "@uwdata/flechette";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { queryDuckdb, sqlText } from "../../../fixtures/duckdb.ts";
import { anyText } from "../../../fixtures/hostile-insights.ts";
import { temporaryFolder } from "../../../fixtures/temporary-folder.ts";
import { encodeTable } from "./encode-table.ts";
import type { Table } from "./table.ts";

const folder = temporaryFolder();

const RUNS = { numRuns: 60 };

const SQL_TYPES = { text: "VARCHAR", integer: "BIGINT", double: "DOUBLE", boolean: "BOOLEAN" };

const absent = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined, freq: 4 });

/** Texts of every width of UTF-8, and long ones that repeat, as compression finds them. */
const wideText: fc.Arbitrary<string> = fc.oneof(
  anyText,
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.tuple(fc.string({ unit: "binary" }), fc.nat(400)).map(([text, times]) => text.repeat(times)),
);

const anyTable: fc.Arbitrary<Table> = fc
  .array(
    fc.record({
      text: absent(wideText),
      integer: absent(fc.maxSafeInteger()),
      double: absent(fc.double()),
      boolean: absent(fc.boolean()),
      other: absent(wideText),
    }),
    { maxLength: 12 },
  )
  .map((rows) => ({
    columns: (["text", "integer", "double", "boolean", "other"] as const).map((name) => ({
      name,
      type: name === "other" ? ("text" as const) : name,
      cells: rows.map((row) => row[name]),
    })),
  }));

/** Rows as a reader gives them: no UTF-8 has a lone surrogate, no CSV tells -0 from 0. */
function rowsOf({ columns }: Table): unknown[] {
  return (columns[0]?.cells ?? []).map((_, row) =>
    Object.fromEntries(
      columns.map(({ name, type, cells }) => {
        const cell = cells[row];
        if (cell === undefined) return [name, null];
        if (type === "integer") return [name, BigInt(cell)];
        if (typeof cell === "number") return [name, cell + 0];
        return [name, typeof cell === "string" ? Buffer.from(cell).toString() : cell];
      }),
    ),
  );
}

function withoutSigns(rows: readonly Readonly<Record<string, unknown>>[]): unknown[] {
  return rows.map((row) => ({
    ...row,
    double: typeof row["double"] === "number" ? row["double"] + 0 : row["double"],
  }));
}

describe("a table", () => {
  it("is read from CSV by DuckDB, absent cells apart from empty texts", async () => {
    const path = join(folder, "table.csv");
    await fc.assert(
      fc.asyncProperty(anyTable, async (table) => {
        writeFileSync(path, await encodeTable("csv", table));
        const columns = table.columns.map(({ name, type }) => `${name}: '${SQL_TYPES[type]}'`);
        const rows = await queryDuckdb(
          `SELECT * FROM read_csv(${sqlText(path)}, auto_detect = false, header = true,
             delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', nullstr = '',
             allow_quoted_nulls = false, columns = {${columns.join(", ")}})`,
        );
        expect(withoutSigns(rows)).toEqual(rowsOf(table));
      }),
      RUNS,
    );
  });

  it("is read from Parquet by DuckDB, with its types", async () => {
    const path = join(folder, "table.parquet");
    await fc.assert(
      fc.asyncProperty(anyTable, async (table) => {
        writeFileSync(path, await encodeTable("parquet", table));
        const source = `read_parquet(${sqlText(path)})`;
        const described = await queryDuckdb(`DESCRIBE SELECT * FROM ${source}`);
        expect(described.map((row) => [row["column_name"], row["column_type"]])).toEqual(
          table.columns.map(({ name, type }) => [name, SQL_TYPES[type]]),
        );
        const rows = await queryDuckdb(`SELECT * FROM ${source}`);
        expect(withoutSigns(rows)).toEqual(rowsOf(table));
      }),
      RUNS,
    );
  });

  it("is read from Arrow by flechette, with its types", async () => {
    const types = { text: utf8(), integer: int64(), double: float64(), boolean: bool() };
    await fc.assert(
      fc.asyncProperty(anyTable, async (table) => {
        const bytes = await encodeTable("arrow", table);
        const read = tableFromIPC(bytes as Uint8Array, { useBigInt: true });
        expect(read.schema.fields.map(({ name, type }) => [name, type])).toEqual(
          table.columns.map(({ name, type }) => [name, types[type]]),
        );
        expect(withoutSigns(read.toArray() as Record<string, unknown>[])).toEqual(rowsOf(table));
      }),
      RUNS,
    );
  });

  it("is the same bytes whenever it is written", async () => {
    const [table] = fc.sample(anyTable, { numRuns: 1, seed: 7 }) as [Table];
    for (const format of ["csv", "arrow", "parquet"] as const) {
      expect(await encodeTable(format, table)).toEqual(await encodeTable(format, table));
    }
  });
});
