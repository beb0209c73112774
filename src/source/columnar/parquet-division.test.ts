/** Row groups divided in every way: what is divided, and that the same records come of it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  Encoding,
  readParquet,
  WriterPropertiesBuilder,
  WriterVersion,
  writeParquet,
} from "parquet-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { queryDuckdb, sqlText } from "../../../fixtures/duckdb.ts";
import { temporaryFolder } from "../../../fixtures/temporary-folder.ts";
import { type Cells, MISSING } from "../../base/cells.ts";
import { findInputs } from "../content/byte-inputs.ts";
import {
  type DivisionBounds,
  lanesOf,
  type RowSlice,
  rowsOfSlice,
  type StoredColumn,
  slicesOf,
} from "./parquet-division.ts";
import { openParquet } from "./parquet-reader.ts";

const BOUNDS: DivisionBounds = { laneBytesMax: 100, sliceBytesMax: 1000, slicesMax: 16 };

function textAt({ bytes, starts, ends }: Cells, at: number): string {
  if (starts[at] === MISSING) return "missing";
  return Buffer.from(bytes.subarray(starts[at], ends[at])).toString();
}

const column = (path: string[], bytes = 60, values = 0): StoredColumn => {
  return { path, bytes, values, unpackedBytes: bytes, isSkippable: true };
};

describe("lanes", () => {
  it("are runs of columns of so many bytes, or one column", () => {
    const columns = [column(["a"], 40), column(["b"], 60), column(["c"], 1), column(["d"], 500)];
    expect(lanesOf(columns, BOUNDS)).toEqual([["a", "b"], ["c"], ["d"]]);
  });

  it("keep a struct's columns together", () => {
    const columns = [column(["s", "x"]), column(["s", "y", "z"]), column(["t"])];
    expect(lanesOf(columns, BOUNDS)).toEqual([["s"], ["t"]]);
  });

  it("are one for all columns where these are few or none", () => {
    expect(lanesOf([column(["a"], 40), column(["b"], 60)], BOUNDS)).toEqual([undefined]);
    expect(lanesOf([], BOUNDS)).toEqual([undefined]);
  });

  it("are one for thousands of columns", () => {
    const columns = Array.from({ length: 8193 }, (_, at) => column([`c${at}`]));
    expect(lanesOf(columns, BOUNDS)).toEqual([undefined]);
    expect(lanesOf(columns.slice(1), BOUNDS)).toHaveLength(8192);
  });

  it.each([
    [["a"], ["a.b"]],
    [["a", "x"], ["a.x"]],
    [["a"], ["b"], ["a"]],
    [[""], [".b"]],
    [["a.b", "c"], ["a"]],
  ])("are one where names do not tell columns apart: %j", (...paths) => {
    expect(
      lanesOf(
        paths.map((path) => column(path)),
        BOUNDS,
      ),
    ).toEqual([undefined]);
  });
});

describe("slices", () => {
  const divide = (stored: StoredColumn, rows: number, rowsOfPart: number, bounds = BOUNDS) => [
    ...slicesOf(rows, rowsOfSlice([stored], rows, rowsOfPart, bounds)),
  ];

  it("follow one another to the last row, none larger than its share, at most so many", () => {
    const some = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(some, some, some, fc.nat(200_000), (rows, rowsOfPart, sliceBytesMax, bytes) => {
        const bounds = { ...BOUNDS, sliceBytesMax };
        const slices = divide(column(["a"], bytes, rows), rows, rowsOfPart, bounds);
        let next = 0;
        for (const { offset, limit } of slices) {
          expect(offset).toBe(next);
          expect(limit).toBeGreaterThan(0);
          next = offset + limit;
          if (next < rows) expect(limit % rowsOfPart).toBe(0);
        }
        expect(next).toBe(rows);
        expect(slices.length).toBeLessThanOrEqual(bounds.slicesMax);
        const all = Math.max(bytes, 8 * rows);
        if (all <= sliceBytesMax) expect(slices.length).toBe(1);
      }),
    );
  });

  it("grow again from few rows to what they are otherwise", () => {
    expect([...slicesOf(100, 30, 7, 10)]).toEqual<RowSlice[]>([
      { offset: 7, limit: 10 },
      { offset: 17, limit: 20 },
      { offset: 37, limit: 30 },
      { offset: 67, limit: 30 },
      { offset: 97, limit: 3 },
    ]);
    expect([...slicesOf(100, 30, 100, 10)]).toEqual([]);
  });

  it("are none of no rows", () => {
    expect(divide(column(["a"]), 0, 4096)).toEqual([]);
  });
});

describe("a divided row group", () => {
  const folder = temporaryFolder();
  const NAMES = [
    "duckdb-v1",
    "duckdb-v2",
    "duckdb-v2-groups",
    "rust-v1",
    "rust-v2",
    "rust-delta",
    "rust-delta-length",
  ];
  const ENCODINGS: Readonly<Record<string, Encoding>> = {
    whole: Encoding.DELTA_BINARY_PACKED,
    maybe: Encoding.DELTA_BINARY_PACKED,
    double: Encoding.BYTE_STREAM_SPLIT,
  };
  const at = (name: string): string => join(folder, `${name}.parquet`);

  /** Small pages, of both versions; some of packed differences, DuckDB's in blocks of 2,048. */
  beforeAll(async () => {
    const select = `SELECT i AS "whole", i / 7.0 AS "double", 'text ' || (i % 50) AS "text",
      CASE WHEN i % 3 = 0 THEN NULL ELSE i * 7919 END AS "maybe", [i, i + 1] AS "list",
      {'x': i, 'y': {'z': i % 2 = 0}} AS "struct", MAP {'k': i} AS "map" FROM range(9000) t(i)`;
    const copy = (name: string, options: string) =>
      queryDuckdb(`COPY (${select}) TO ${sqlText(at(name))} (FORMAT parquet, ${options})`);
    await copy("duckdb-v1", "PARQUET_VERSION v1");
    await copy("duckdb-v2", "PARQUET_VERSION v2");
    await copy("duckdb-v2-groups", "PARQUET_VERSION v2, ROW_GROUP_SIZE 6144");
    const write = (name: string, version: WriterVersion, text?: Encoding) => {
      let properties = new WriterPropertiesBuilder()
        .setWriterVersion(version)
        .setDataPageSizeLimit(5000)
        .setWriteBatchSize(100);
      for (const [column, encoding] of Object.entries({ ...ENCODINGS, text })) {
        if (text === undefined || encoding === undefined) continue;
        properties = properties
          .setColumnDictionaryEnabled(column, false)
          .setColumnEncoding(column, encoding);
      }
      const table = readParquet(readFileSync(at("duckdb-v1")));
      writeFileSync(at(name), writeParquet(table, properties.build()));
    };
    write("rust-v1", WriterVersion.V1);
    write("rust-v2", WriterVersion.V2);
    write("rust-delta", WriterVersion.V1, Encoding.DELTA_BYTE_ARRAY);
    write("rust-delta-length", WriterVersion.V2, Encoding.DELTA_LENGTH_BYTE_ARRAY);
  });

  async function recordsOf(name: string, bounds?: DivisionBounds): Promise<string[]> {
    const { batches } = await openParquet(await findInputs([at(name)]), {}, bounds);
    const records: string[] = [];
    for await (const batch of batches) {
      for (let record = 0; record < batch.records; record++) {
        records.push(batch.columns.map((cells) => textAt(cells, record)).join(" | "));
      }
    }
    return records;
  }

  it.each(NAMES)(
    "has the same records in whichever lanes and slices it is read: %s",
    async (name) => {
      const whole = await recordsOf(name);
      expect(whole.length).toBe(9000);
      expect(whole[4096]).toBe(
        "4096 | 585.1428571428571 | text 46 | 32436224 | [4096,4097] | 4096 | true | " +
          '[{"key":"k","value":4096}]',
      );
      for (const laneBytesMax of [0, 20_000]) {
        for (const sliceBytesMax of [1, 300_000]) {
          expect(await recordsOf(name, { laneBytesMax, sliceBytesMax, slicesMax: 16 })).toEqual(
            whole,
          );
        }
      }
    },
  );
});
