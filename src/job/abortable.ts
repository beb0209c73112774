import type { Readable } from "node:stream";

/** Ends a wait for bytes that may never come when the run is stopped. */
export async function* abortable(
  stream: Readable,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const stop = (): void => void stream.destroy();
  signal.addEventListener("abort", stop, { once: true });
  try {
    yield* stream;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
