/**
 * Units of content: the stretches that are profiled by themselves and merged from first to last, so
 * that a result is the same whoever reads which of them.
 *
 * The content of all files, one behind another, has a cut for a quarter of the unit's size, so that
 * those who wait for the first unit wait a short time, and for every multiple of that size: behind
 * the first newline at or after that byte, or at the end of its file. A unit ends before the first
 * record that begins at or behind the next cut. Invariant: cuts depend on the content alone, never
 * on how it arrives. A unit must be at least 4 bytes, and longer than what readers look at ahead
 * (64 KiB) where they do.
 */

/** 64 MiB: states are merged seldom, and a few threads have enough of them to share. */
export const UNIT_BYTES: number = 64 * 1024 * 1024;

const NEWLINE = 10;
const FIRST_SHARE = 1 / 4;

/** The byte at or after which the cut before a unit is, 0 for the first one, whose number is 0. */
export function unitStart(number: number, unitBytes: number): number {
  if (number === 1) return Math.ceil(unitBytes * FIRST_SHARE);
  return Math.max(0, number - 1) * unitBytes;
}

/** The number of the unit that a byte of the content belongs to, if each began at its start. */
export function unitOf(byte: number, unitBytes: number): number {
  return byte < unitStart(1, unitBytes) ? 0 : Math.floor(byte / unitBytes) + 1;
}

export class ContentUnits {
  readonly #unitBytes: number;
  /** Bytes of all content so far. */
  #offset: number;
  /** The byte at or after which the next cut is. */
  #next: number;
  #isCut = false;

  /** Takes the byte of the whole content at which reading begins. */
  constructor(unitBytes: number = UNIT_BYTES, offset = 0) {
    this.#unitBytes = unitBytes;
    this.#offset = offset;
    this.#next = this.#nextFrom(offset);
  }

  /** Bytes of all content yielded so far. */
  get offset(): number {
    return this.#offset;
  }

  /** Tells once whether what was yielded last ends at a cut. */
  takeCut(): boolean {
    const isCut = this.#isCut;
    this.#isCut = false;
    return isCut;
  }

  /** Yields the chunks of one file, split so that each cut is the end of one. */
  async *split(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      let rest = chunk;
      while (rest.length > 0) {
        const from = Math.max(0, this.#next - this.#offset);
        const newline = from < rest.length ? rest.indexOf(NEWLINE, from) : -1;
        const length = newline < 0 ? rest.length : newline + 1;
        this.#offset += length;
        if (newline >= 0) this.#cut();
        // What waits is copied: where the chunk lies may be written to in between.
        const next = newline < 0 ? rest.subarray(length) : new Uint8Array(rest.subarray(length));
        yield rest.subarray(0, length);
        rest = next;
      }
    }
    if (this.#offset > this.#next) this.#cut();
  }

  #cut(): void {
    this.#isCut = true;
    this.#next = this.#nextFrom(this.#offset);
  }

  #nextFrom(offset: number): number {
    return unitStart(offset <= 0 ? 1 : unitOf(offset - 1, this.#unitBytes) + 1, this.#unitBytes);
  }
}
