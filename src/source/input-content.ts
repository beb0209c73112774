/**
 * The content of an input: its stored bytes hashed, counted and, where they are gzip, inflated.
 *
 * gzip is told by its first bytes (RFC 1952), never by the name; several members are one content.
 * Memory: a chunk and zlib's window.
 */
import { createHash } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import { TidemarkError } from "../base/tidemark-error.ts";
import { peekBytes } from "./peek-bytes.ts";
import type { ByteInput, InputTally } from "./record-source.ts";

const GZIP_MAGIC: readonly number[] = [0x1f, 0x8b, 0x08];
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
 * may be overwritten once the next one is asked for. Throws an input error where gzip is corrupt.
 */
export async function* readContent(
  input: ByteInput,
  tally: InputTally,
): AsyncGenerator<Uint8Array> {
  const { head, chunks } = await peekBytes(hashed(input, tally), GZIP_MAGIC.length);
  yield* isGzip(head) ? inflate(chunks, input.path) : chunks;
}

/** Reads an input to its end for the bytes and the hash of its tally alone. */
export async function hashInput(input: ByteInput, tally: InputTally): Promise<void> {
  tally.bytes = 0;
  for await (const _ of hashed(input, tally)) {
    // The tally is all that is wanted.
  }
}

/** Whether content begins as gzip does. */
export function isGzip(head: Uint8Array): boolean {
  return GZIP_MAGIC.every((byte, at) => head[at] === byte);
}

async function* hashed(input: ByteInput, tally: InputTally): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of input.chunks()) {
    hash.update(chunk);
    tally.bytes += chunk.length;
    yield chunk;
  }
  tally.sha256 = hash.digest("hex");
}

async function* inflate(
  stored: AsyncIterable<Uint8Array>,
  path: string,
): AsyncGenerator<Uint8Array> {
  // Loaded for who needs it, which takes as long as reading a small file.
  const { createGunzip } = await import("node:zlib");
  const gunzip = createGunzip({ chunkSize: INFLATED_CHUNK_BYTES });
  pipeline(Readable.from(copies(stored)), gunzip, () => {
    // A failure of either stream reaches the loop below as well.
  });
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (error) {
    if (error instanceof TidemarkError) throw error;
    throw new TidemarkError({
      code: "input",
      location: { file: path },
      what: "the gzip data is corrupt or cut off",
      expected: "a whole gzip file",
      hint: "Copy or compress the file again.",
      cause: error,
    });
  }
}

/** The stream reads ahead, so a chunk must outlive the request for the next one. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield new Uint8Array(chunk);
}
