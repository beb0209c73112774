/**
 * A hash table from texts, held as bytes, to counts: open addressing with linear probing.
 *
 * A text of up to 8 bytes is its two words; a longer one is its hash and its place in an arena. A
 * text of one byte is found by that byte. Memory: nothing until the first insert.
 */
import type { Kernel } from "../kernel/kernel.ts";
import { KernelTexts, SLOT_TEXT_MAX } from "./kernel-texts.ts";
import { firstWord, lastWord, SHORT_TEXT_MAX, wordAt } from "./short-text.ts";

const ENTRIES_MIN = 8;
const NO_COUNTS = new Float64Array(0);
const NO_WORDS = new Int32Array(0);
const NO_BYTES = new Uint8Array(0);

/** A byte order mark is part of a text like any other character. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Entries are numbered from 0 in order of insertion; `counts[i]` is the caller's to change. */
export class TextEntries {
  size = 0;
  /** May be longer than `size`; replaced when the table grows. */
  counts: Float64Array = NO_COUNTS;
  #lengths = NO_WORDS;
  /** First word, or hash of a long text. */
  #firsts = NO_WORDS;
  /** Last word, or arena offset of a long text. */
  #lasts = NO_WORDS;
  /** Entry number plus one; at most half full. */
  #slots = NO_WORDS;
  #oneByte: Int32Array | undefined;
  #arena = NO_BYTES;
  #arenaUsed = 0;
  readonly #inKernel: KernelTexts | undefined;

  /** Takes the kernel that may find and count texts too. */
  constructor(kernel?: Kernel | undefined) {
    this.#inKernel = kernel && new KernelTexts(kernel);
  }

  /** Where the kernel finds the texts; undefined where it does not. */
  get kernelPlace(): number | undefined {
    return this.#inKernel?.at;
  }

  /** Finds the entry of a text, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length === 1) return this.#oneByte === undefined ? -1 : this.#oneByte[bytes[start]!]! - 1;
    const slots = this.#slots;
    if (slots.length === 0) return -1;
    const mask = slots.length - 1;
    const isShort = length <= SHORT_TEXT_MAX;
    const first = isShort ? firstWord(bytes, start, end) : hashLong(bytes, start, end);
    const last = isShort ? lastWord(bytes, start, end) : 0;
    for (let slot = spread(first, last, length) & mask; ; slot = (slot + 1) & mask) {
      const i = slots[slot]! - 1;
      if (i === -1) return -1;
      if (this.#firsts[i] !== first || this.#lengths[i] !== length) continue;
      if (isShort ? this.#lasts[i] === last : this.#isInArena(i, bytes, start)) return i;
    }
  }

  /** Adds a text that is not there yet. */
  insert(bytes: Uint8Array, start: number, end: number, count: number): void {
    if (this.size === this.counts.length) this.#grow();
    const i = this.size++;
    const length = end - start;
    const isShort = length <= SHORT_TEXT_MAX;
    this.counts[i] = count;
    this.#lengths[i] = length;
    this.#firsts[i] = isShort ? firstWord(bytes, start, end) : hashLong(bytes, start, end);
    this.#lasts[i] = isShort ? lastWord(bytes, start, end) : this.#store(bytes, start, end);
    this.#link(i);
    this.#inKernel?.insert(bytes, start, end, i);
  }

  /** Whether the kernel finds every text. */
  get areInKernel(): boolean {
    if (this.size === 0) return true;
    if (this.kernelPlace === undefined) return false;
    return this.#lengths.subarray(0, this.size).every((length) => length <= SLOT_TEXT_MAX);
  }

  /** Gives memory of the kernel back; the texts must not be used any more. */
  release(): void {
    this.#inKernel?.release();
  }

  /** Sums all counts. */
  total(): number {
    let total = 0;
    for (let i = 0; i < this.size; i++) total += this.counts[i]!;
    return total;
  }

  textOf(i: number): string {
    return decoder.decode(this.bytesOf(i));
  }

  bytesOf(i: number): Uint8Array {
    const length = this.#lengths[i]!;
    const first = this.#firsts[i]!;
    const last = this.#lasts[i]!;
    if (length > SHORT_TEXT_MAX) return this.#arena.subarray(last, last + length);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at++) {
      bytes[at] = at < 4 ? first >>> (8 * at) : last >>> (8 * (at + 4 - length));
    }
    return bytes;
  }

  #isInArena(i: number, bytes: Uint8Array, start: number): boolean {
    const arena = this.#arena;
    const offset = this.#lasts[i]!;
    const length = this.#lengths[i]!;
    for (let at = 0; at < length; at++) {
      if (arena[offset + at] !== bytes[start + at]) return false;
    }
    return true;
  }

  /** Copies a long text to the arena and returns its offset. */
  #store(bytes: Uint8Array, start: number, end: number): number {
    const offset = this.#arenaUsed;
    this.#arenaUsed += end - start;
    if (this.#arenaUsed > this.#arena.length) {
      const size = Math.max(this.#arenaUsed, 2 * this.#arena.length);
      this.#arena = filled(new Uint8Array(size), this.#arena);
    }
    this.#arena.set(bytes.subarray(start, end), offset);
    return offset;
  }

  /** Makes an entry findable. */
  #link(i: number): void {
    const length = this.#lengths[i]!;
    if (length === 1) {
      this.#oneByte ??= new Int32Array(256);
      this.#oneByte[this.#firsts[i]! & 0xff] = i + 1;
      return;
    }
    const mask = this.#slots.length - 1;
    const last = length <= SHORT_TEXT_MAX ? this.#lasts[i]! : 0;
    let slot = spread(this.#firsts[i]!, last, length) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = i + 1;
  }

  #grow(): void {
    const room = Math.max(ENTRIES_MIN, 2 * this.size);
    this.counts =
      this.#inKernel?.grow(room, this.counts) ?? filled(new Float64Array(room), this.counts);
    this.#lengths = filled(new Int32Array(room), this.#lengths);
    this.#firsts = filled(new Int32Array(room), this.#firsts);
    this.#lasts = filled(new Int32Array(room), this.#lasts);
    this.#slots = new Int32Array(2 * room);
    for (let i = 0; i < this.size; i++) {
      this.#link(i);
      const bytes = this.bytesOf(i);
      this.#inKernel?.insert(bytes, 0, bytes.length, i);
    }
  }
}

function filled<A extends Float64Array | Int32Array | Uint8Array>(target: A, source: A): A {
  target.set(source);
  return target;
}

/** Hashes a text of more than 8 bytes: FNV-1a over words, its high bits folded in. */
function hashLong(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end - 4; at += 4) {
    hash = Math.imul(hash ^ wordAt(bytes, at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return Math.imul(hash ^ wordAt(bytes, end - 4), 0x9e3779b1);
}

/** Folds what identifies a text into a hash whose low bits all depend on it. */
function spread(first: number, last: number, length: number): number {
  let hash = Math.imul(first ^ Math.imul(last, 0x85ebca6b) ^ length, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}
