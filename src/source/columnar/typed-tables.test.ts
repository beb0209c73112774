/** What is said of tables that can not be read, and how single types become cells. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  Bool,
  Decimal,
  DenseUnion,
  Field,
  Float16,
  Int32,
  List,
  makeData,
  Struct,
  Table,
  tableFromArrays,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { queryDuckdb, sqlText } from "../../../fixtures/duckdb.ts";
import { temporaryFolder } from "../../../fixtures/temporary-folder.ts";
import { openRecords } from "../../job/open-records.ts";
import { profile } from "../../job/profile.ts";
import type { InputFormat } from "../input-formats.ts";
import type { ArrowRecordBatch } from "./arrow-column.ts";
import { openRecordBatches } from "./arrow-reader.ts";

const folder = temporaryFolder();

async function* once<T>(item: T): AsyncGenerator<T> {
  yield item;
}

/** The cells of a table's columns; null for missing. */
async function cellsOf(
  table: Table,
): Promise<Readonly<Record<string, readonly (string | null)[]>>> {
  async function* parts(): AsyncGenerator<ArrowRecordBatch> {
    for (const batch of table.batches) yield batch;
  }
  const source = await openRecordBatches(parts(), "table", {});
  const cells: Record<string, (string | null)[]> = {};
  for await (const { columns, records } of source.batches) {
    for (const [at, { bytes, starts, ends }] of columns.entries()) {
      const name = source.names![at]!;
      const column = cells[name] ?? [];
      cells[name] = column;
      for (let row = 0; row < records; row++) {
        const isMissing = starts[row] === 0xffff_ffff;
        column.push(
          isMissing ? null : Buffer.from(bytes.subarray(starts[row], ends[row])).toString(),
        );
      }
    }
  }
  return cells;
}

