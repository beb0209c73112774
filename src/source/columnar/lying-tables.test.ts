/** Small Arrow and Parquet files whose heads and lengths claim what can not be. */
import {
  CompressionType,
  compressionRegistry,
  type Data,
  Dictionary,
  Field,
  Int32,
  List,
  makeData,
  Null,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { compress } from "lz4js";
import { describe, expect, it } from "vitest";
import { profile } from "../../job/profile.ts";
import { loadArrowReader } from "./arrow-library.ts";

const CORRUPT_ARROW =
  "-: the Arrow data is corrupt or cut off; expected a whole Arrow file or stream. " +
  "Copy or write the file again.";
const CORRUPT_PARQUET =
  "-: the Parquet data is corrupt or cut off; expected a whole Parquet file. " +
  "Copy or write the file again.";
const TOO_MUCH =
  "-: its cells take more than 2000 times its bytes; expected a table that is no more compressed " +
  "than tables are. Write it again with another encoding if it is meant to be so.";
const COMPRESSED =
  "-: is compressed more than 200 times; expected a file that unpacks to less. " +
  "Unpack it first if it is meant to be so.";

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The number of records, or what is said of the bytes. */
async function saidOf(bytes: Uint8Array, format: "arrow" | "parquet" = "arrow"): Promise<unknown> {
  try {
    return (await profile(once(bytes), { format })).itemCount;
  } catch (error) {
    return (error as Error).message;
  }
}

const streamOf = (...parts: Data[]): Buffer =>
  Buffer.from(tableToIPC(new Table({ x: new Vector(parts) }), "stream"));
const nulls = (length: number): Data => makeData({ type: new Null(), length, nullCount: length });

describe("an Arrow part", () => {
  it("may have rows without bytes, as many as a part has otherwise", async () => {
    expect(await saidOf(streamOf(nulls(1_000_000)))).toBe(1_000_000);
    expect(await saidOf(streamOf(nulls(2_000_000)))).toBe(CORRUPT_ARROW);
    expect(await saidOf(streamOf(nulls(2 ** 31 - 1)))).toBe(CORRUPT_ARROW);
  });

  it("may not be one of many without bytes", async () => {
    expect(await saidOf(streamOf(...Array.from({ length: 100 }, () => nulls(1e6))))).toBe(TOO_MUCH);
  });

  it("may not refer to a dictionary's text without end", async () => {
    const length = 100_000;
    const column = makeData({
      type: new Dictionary(new Utf8(), new Int32()),
      length,
      nullCount: 0,
      data: new Int32Array(length),
      dictionary: vectorFromArray(["x".repeat(1_000_000)], new Utf8()),
    });
    expect(await saidOf(streamOf(column))).toBe(TOO_MUCH);
  });

  const listOf = (child: Data, ...offsets: number[]): Data =>
    makeData({
      type: new List(new Field("item", child.type, true)),
      length: offsets.length - 1,
      nullCount: 0,
      valueOffsets: Int32Array.from(offsets),
      child,
    });

  it("has lists of items that stand in one of them each", async () => {
    expect(await saidOf(streamOf(listOf(nulls(1000), 0, 10, 10, 1000)))).toBe(3);
    expect(await saidOf(streamOf(listOf(nulls(1000), 0, 1000, 0, 1000)))).toBe(CORRUPT_ARROW);
  });

  it("has few items without bytes", async () => {
    // Bytes for whose sake more rows would be believed.
    const type = new Struct([
      new Field("text", new Utf8(), true),
      new Field("list", new List(new Field("item", new Null(), true)), true),
    ]);
    const text = vectorFromArray(["x".repeat(10_000)], new Utf8()).data[0]!;
    const children = [text, listOf(nulls(5_000_000), 0, 5_000_000)];
    const column = makeData({ type, length: 1, nullCount: 0, children });
    expect(await saidOf(streamOf(column))).toBe(CORRUPT_ARROW);
  });
});

describe("a compressed Arrow part", () => {
  const zeros = (length: number): Data =>
    makeData({ type: new Int32(), data: new Int32Array(length) });

  /** The library writes the compressed length of a buffer where the format wants the other one. */
  async function compressed(column: Data, claimed: number): Promise<Buffer> {
    await loadArrowReader();
    const { decode } = compressionRegistry.get(CompressionType.LZ4_FRAME)!;
    compressionRegistry.set(CompressionType.LZ4_FRAME, { encode: compress, decode: decode! });
    const table = new Table({ x: new Vector([column]) });
    const bytes = Buffer.from(tableToIPC(table, "stream", CompressionType.LZ4_FRAME));
    bytes.writeBigInt64LE(BigInt(claimed), bytes.indexOf("04224d18", 0, "hex") - 8);
    return bytes;
  }

  it("unpacks to what it says", async () => {
    expect(await saidOf(await compressed(zeros(100_000), 400_000))).toBe(100_000);
    expect(await saidOf(await compressed(zeros(1000), 5000))).toBe(CORRUPT_ARROW);
    expect(await saidOf(await compressed(zeros(1000), -2))).toBe(CORRUPT_ARROW);
  });

  it("says that it is no more than 200 times its bytes", async () => {
    expect(await saidOf(await compressed(zeros(1000), 2 ** 31 - 1))).toBe(COMPRESSED);
    expect(await saidOf(await compressed(zeros(20_000_000), 80_000_000))).toBe(COMPRESSED);
  });
});

describe("the schema of an Arrow stream", () => {
  /** A stream of structs within each other, and where they stand in it. */
  function nested(depth: number): { bytes: Buffer; fields: Fields[] } {
    let type: Struct | Int32 = new Int32();
    for (let at = 0; at < depth; at++) {
      type = new Struct([new Field("a", type, true), new Field("b", new Int32(), true)]);
    }
    const bytes = Buffer.from(
      tableToIPC(new Table(new Schema([new Field("x", type, true)])), "stream"),
    );
    const tables = new Tables(bytes);
    const schema = tables.table(tables.follow(8), 2);
    const fields: Fields[] = [];
    for (let vector = tables.table(schema, 1); ; ) {
      fields.push({ vector, count: bytes.readUInt32LE(vector) });
      const field = tables.follow(vector + 4);
      if (fields.length > depth) return { bytes, fields };
      vector = tables.table(field, 5);
    }
  }

  interface Fields {
    readonly vector: number;
    readonly count: number;
  }

  /** A flatbuffer, as far as fields are found in it. */
  class Tables {
    readonly #bytes: Buffer;

    constructor(bytes: Buffer) {
      this.#bytes = bytes;
    }

    follow(place: number): number {
      return place + this.#bytes.readUInt32LE(place);
    }

    table(table: number, member: number): number {
      const vtable = table - this.#bytes.readInt32LE(table);
      return this.follow(table + this.#bytes.readUInt16LE(vtable + 4 + 2 * member));
    }
  }

  it("is read where it is as it should be", async () => {
    const { bytes, fields } = nested(5);
    expect(fields.map(({ count }) => count)).toEqual([1, 2, 2, 2, 2, 2]);
    expect(await saidOf(bytes)).toMatch(/^-: has no record/);
  });

  it.each([1, 3])("may not have a field within itself, %i levels up", async (levels) => {
    const { bytes, fields } = nested(5);
    const place = fields[4]!.vector + 4;
    const above = new Tables(bytes).follow(fields[4 - levels]!.vector + 4);
    bytes.writeInt32LE(above - place, place);
    expect(await saidOf(bytes)).toBe(CORRUPT_ARROW);
  });

  it("may not double its fields at each level", async () => {
    const { bytes, fields } = nested(30);
    for (const { vector, count } of fields.slice(0, -1)) {
      if (count === 1) continue;
      const place = vector + 4;
      bytes.writeUInt32LE(new Tables(bytes).follow(place) - (place + 4), place + 4);
    }
    expect(await saidOf(bytes)).toBe(CORRUPT_ARROW);
  });

  it("may not claim fields without end", async () => {
    const { bytes, fields } = nested(2);
    bytes.writeUInt32LE(1e9, fields[1]!.vector);
    expect(await saidOf(bytes)).toBe(CORRUPT_ARROW);
  });

  it("may not be too deep", async () => {
    expect(await saidOf(nested(1000).bytes)).toBe(CORRUPT_ARROW);
  });
});

describe("the schema of a Parquet file", () => {
  const I32 = 5;
  const I64 = 6;
  const BINARY = 8;
  const LIST = 9;
  const STRUCT = 12;

  // What Thrift's compact protocol makes of numbers, texts, lists and structs.
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
  const int = (value: number): number[] => varint(value < 0 ? -2 * value - 1 : 2 * value);
  const text = (value: string): number[] => [value.length, ...Buffer.from(value)];
  const list = (items: readonly number[][], count = items.length): number[] =>
    [0xf0 + STRUCT, ...varint(count)].concat(items.flat());
  const struct = (fields: Readonly<Record<number, readonly [type: number, bytes: number[]]>>) => {
    let last = 0;
    const bytes: number[][] = [];
    for (const [id, [type, value]] of Object.entries(fields)) {
      bytes.push([(Number(id) - last) * 16 + type], value);
      last = Number(id);
    }
    return [...bytes.flat(), 0];
  };

  const group = (children: number): number[] =>
    struct({ 4: [BINARY, text("g")], 5: [I32, int(children)] });
  const leaf = struct({ 1: [I32, int(1)], 3: [I32, int(1)], 4: [BINARY, text("x")] });

  function fileOf(
    schema: readonly number[][],
    { elements = schema.length, groups = 0 } = {},
  ): Buffer {
    const footer = struct({
      1: [I32, int(1)],
      2: [LIST, list(schema, elements)],
      3: [I64, int(1e9)],
      4: [LIST, list([], groups)],
    });
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    return Buffer.concat([Buffer.from("PAR1"), Buffer.from(footer), length, Buffer.from("PAR1")]);
  }

  it("is read where it is as it should be", async () => {
    expect(await saidOf(fileOf([group(1), leaf]), "parquet")).toMatch(/^-: has no record/);
  });

  it.each([
    ["more children than there are", fileOf([group(2), leaf])],
    ["a milliard children", fileOf([group(1e9), leaf])],
    ["less than no children", fileOf([group(-2), leaf])],
    ["fewer children than there are", fileOf([group(1), leaf, leaf])],
    ["a milliard elements", fileOf([group(1), leaf], { elements: 1e9 })],
    ["a milliard row groups", fileOf([group(1), leaf], { groups: 1e9 })],
    ["groups that are each within the other", fileOf([...Array(50_000).fill(group(1)), leaf])],
  ])("may not claim %s", async (_, bytes) => {
    expect(await saidOf(bytes, "parquet")).toBe(CORRUPT_PARQUET);
  });
});
