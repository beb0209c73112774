/** A look at the first bytes of a stream, which decides how the rest is read. */

export interface PeekedBytes {
  /** The first `length` bytes, or all where there are fewer. */
  readonly head: Uint8Array;
  /** The whole stream, the head included. */
  readonly chunks: AsyncGenerator<Uint8Array>;
  /** Lets go of a stream whose `chunks` nobody has begun to read. */
  close(): Promise<void>;
}

/**
 * Reads the first `length` bytes ahead. What it holds is at most `length` bytes and a chunk; the
 * head depends on the content alone. Errors of the stream are thrown as they come.
 */
export async function peekBytes(
  chunks: AsyncIterable<Uint8Array>,
  length: number,
): Promise<PeekedBytes> {
  const iterator = chunks[Symbol.asyncIterator]();
  let start: Uint8Array = new Uint8Array(0);
  while (start.length < length) {
    // What is held is copied where more is asked for, and only there: most first chunks will do.
    const held = new Uint8Array(start);
    const next = await iterator.next();
    if (next.done === true) {
      start = held;
      break;
    }
    start = held.length === 0 ? next.value : Buffer.concat([held, next.value]);
  }
  return {
    head: new Uint8Array(start.subarray(0, length)),
    chunks: chain(start, iterator),
    close: async () => {
      await iterator.return?.();
    },
  };
}

async function* chain(
  start: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
