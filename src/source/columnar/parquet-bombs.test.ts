/** Small Parquet files that claim, or unpack to, much: what is said of them, in how much memory. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Data,
  Dictionary,
  Field,
  Int32,
  List,
  makeData,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import {
  EnabledStatistics,
  Encoding,
  Table as ParquetTable,
  WriterPropertiesBuilder,
  writeParquet,
} from "parquet-wasm";
import { describe, expect, it } from "vitest";
import { queryDuckdb, sqlText } from "../../../fixtures/duckdb.ts";
import { watchMemory } from "../../../fixtures/peak-memory.ts";
import { temporaryFolder } from "../../../fixtures/temporary-folder.ts";

const PEAK_MEGABYTES_MAX = 400;
const TOO_MUCH =
  "its cells take more than 2000 times its bytes; expected a table that is no more compressed " +
  "than tables are. Write it again with another encoding if it is meant to be so.";
const CORRUPT =
  "the Parquet data is corrupt or cut off; expected a whole Parquet file. Copy or write the file " +
  "again.";
const folder = temporaryFolder();
const path = join(folder, "bomb.parquet");

/** Properties of one page and one row group, however much it is. */
function properties(): WriterPropertiesBuilder {
  return new WriterPropertiesBuilder()
    .setStatisticsEnabled(EnabledStatistics.None)
    .setMaxRowGroupSize(1e9)
    .setDataPageSizeLimit(1e9);
}

/** A file of one column, which is not told that it was a dictionary. */
function encode(column: Data, writer = properties()): Buffer {
  const stream = tableToIPC(new Table({ x: new Vector([column]) }), "stream");
  const bytes = Buffer.from(writeParquet(ParquetTable.fromIPCStream(stream), writer.build()));
  bytes.write("unknown", bytes.indexOf("ARROW:schema"));
  return bytes;
}

/** One text of so many bytes, referred to so often. */
function repeated(textBytes: number, length: number): Data<Dictionary<Utf8, Int32>> {
  return makeData({
    type: new Dictionary(new Utf8(), new Int32()),
    length,
    nullCount: 0,
    data: new Int32Array(length),
    dictionary: vectorFromArray(["x".repeat(textBytes), "y"], new Utf8()),
  });
}

const zeros = (length: number): Data =>
  makeData({ type: new Int32(), data: new Int32Array(length) });

/** What is said of the file, once it is known to take little memory. */
function saidOf(bytes: Uint8Array): string {
  writeFileSync(path, bytes);
  const args = ["baseline", path, "-o", join(folder, "out"), "--quiet"];
  const { status, stderr, peakMegabytes } = watchMemory(args, folder);
  expect(peakMegabytes).toBeLessThan(PEAK_MEGABYTES_MAX);
  expect(status, stderr).toBe(stderr === "" ? 0 : 3);
  return stderr.replace(`tidemark: ${path}: `, "").trimEnd();
}

describe("a dictionary's one text that 2 GB refer to", () => {
  it.each([
    ["long", 100_000, 20_000],
    ["short", 1000, 2_000_000],
  ])("is refused once its cells are out of proportion: %s", (_, textBytes, rows) => {
    expect(saidOf(encode(repeated(textBytes, rows)))).toBe(TOO_MUCH);
  });

  it("is refused in a struct", () => {
    const type = new Struct([new Field("y", new Dictionary(new Utf8(), new Int32()), true)]);
    const length = 20_000;
    const children = [repeated(100_000, length)];
    expect(saidOf(encode(makeData({ type, length, nullCount: 0, children })))).toBe(TOO_MUCH);
  });

  it("is refused in a list, whose row can not be read in pieces", () => {
    const type = new List(new Field("y", new Dictionary(new Utf8(), new Int32()), true));
    const child = repeated(100_000, 20_000);
    const valueOffsets = Int32Array.from([0, 10, 20_000]);
    expect(saidOf(encode(makeData({ type, length: 2, nullCount: 0, valueOffsets, child })))).toBe(
      "a row or row group is corrupt, or takes more than 131 MiB in memory; expected row groups " +
        "of which each unpacks to less. Write the file again with fewer rows in each row group.",
    );
  });
});

describe("runs of equal numbers", () => {
  it("are read in slices that fit", () => {
    expect(saidOf(encode(zeros(40_000_000)))).toBe("");
  });

  it("are read in slices where they are packed differences", () => {
    const delta = properties()
      .setDictionaryEnabled(false)
      .setEncoding(Encoding.DELTA_BINARY_PACKED);
    expect(saidOf(encode(zeros(40_000_000), delta))).toBe("");
  });

  it("are refused where they can not be read in slices", async () => {
    const rows = "SELECT i FROM range(30_000_000) t(i)";
    const options = "FORMAT parquet, PARQUET_VERSION v2, ROW_GROUP_SIZE 30_000_000";
    await queryDuckdb(`COPY (${rows}) TO ${sqlText(path)} (${options})`);
    expect(saidOf(readFileSync(path))).toMatch(/^a row or row group is corrupt/);
  });

  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];

  it.each(["in its footer", "in its pages too"])("claim more than there are: %s", (where) => {
    const [rows, claimed] = [3_000_000, 2 ** 27 - 1];
    const bytes = encode(zeros(rows));
    const [true_, lie] = [rows, claimed].map((count) => Buffer.from(varint(2 * count)));
    let lies = 0;
    for (let at = where === "in its footer" ? bytes.length - 400 : 0; ; lies++) {
      at = bytes.indexOf(true_!, at);
      if (at === -1) break;
      lie!.copy(bytes, at);
    }
    expect(lies).toBeGreaterThan(1);
    expect(saidOf(bytes)).toBe(CORRUPT);
  });
});