async function messageOf(bytes: Uint8Array, format?: InputFormat): Promise<string> {
  try {
    await profile(once(bytes), { format });
    return "read";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("cells of typed columns", () => {
  it("are text as their types say", async () => {
    const table = new Table({
      flag: vectorFromArray([true, null, false], new Bool()),
      half: vectorFromArray([0.5, -2, 65504], new Float16()),
      list: vectorFromArray([[1, null], [], null], new List(new Field("item", new Int32(), true))),
    });
    expect(await cellsOf(table)).toEqual({
      flag: ["true", null, "false"],
      half: ["0.5", "-2.0", "65504.0"],
      list: ["[1,null]", "[]", null],
    });
  });

  it("spell decimals exactly, negative ones too", async () => {
    const values = Uint32Array.from([
      150,
      0,
      0,
      0,
      ...Array.from({ length: 4 }, () => 0xffff_ffff),
    ]);
    const data = makeData({ type: new Decimal(2, 9, 128), data: values, length: 2, nullCount: 0 });
    const table = new Table({ exact: new Vector([data]) });
    expect(await cellsOf(table)).toEqual({ exact: ["1.50", "-0.01"] });
  });

  it("take members of a struct as columns, missing where it is", async () => {
    const type = new Struct([
      new Field("a", new Int32(), true),
      new Field("b.c", new Utf8(), true),
    ]);
    const struct = vectorFromArray([{ a: 1, "b.c": "x" }, null, { a: null, "b.c": "y" }], type);
    expect(await cellsOf(new Table({ s: struct }))).toEqual({
      "s.a": ["1", null, null],
      's["b.c"]': ["x", null, "y"],
    });
  });

  it("replace invalid UTF-8 and count it", async () => {
    const valueOffsets = Int32Array.from([0, 2, 3]);
    const data = makeData({
      type: new Utf8(),
      valueOffsets,
      data: Buffer.from([0x61, 0xff, 0x62]),
    });
    expect(await cellsOf(new Table({ text: new Vector([data]) }))).toEqual({
      text: ["a\u{fffd}", "b"],
    });
  });
});

describe("tables that can not be read", () => {
  const stream = tableToIPC(tableFromArrays({ x: [1, 2, 3] }), "stream");
  const CUT =
    "-: the Arrow data is corrupt or cut off; expected a whole Arrow file or stream. " +
    "Copy or write the file again.";
  const PARQUET =
    "-: the Parquet data is corrupt or cut off; expected a whole Parquet file. " +
    "Copy or write the file again.";

  it("are told to be corrupt", async () => {
    expect(await messageOf(stream.subarray(0, -20))).toBe(CUT);
    expect(await messageOf(Buffer.from("ARROW1\0\0"))).toBe(CUT);
    expect(await messageOf(Buffer.from("a,b\n1,2\n"), "arrow")).toBe(CUT);
    expect(await messageOf(Buffer.from("a,b\n1,2\n1,2\n"), "parquet")).toBe(PARQUET);
    expect(await messageOf(Buffer.from("PAR1\x15\x04\x15 and no more"))).toBe(PARQUET);
    expect(await messageOf(Buffer.from("PAR1\x15\0\0\0\xff\xff\xff\x7fPAR1", "latin1"))).toBe(
      PARQUET,
    );
  });

  it("have a column of a type that is not read", async () => {
    const type = new DenseUnion([0], [new Field("a", new Int32(), true)]);
    const child = makeData({ type: new Int32(), data: Int32Array.from([1]) });
    const data = makeData({
      type,
      length: 1,
      typeIds: Int8Array.from([0]),
      valueOffsets: Int32Array.from([0]),
      children: [child],
    });
    await expect(profile(new Table({ either: new Vector([data]) }))).rejects.toThrow(
      'records: column "either" is of a type that is not read; expected numbers, booleans, texts, ' +
        "dates, times, lists, maps or structs. Leave it out with --exclude.",
    );
  });

  it("have more columns than a table may", async () => {
    const type = new Int32();
    const fields = Array.from({ length: 100_001 }, (_, i) => ({ name: `c${i}`, type }));
    const { data } = new Table({ x: vectorFromArray([1]) }).batches[0]!;
    const batch = { schema: { fields }, numRows: 1, data };
    await expect(profile(once(batch))).rejects.toThrow(
      "records: has more than 100000 columns, or names too long; expected a table of fewer " +
        "columns. Write the columns to read to a file of their own.",
    );
  });

  it("are compressed beyond all proportion", async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, "a,b\n"));
    expect(await messageOf(bomb, "csv")).toBe(
      "-: is compressed more than 200 times; expected a file that unpacks to less. " +
        "Unpack it first if it is meant to be so.",
    );
  });

  it("stand for more than their bytes can say, as JSON and as Parquet", async () => {
    const line = `${JSON.stringify({ text: "x".repeat(5000) })}\n`;
    const lines = gzipSync(Buffer.alloc(80 * 1024 * 1024, line));
    expect(await messageOf(lines, "jsonl")).toBe(
      "-: is compressed more than 200 times; expected a file that unpacks to less. " +
        "Unpack it first if it is meant to be so.",
    );
    const file = join(folder, "bomb.parquet");
    const rows = "SELECT repeat('x', 1000) AS x FROM range(90000)";
    await queryDuckdb(`COPY (${rows}) TO ${sqlText(file)} (FORMAT parquet, COMPRESSION zstd)`);
    await expect(profile(file)).rejects.toThrow(
      `${file}: its cells take more than 2000 times its bytes; expected a table that is no more ` +
        "compressed than tables are. Write it again with another encoding if it is meant to be so.",
    );
  });

  it("do not go with a script, a window or labels", async () => {
    const context = { featureNames: undefined, onReject: () => undefined };
    const inputs = { format: "parquet", inputs: [] } as const;
    await expect(openRecords(inputs, { start: "2026-01-01" }, context)).rejects.toThrow(
      "--start is given, but Parquet records have no time; expected capture records. " +
        "Leave the window out, or pass --format capture.",
    );
    const preprocessor = { run: async () => [] } as never;
    await expect(openRecords(inputs, {}, { ...context, preprocessor })).rejects.toThrow(
      "a preprocessor is given, but the inputs are files of Parquet; expected no preprocessor. " +
        "Give CSV or JSON to run it on their records.",
    );
  });
});
