/**
 * The body of an object, read to its last byte: where it breaks off, stops coming or ends too
 * early, it is asked for again from the byte where it stopped.
 */
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { TidemarkError } from "../base/tidemark-error.ts";

const BREAKS_MAX = 8;
/** After so many bytes the body is taken to flow again. */
const FLOWING_BYTES = 1024 * 1024;
const PAUSE_MS = 100;
const SILENCE_MS = 30_000;

export interface BodyRequest {
  readonly url: string;
  /** Bytes from the first to be read up to the end. */
  readonly length: number;
  /** Asks for the body from the byte `offset` on, 0 at first. Its faults end the reading. */
  readonly open: (offset: number) => Promise<Readable>;
  /** Ends the reading, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** First pause before asking again, doubled each time; 100 ms by default. */
  readonly pauseMs?: number | undefined;
  /** Longest time without a byte; 30 s by default. */
  readonly silenceMs?: number | undefined;
}

/** Yields the body; an input error where it keeps breaking off, or is not what was stored. */
export async function* resumedBody(request: BodyRequest): AsyncGenerator<Uint8Array> {
  const { url, length, open, signal, pauseMs = PAUSE_MS, silenceMs = SILENCE_MS } = request;
  let [read, breaks, brokenAt] = [0, 0, 0];
  while (read < length) {
    const body = await open(read);
    try {
      for await (const chunk of unsilenced(body, silenceMs)) {
        read += chunk.length;
        if (read > length) throw corrupt(url, undefined);
        yield chunk;
      }
      if (read < length) throw new Error("the body ends too early");
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof TidemarkError) throw cause;
      // All bytes came, so what failed is the comparison with the checksum.
      if (read >= length) throw corrupt(url, cause);
      breaks = read - brokenAt >= FLOWING_BYTES ? 1 : breaks + 1;
      brokenAt = read;
      if (breaks === BREAKS_MAX) throw brokenOff(url, read, length, cause);
      await sleep(pauseMs * 2 ** (breaks - 1), undefined, { signal }).catch(() => {});
      signal?.throwIfAborted();
    } finally {
      body.destroy();
    }
  }
}

async function* unsilenced(body: Readable, silenceMs: number): AsyncGenerator<Uint8Array> {
  const wait = (): NodeJS.Timeout =>
    setTimeout(() => body.destroy(new Error("the body stops coming")), silenceMs);
  let timer = wait();
  try {
    for await (const chunk of body) {
      clearTimeout(timer);
      yield chunk;
      timer = wait();
    }
  } finally {
    clearTimeout(timer);
  }
}

function corrupt(url: string, cause: unknown): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file: url },
    what: "the bytes that came are not those that were stored",
    expected: "bytes of the object's length and checksum",
    hint: "Run again; if it stays so, store the object again.",
    cause,
  });
}

function brokenOff(url: string, read: number, length: number, cause: unknown): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file: url },
    what: `the object broke off ${BREAKS_MAX} times, last after ${read} of ${length} bytes`,
    expected: "an object store that sends it to its end",
    hint: "Check the network and run again.",
    cause,
  });
}
