/**
 * The frames of Zstandard data (RFC 8878, section 3.1), told by their headers and those of their
 * blocks: by itself Node unpacks the first frame of several before 26, and takes one that is cut
 * off for a whole one before 24.
 */
const MAGIC = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd]);
/** Without the last four bits, which are free. */
const SKIPPABLE_MAGIC = 0x184d2a5;
const RLE = 1;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];

/**
 * Yields the stored bytes of each frame, as chunks that are valid until the next one is asked for;
 * skippable frames are left out. Each frame must be read to its end, which throws an `Error` where
 * it is cut off, as does what is no frame.
 */
export async function* splitFrames(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<AsyncGenerator<Uint8Array>> {
  const bytes = new ByteQueue(chunks);
  try {
    while (await bytes.hasMore()) {
      const magic = await bytes.take(MAGIC.length);
      if (Math.floor(littleEndian(magic) / 16) === SKIPPABLE_MAGIC) {
        const size = littleEndian(await bytes.take(4));
        for await (const _ of bytes.pass(size)) {
          // What it holds is for others.
        }
      } else if (Buffer.compare(magic, MAGIC) === 0) yield frame(bytes);
      else throw new Error("no frame of Zstandard");
    }
  } finally {
    await bytes.close();
  }
}

async function* frame(bytes: ByteQueue): AsyncGenerator<Uint8Array> {
  const descriptor = await bytes.take(1);
  const flags = descriptor[0]!;
  yield Buffer.concat([MAGIC, descriptor, await bytes.take(headerBytes(flags))]);
  for (let isLast = false; !isLast; ) {
    const header = await bytes.take(3);
    yield header;
    const block = littleEndian(header);
    isLast = block % 2 === 1;
    yield* bytes.pass(((block >> 1) & 3) === RLE ? 1 : block >> 3);
  }
  const hasChecksum = (flags & 4) !== 0;
  if (hasChecksum) yield await bytes.take(4);
}

/** Of the rest of a frame's header: what its window is, its dictionary, and how long its content. */
function headerBytes(flags: number): number {
  const isSingleSegment = (flags & 32) !== 0;
  const sizeFlag = flags >> 6;
  const sizeBytes = sizeFlag === 0 && isSingleSegment ? 1 : CONTENT_SIZE_BYTES[sizeFlag]!;
  return (isSingleSegment ? 0 : 1) + DICTIONARY_ID_BYTES[flags & 3]! + sizeBytes;
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((number, byte) => number * 256 + byte, 0);
}

/** Bytes of chunks, some at a time. */
class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async hasMore(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#chunks.next();
      if (done === true) return false;
      this.#rest = value;
    }
    return true;
  }

  /** The next few bytes, as a copy. */
  async take(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count);
    let at = 0;
    for await (const piece of this.pass(count)) {
      taken.set(piece, at);
      at += piece.length;
    }
    return taken;
  }

  /** The next bytes, of which there may be many, as they lie in their chunks. */
  async *pass(count: number): AsyncGenerator<Uint8Array> {
    for (let left = count; left > 0; ) {
      if (!(await this.hasMore())) throw new Error("a frame of Zstandard is cut off");
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
