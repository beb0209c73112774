import {
  Field,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { loadArrowReader, shareSchema } from "./arrow-library.ts";

const schema = new Schema(
  [new Field("n", new Int32(), true), new Field("text", new Utf8(), true)],
  new Map([["origin", "here"]]),
);

function batchOf(numbers: readonly number[]): RecordBatch {
  const children = [
    vectorFromArray(numbers, new Int32()),
    vectorFromArray(numbers.map(String), new Utf8()),
  ].map(({ data }) => data[0]!);
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length: numbers.length, children }));
}

const bytes = RecordBatchStreamWriter.writeAll([batchOf([1, 2]), batchOf([3])]).toUint8Array(true);

describe("a schema that parts share", () => {
  it("is the one that was read, and the cells are the same", async () => {
    const library = await loadArrowReader();
    const alone = [...library.RecordBatchReader.from(bytes)];
    const reader = library.RecordBatchReader.from(bytes).open();
    shareSchema(reader, library);
    const read = reader.schema;
    const parts = [...reader];
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(part.schema).toBe(read);
    expect(alone[0]!.schema).not.toBe(alone[1]!.schema);
    expect(parts.map((part) => part.toArray().map(String))).toEqual(
      alone.map((part) => part.toArray().map(String)),
    );
    expect(parts[0]!.schema.metadata).toEqual(new Map([["origin", "here"]]));
  });

  it("is another one for fields that the library changes", async () => {
    const library = await loadArrowReader();
    const reader = library.RecordBatchReader.from(bytes).open();
    shareSchema(reader, library);
    const [first, second] = reader.schema.fields;
    const changed = reader.schema.assign([first!, second!.clone({ nullable: false })] as never);
    expect(changed).not.toBe(reader.schema);
    expect(changed.fields.map(({ nullable }) => nullable)).toEqual([true, false]);
    expect(changed.metadata).toEqual(reader.schema.metadata);
  });

  it("may be none, as of a stream without bytes", async () => {
    const library = await loadArrowReader();
    const reader = library.RecordBatchReader.from(new Uint8Array(0));
    expect(() => shareSchema(reader.open(), library)).not.toThrow();
  });
});
