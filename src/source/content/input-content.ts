/**
 * The content of an input: its stored bytes hashed, counted and, where they are gzip or Zstandard,
 * unpacked.
 *
 * Both are told by their first bytes (RFC 1952, RFC 8878), never by the name; several members of
 * gzip and several frames of Zstandard are one content. Memory: a chunk and the codec's window.
 */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Gunzip } from "node:zlib";
import { TidemarkError } from "../../base/tidemark-error.ts";
import type { ChunkRoom } from "../../storage/storage.ts";
import type { ByteInput, InputTally } from "../record-source.ts";
import { refuseBomb } from "./content-ratio.ts";
import { peekBytes } from "./peek-bytes.ts";
import type { Zstandard } from "./zstandard.ts";

const GZIP_MAGIC: readonly number[] = [0x1f, 0x8b, 0x08];
const ZSTANDARD_MAGIC: readonly number[] = [0x28, 0xb5, 0x2f, 0xfd];
/** Bytes that tell whether content is packed. */
export const PACKED_MAGIC_BYTES: number = ZSTANDARD_MAGIC.length;
const INFLATED_CHUNK_BYTES = 256 * 1024;

/** Makes the tally of an input of which nothing has been read. */
export function emptyTally(path: string): InputTally {
  return {
    path,
    bytes: 0,
    sha256: "",
    records: 0,
    rejected: {},
    dropped: 0,
    extraCells: 0,
    invalidUtf8: 0,
  };
}

/**
 * Yields the content of `input`; `tally.bytes` and `tally.sha256` are complete at its end. A chunk
 * may be overwritten once the next one is asked for; what is not packed may be read into the room
 * that is offered, from the second chunk on. Throws an input error where the packed data is
 * corrupt, unpacks to too much (content-ratio.ts), or is Zstandard and Node can not read that.
 */
export async function* readContent(
  input: ByteInput,
  tally: InputTally,
  room?: ChunkRoom | undefined,
): AsyncGenerator<Uint8Array> {
  let isPlain = false;
  const roomOf = room && ((bytes: number) => (isPlain ? room(bytes) : undefined));
  const stored = hashed(input, tally, roomOf);
  const { head, chunks, close } = await peekBytes(stored, PACKED_MAGIC_BYTES);
  if (begins(head, GZIP_MAGIC)) {
    // Loaded for who needs it, which takes as long as reading a small file.
    const { createGunzip } = await import("node:zlib");
    const gunzip = createGunzip({ chunkSize: INFLATED_CHUNK_BYTES });
    yield* unpack(chunks, gunzip, { name: "gzip", tally, contentBytes: 0 });
  } else if (begins(head, ZSTANDARD_MAGIC)) {
    const { zstandard } = await import("./zstandard.ts");
    if (zstandard === undefined) {
      await close();
      throw noZstandard(input.path);
    }
    yield* unpackFrames(chunks, zstandard, tally);
  } else {
    isPlain = true;
    yield* chunks;
  }
}

/** Reads an input to its end for the bytes and the hash of its tally alone. */
export async function hashInput(input: ByteInput, tally: InputTally): Promise<void> {
  tally.bytes = 0;
  for await (const _ of hashed(input, tally)) {
    // The tally is all that is wanted.
  }
}

/** Whether the content stored in bytes that begin so must be unpacked. */
export function isPacked(head: Uint8Array): boolean {
  return begins(head, GZIP_MAGIC) || begins(head, ZSTANDARD_MAGIC);
}

function begins(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => head[at] === byte);
}

async function* hashed(
  input: ByteInput,
  tally: InputTally,
  room?: ChunkRoom | undefined,
): AsyncGenerator<Uint8Array> {
  const hash = input.isUnhashed === true ? undefined : createHash("sha256");
  for await (const chunk of input.chunks(room)) {
    hash?.update(chunk);
    tally.bytes += chunk.length;
    yield chunk;
  }
  if (hash !== undefined) tally.sha256 = hash.digest("hex");
}

async function* unpackFrames(
  stored: AsyncIterable<Uint8Array>,
  { openDecompressor }: Zstandard,
  tally: InputTally,
): AsyncGenerator<Uint8Array> {
  const { splitFrames } = await import("./zstandard-frames.ts");
  const packed: Packed = { name: "Zstandard", tally, contentBytes: 0 };
  try {
    for await (const frame of splitFrames(stored)) {
      yield* unpack(frame, openDecompressor(INFLATED_CHUNK_BYTES), packed);
    }
  } catch (error) {
    throw asCorrupt(error, packed);
  }
}

interface Packed {
  readonly name: "gzip" | "Zstandard";
  readonly tally: InputTally;
  /** What has been unpacked of it. */
  contentBytes: number;
}

async function* unpack(
  stored: AsyncIterable<Uint8Array>,
  codec: Gunzip,
  packed: Packed,
): AsyncGenerator<Uint8Array> {
  const { tally } = packed;
  // A failure may come before the loop below waits for it.
  const piped = pipeline(Readable.from(copies(stored)), codec).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    for await (const chunk of codec) {
      packed.contentBytes += chunk.length;
      refuseBomb(packed.contentBytes, tally.bytes, tally.path);
      yield chunk;
    }
    const failure = await piped;
    if (failure !== undefined) throw failure.error;
  } catch (error) {
    throw asCorrupt(error, packed);
  }
}

function asCorrupt(error: unknown, { name, tally }: Packed): TidemarkError {
  if (error instanceof TidemarkError) return error;
  return new TidemarkError({
    code: "input",
    location: { file: tally.path },
    what: `the ${name} data is corrupt or cut off`,
    expected: `a whole ${name} file`,
    hint: "Copy or compress the file again.",
    cause: error,
  });
}

function noZstandard(file: string): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file },
    what: "is compressed with Zstandard, which this Node can not read",
    expected: "gzip, no compression, or Node 22.15 and later",
    hint: "Run a newer Node, or unpack the file first.",
  });
}

/** The stream reads ahead, so a chunk must outlive the request for the next one. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield new Uint8Array(chunk);
}
