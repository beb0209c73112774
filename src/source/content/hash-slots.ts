/**
 * What a thread that hashes shares with the one that reads: messages, one a slot, in the order of
 * their numbers, which begin again at the first slot.
 *
 * A message is bytes of a content or its end. Its slot is the reader's until it is given, then the
 * thread's until it is taken.
 */
export const SLOTS = 4;
export const SLOT_BYTES: number = 1024 * 1024;
export const DIGEST_BYTES = 32;
/** Length of a message that ends a content, whose digest stands in its slot's place then. */
export const END = -1;

/** Whether the thread runs; how many messages were given and taken; and their lengths. */
const [READY, GIVEN, TAKEN, LENGTHS] = [0, 1, 2, 3];
const WORDS: number = LENGTHS + SLOTS;
const SLOTS_AT: number = Math.ceil((4 * WORDS + SLOTS * DIGEST_BYTES) / 64) * 64;

export class HashSlots {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  /** Takes the memory of another thread's, or makes it. */
  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(SLOTS_AT + SLOTS * SLOT_BYTES)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer, 0, WORDS);
  }

  get isReady(): boolean {
    return Atomics.load(this.#words, READY) === 1;
  }

  setReady(): void {
    Atomics.store(this.#words, READY, 1);
  }

  /** Offset of a message's bytes. */
  bytesAt(message: number): number {
    return SLOTS_AT + (message % SLOTS) * SLOT_BYTES;
  }

  bytesOf(message: number, length: number): Uint8Array {
    return new Uint8Array(this.buffer, this.bytesAt(message), length);
  }

  digestOf(message: number): Uint8Array {
    const at = 4 * WORDS + (message % SLOTS) * DIGEST_BYTES;
    return new Uint8Array(this.buffer, at, DIGEST_BYTES);
  }

  /** Gives a message, all before which were given. */
  give(message: number, length: number): void {
    this.#words[LENGTHS + (message % SLOTS)] = length;
    Atomics.store(this.#words, GIVEN, message + 1);
    Atomics.notify(this.#words, GIVEN);
  }

  /** Waits for a message to be given; returns its length. */
  waitForGiven(message: number): number {
    this.#wait(GIVEN, message);
    return this.#words[LENGTHS + (message % SLOTS)]!;
  }

  /** Takes a message, all before which were taken. */
  take(message: number): void {
    Atomics.store(this.#words, TAKEN, message + 1);
    Atomics.notify(this.#words, TAKEN);
  }

  /** Whether a message was taken, as all before the first one were. */
  isTaken(message: number): boolean {
    return isBeyond(Atomics.load(this.#words, TAKEN), message);
  }

  /** Waits for a message to be taken. */
  waitForTaken(message: number): void {
    this.#wait(TAKEN, message);
  }

  #wait(count: number, message: number): void {
    for (;;) {
      const seen = Atomics.load(this.#words, count);
      if (isBeyond(seen, message)) return;
      Atomics.wait(this.#words, count, seen);
    }
  }
}

/** Whether a count exceeds a message's number; counts begin again at 2^32. */
function isBeyond(count: number, message: number): boolean {
  return ((count - message) | 0) > 0;
}
