/**
 * The texts of `TextEntries` where the kernel finds and counts them: those of up to 16 bytes. This
 * file and `kernel/assembly/text-slots.ts` are the two sides of one interface.
 *
 * Memory: 64 bytes, and 56 a text.
 */
import type { Kernel } from "../kernel/kernel.ts";

/** Longest text that the kernel finds. */
export const SLOT_TEXT_MAX = 16;
const SLOT_BYTES = 24;
const COUNTER_BYTES = 8;
/** The fields of `TextSlots`: slots, mask and counts. */
const FIELDS = 3;
/** Where a text is put to be inserted, behind bytes that are read and mean nothing. */
const TEXT_AT = 32;
const COUNTS_AT = 64;

/** Bytes of a `TextSlots` without texts: one free slot. */
export const NO_TEXTS_BYTES = 64;
const FREE_SLOT_AT = 16;

/** Lays out a `TextSlots` without texts at an offset of memory that is zero. */
export function writeNoTexts({ buffer }: Kernel, at: number): void {
  new Uint32Array(buffer, at, FIELDS)[0] = at + FREE_SLOT_AT;
}

export class KernelTexts {
  readonly #kernel: Kernel;
  #at: number | undefined;
  #bytes = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Byte offset of the `TextSlots`; undefined when there are none. */
  get at(): number | undefined {
    return this.#at;
  }

  /**
   * Makes room for `room` texts, a power of two, and forgets all but their counts, which it returns
   * in another place. Where the kernel has no room, the kernel finds no text.
   */
  grow(room: number, counts: Float64Array): Float64Array {
    const bytes = COUNTS_AT + room * (COUNTER_BYTES + 2 * SLOT_BYTES);
    const at = this.#kernel.allocate(bytes);
    const grown =
      at === undefined
        ? new Float64Array(room)
        : new Float64Array(this.#kernel.buffer, at + COUNTS_AT, room);
    grown.set(counts);
    this.release();
    if (at === undefined) return grown;
    this.#at = at;
    this.#bytes = bytes;
    const countsAt = at + COUNTS_AT;
    const fields = [countsAt + room * COUNTER_BYTES, 2 * room - 1, countsAt];
    new Uint32Array(this.#kernel.buffer, at, FIELDS).set(fields);
    return grown;
  }

  /** Makes a text findable that is not there yet, for which there must be room. */
  insert(bytes: Uint8Array, start: number, end: number, number: number): void {
    const length = end - start;
    if (this.#at === undefined || length > SLOT_TEXT_MAX) return;
    const from = this.#at + TEXT_AT;
    new Uint8Array(this.#kernel.buffer, from, length).set(bytes.subarray(start, end));
    this.#kernel.code.insertText(this.#at, from, from + length, number);
  }

  /** Gives the memory back. */
  release(): void {
    if (this.#at !== undefined) this.#kernel.free(this.#at, this.#bytes);
    this.#at = undefined;
  }
}
