/**
 * The heads of Arrow messages and the index of a file, walked before the library decodes them: in a
 * flatbuffer tables may point to each other in circles, or so that a few bytes are fields without
 * end, and a vector may claim any length.
 *
 * Everything throws a RangeError for what can not be. The members' numbers are those of
 * Message.fbs, Schema.fbs and File.fbs of the format.
 */
import { COLUMNS_MAX } from "../column-limits.ts";
import { JSON_DEPTH_MAX } from "../json/json-tokens.ts";

const MESSAGE = { headerType: 1, header: 2, metadata: 4 } as const;
const HEADER = { schema: 1, dictionaryBatch: 2, recordBatch: 3 } as const;
const SCHEMA = { endianness: 0, fields: 1, metadata: 2 } as const;
const FIELD = { typeType: 2, type: 3, children: 5, metadata: 6 } as const;
const UNION = { type: 14, typeIds: 1 } as const;
const BATCH = { nodes: 1, buffers: 2, variadicCounts: 4 } as const;
const DICTIONARY = { data: 1 } as const;
const FOOTER = { schema: 1, dictionaries: 2, recordBatches: 3, metadata: 4 } as const;

/** Bytes of a place that points elsewhere, and of the structs that stand in vectors. */
const PLACE_BYTES = 4;
const NODE_BYTES = 16;
const COUNT_BYTES = 8;
const BLOCK_BYTES = 24;

/** Whether the head of a message is that of a schema. */
export function isSchemaMessage(head: Uint8Array): boolean {
  const tables = new Tables(head);
  return tables.byte(tables.follow(0), MESSAGE.headerType) === HEADER.schema;
}

/** Checks the head of a message. */
export function checkMessage(head: Uint8Array): void {
  const tables = new Tables(head);
  const message = tables.follow(0);
  tables.vector(message, MESSAGE.metadata, PLACE_BYTES);
  const header = tables.table(message, MESSAGE.header);
  if (header === undefined) throw new RangeError("a message has no head");
  const type = tables.byte(message, MESSAGE.headerType);
  if (type === HEADER.schema) checkSchema(tables, header);
  else if (type === HEADER.recordBatch) checkBatch(tables, header);
  else if (type === HEADER.dictionaryBatch) {
    const data = tables.table(header, DICTIONARY.data);
    if (data === undefined) throw new RangeError("a dictionary has no values");
    checkBatch(tables, data);
  }
}

/** Checks the index of a file. */
export function checkIndex(index: Uint8Array): void {
  const tables = new Tables(index);
  const footer = tables.follow(0);
  tables.vector(footer, FOOTER.dictionaries, BLOCK_BYTES);
  tables.vector(footer, FOOTER.recordBatches, BLOCK_BYTES);
  tables.vector(footer, FOOTER.metadata, PLACE_BYTES);
  const schema = tables.table(footer, FOOTER.schema);
  if (schema === undefined) throw new RangeError("there is no schema");
  checkSchema(tables, schema);
}

function checkBatch(tables: Tables, batch: number): void {
  tables.vector(batch, BATCH.nodes, NODE_BYTES);
  tables.vector(batch, BATCH.buffers, NODE_BYTES);
  tables.vector(batch, BATCH.variadicCounts, COUNT_BYTES);
}

function checkSchema(tables: Tables, schema: number): void {
  const endianness = tables.member(schema, SCHEMA.endianness);
  if (endianness !== undefined && tables.bytes.getInt16(endianness, true) !== 0) {
    throw new RangeError("the numbers are big-endian");
  }
  // What several fields share is decoded for each of them.
  let metadataLeft = tables.bytes.byteLength;
  const checkMetadata = (table: number, member: number): void => {
    metadataLeft -= tables.vector(table, member, PLACE_BYTES).count;
    if (metadataLeft < 0) throw new RangeError("the schema has too much metadata");
  };
  checkMetadata(schema, SCHEMA.metadata);
  // Structs are fields beside their members.
  let fieldsLeft = 2 * COLUMNS_MAX;
  const walk = (table: number, member: number, depth: number): void => {
    const { count, from } = tables.vector(table, member, PLACE_BYTES);
    if (count > 0 && depth > JSON_DEPTH_MAX) throw new RangeError("the schema nests too deep");
    fieldsLeft -= count;
    if (fieldsLeft < 0) throw new RangeError("the schema has too many fields");
    for (let at = 0; at < count; at++) {
      const field = tables.follow(from + PLACE_BYTES * at);
      checkMetadata(field, FIELD.metadata);
      if (tables.byte(field, FIELD.typeType) === UNION.type) {
        const type = tables.table(field, FIELD.type);
        if (type !== undefined) tables.vector(type, UNION.typeIds, PLACE_BYTES);
      }
      walk(field, FIELD.children, depth + 1);
    }
  };
  walk(schema, SCHEMA.fields, 1);
}

/** The tables of a flatbuffer. */
class Tables {
  readonly bytes: DataView;

  constructor({ buffer, byteOffset, byteLength }: Uint8Array) {
    this.bytes = new DataView(buffer, byteOffset, byteLength);
  }

  /** Where a place points to. */
  follow(place: number): number {
    return place + this.bytes.getUint32(place, true);
  }

  /** Where a table's member stands; undefined where the table does not have it. */
  member(table: number, member: number): number | undefined {
    const vtable = table - this.bytes.getInt32(table, true);
    const place = 4 + 2 * member;
    if (place >= this.bytes.getUint16(vtable, true)) return undefined;
    const offset = this.bytes.getUint16(vtable + place, true);
    return offset === 0 ? undefined : table + offset;
  }

  /** A member that is a byte; 0 where it is absent. */
  byte(table: number, member: number): number {
    const place = this.member(table, member);
    return place === undefined ? 0 : this.bytes.getUint8(place);
  }

  /** Where a member that is a table stands. */
  table(table: number, member: number): number | undefined {
    const place = this.member(table, member);
    return place === undefined ? undefined : this.follow(place);
  }

  /** A member that is a vector: its items, of so many bytes each, and where they begin. */
  vector(table: number, member: number, itemBytes: number): { count: number; from: number } {
    const place = this.table(table, member);
    if (place === undefined) return { count: 0, from: 0 };
    const count = this.bytes.getUint32(place, true);
    const from = place + PLACE_BYTES;
    if (from + count * itemBytes > this.bytes.byteLength) {
      throw new RangeError("a vector reaches beyond its message");
    }
    return { count, from };
  }
}
