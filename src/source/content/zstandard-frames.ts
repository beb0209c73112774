/**
 * The frames of Zstandard data (RFC 8878, section 3.1), told by their headers and those of their
 * blocks: by itself Node unpacks the first frame of several before 26, and takes one that is cut
 * off for a whole one before 24.
 */
const MAGIC = 0xfd2fb528;
const MAGIC_BYTES = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd]);
/** Without the last four bits, which are free. */
const SKIPPABLE_MAGIC = 0x184d2a5;
const RLE = 1;
const NUMBER_BYTES_MAX = 4;
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
      const magic = await bytes.take(4);
      if (magic === MAGIC) yield frame(bytes);
      else if (magic >>> 4 === SKIPPABLE_MAGIC) await bytes.take(await bytes.take(4));
      else throw new Error("no frame of Zstandard");
    }
  } finally {
    await bytes.close();
  }
}

async function* frame(bytes: ByteQueue): AsyncGenerator<Uint8Array> {
  yield MAGIC_BYTES;
  yield* bytes.follow(frameFields());
}

/** Yields how long each part of a frame is, for the number that it is. */
function* frameFields(): Fields {
  const flags = yield 1;
  yield headerBytes(flags);
  for (let isLast = false; !isLast; ) {
    const block = yield 3;
    isLast = block % 2 === 1;
    yield ((block >> 1) & 3) === RLE ? 1 : block >> 3;
  }
  const hasChecksum = (flags & 4) !== 0;
  if (hasChecksum) yield 4;
}

/** Of the rest of a frame's header: its window, its dictionary, and how long its content is. */
function headerBytes(flags: number): number {
  const isSingleSegment = (flags & 32) !== 0;
  const sizeFlag = flags >> 6;
  const sizeBytes = sizeFlag === 0 && isSingleSegment ? 1 : CONTENT_SIZE_BYTES[sizeFlag]!;
  return (isSingleSegment ? 0 : 1) + DICTIONARY_ID_BYTES[flags & 3]! + sizeBytes;
}

type Fields = Generator<number, void, number>;

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

  /** Takes bytes, and returns the little-endian number that up to four of them are. */
  async take(count: number): Promise<number> {
    let number = 0;
    function* field(): Fields {
      number = yield count;
    }
    for await (const _ of this.follow(field())) {
      // The number is all that is wanted.
    }
    return number;
  }

  /** Yields the bytes of fields, as many at a time as a chunk has of them all. */
  async *follow(fields: Fields): AsyncGenerator<Uint8Array> {
    let field = fields.next();
    let taken = 0;
    let number = 0;
    while (field.done !== true) {
      if (taken < field.value && !(await this.hasMore())) {
        throw new Error("a frame of Zstandard is cut off");
      }
      const chunk = this.#rest;
      let at = 0;
      while (field.done !== true && (at < chunk.length || taken === field.value)) {
        const end = Math.min(at + field.value - taken, chunk.length);
        if (field.value <= NUMBER_BYTES_MAX) {
          for (let i = at; i < end; i++) number += chunk[i]! * 256 ** (taken + i - at);
        }
        taken += end - at;
        at = end;
        if (taken < field.value) continue;
        field = fields.next(number);
        taken = 0;
        number = 0;
      }
      this.#rest = chunk.subarray(at);
      if (at > 0) yield chunk.subarray(0, at);
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
