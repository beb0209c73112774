/**
 * apache-arrow, loaded when the first Arrow data is read, and the compression of its buffers.
 *
 * Buffers are compressed with LZ4 (lz4-frames.ts) or Zstandard (by Node from 22.15 on). What a
 * buffer says of its length is believed within what its codec can reach.
 */
import { type Arrow, loadArrow } from "../../base/load-arrow.ts";
import { TidemarkError } from "../../base/tidemark-error.ts";
import { zstandard } from "../content/zstandard.ts";
import { decompressLz4 } from "./lz4-frames.ts";

export type ArrowLibrary = typeof Arrow;

/** Bytes before a compressed buffer that say how long it is. */
const PREFIX_BYTES = 8;
const LZ4_RATIO_MAX = 255;
/** A buffer is a column of one part of a table: at most so long. */
const BUFFER_BYTES_MAX = 2 ** 31 - 1;

let loaded: Promise<ArrowLibrary> | undefined;

/** Loads the library once, with what its buffers may be compressed with. */
export function loadArrowReader(): Promise<ArrowLibrary> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ArrowLibrary> {
  const library = await loadArrow();
  const { compressionRegistry, CompressionType } = library;
  if (compressionRegistry.get(CompressionType.LZ4_FRAME) === null) {
    compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: decodeLz4 });
  }
  if (compressionRegistry.get(CompressionType.ZSTD) === null) {
    compressionRegistry.set(CompressionType.ZSTD, { decode: decodeZstandard });
  }
  return library;
}

/**
 * Lets all parts that an opened reader gives have its schema: to make each its own, the library
 * looks for the name of every column among all others.
 */
export function shareSchema(
  { schema }: { readonly schema: Arrow.Schema | undefined },
  { Schema }: ArrowLibrary,
): void {
  if (!schema) return;
  const { fields, metadata, dictionaries } = schema;
  const assign = (others: Arrow.Field[]): Arrow.Schema =>
    others.every((other, at) => other === fields[at])
      ? schema
      : new Schema(others, metadata, dictionaries);
  Object.assign(schema, { assign });
}

function decodeLz4(bytes: Uint8Array): Uint8Array {
  const length = lengthOf(bytes);
  if (length > (bytes.length + PREFIX_BYTES) * LZ4_RATIO_MAX) throw new RangeError("too long");
  return exactly(decompressLz4(bytes, length), length);
}

function decodeZstandard(bytes: Uint8Array): Uint8Array {
  const length = lengthOf(bytes);
  const decompress = zstandard?.decompressSync;
  if (decompress === undefined) {
    throw new TidemarkError({
      code: "input",
      what: "the Arrow data is compressed with Zstandard",
      expected: "LZ4, none, or Node 22.15 and later",
      hint: "Run a newer Node, or write the file with another compression.",
    });
  }
  return exactly(decompress(bytes, { maxOutputLength: Math.max(length, 1) }), length);
}

/** The length that the bytes before a compressed buffer tell, which the library skipped. */
function lengthOf({ buffer, byteOffset }: Uint8Array): number {
  const view = new DataView(buffer, byteOffset - PREFIX_BYTES, PREFIX_BYTES);
  const length = Number(view.getBigInt64(0, true));
  if (length < 0 || length > BUFFER_BYTES_MAX) throw new RangeError("a buffer's length is wrong");
  return length;
}

function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new RangeError("a buffer's length is wrong");
  return bytes;
}
