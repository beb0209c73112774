/**
 * SHA-256 in a thread of its own, beside whoever reads and profiles the bytes: of a run over
 * captured traffic a third is spent on it.
 *
 * Bytes are read where the thread finds them, or else copied there. Contents come one after
 * another; a digest is told some messages later, or at the end. Memory: 4 MiB and the thread.
 */

import { Worker } from "node:worker_threads";
import { workerScript } from "../../base/worker-script.ts";
import type { ChunkRoom } from "../../storage/storage.ts";
import { END, HashSlots, SLOT_BYTES, SLOTS } from "./hash-slots.ts";

const WORKER = workerScript("hash-worker.js");

/** Messages that the thread may be behind: those of a content of one chunk. */
const BEHIND_MAX: number = SLOTS / 2;

interface Awaited {
  readonly message: number;
  readonly take: (sha256: string) => void;
}

export class HashThread {
  readonly #slots = new HashSlots();
  readonly #worker: Worker;
  /** Number of the next message. */
  #next = 0;
  readonly #awaited: Awaited[] = [];

  constructor(script: URL = WORKER) {
    this.#worker = new Worker(script, { workerData: this.#slots.buffer, execArgv: [] });
    // One that can not start is never free, and others hash.
    this.#worker.on("error", () => undefined);
    this.#worker.unref();
  }

  /** Whether it has started, and is at the last content at most: else others hash sooner. */
  get isFree(): boolean {
    return this.#slots.isReady && this.#slots.isTaken(this.#next - BEHIND_MAX - 1);
  }

  /** Offers memory to read the next bytes into, valid until more is given. */
  readonly room: ChunkRoom = (bytes) => {
    if (bytes > SLOT_BYTES) return undefined;
    this.#waitForSlot();
    return this.#slots.bytesOf(this.#next, bytes);
  };

  /** Takes the next bytes of a content, which must stay as they are until more are given. */
  update(chunk: Uint8Array): void {
    const { buffer } = this.#slots;
    if (chunk.buffer === buffer && chunk.byteOffset === this.#slots.bytesAt(this.#next)) {
      this.#give(chunk.length);
      return;
    }
    for (let at = 0; at < chunk.length; at += SLOT_BYTES) {
      const part = chunk.subarray(at, at + SLOT_BYTES);
      this.#waitForSlot();
      this.#slots.bytesOf(this.#next, part.length).set(part);
      this.#give(part.length);
    }
  }

  /** Ends a content; `take` is told its hash, unless nobody wants it. */
  end(take?: ((sha256: string) => void) | undefined): void {
    this.#waitForSlot();
    if (take !== undefined) this.#awaited.push({ message: this.#next, take });
    this.#give(END);
  }

  /** Waits for all digests and tells them. */
  finish(): void {
    while (this.#awaited.length > 0) this.#tellUntil(this.#awaited[0]!.message);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #give(length: number): void {
    this.#slots.give(this.#next++, length);
  }

  /** Waits until the next message's slot is free. */
  #waitForSlot(): void {
    if (this.#next >= SLOTS) this.#tellUntil(this.#next - SLOTS);
  }

  #tellUntil(message: number): void {
    this.#slots.waitForTaken(message);
    while (this.#awaited.length > 0 && this.#awaited[0]!.message <= message) {
      const awaited = this.#awaited.shift()!;
      awaited.take(Buffer.from(this.#slots.digestOf(awaited.message)).toString("hex"));
    }
  }
}
