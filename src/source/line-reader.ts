/**
 * Lines of a file, cut from chunks of any size.
 *
 * A line is copied only where it crosses a chunk; the time is linear in the bytes for any chunking.
 * Memory: the chunk, plus one line of at most `bytesMax`.
 */

const LINE_FEED = 0x0a;
const SPACE = 0x20;

/** A line that is not blank, without its line feed; `bytes` holds until the next chunk's lines. */
export interface Line {
  readonly bytes: Uint8Array;
  /** From 1, blank lines counted. */
  readonly number: number;
  /** Whether the line went on after `bytes`. */
  readonly isCut: boolean;
}

/**
 * Reads the lines chunk by chunk, the last one with or without its line feed. Blank lines (spaces,
 * tabs, carriage returns) are left out; a line over `bytesMax` bytes is cut there.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
): AsyncGenerator<readonly Line[]> {
  const carry = new Carry(bytesMax);
  let number = 0;
  const lineOf = (bytes: Uint8Array, isCut: boolean): Line => {
    number += 1;
    return { bytes, number, isCut };
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
      if (carry.isEmpty) {
        const isCut = to - from > bytesMax;
        lines.push(lineOf(chunk.subarray(from, isCut ? from + bytesMax : to), isCut));
      } else {
        carry.append(chunk.subarray(from, to));
        lines.push(lineOf(carry.bytes.slice(), carry.isCut));
        carry.clear();
      }
      from = to + 1;
    }
    carry.append(chunk.subarray(from));
    yield lines.filter(isNotBlank);
  }
  if (!carry.isEmpty) yield [lineOf(carry.bytes, carry.isCut)].filter(isNotBlank);
}

/** The start of a line whose end has not come yet; doubles as it grows, up to `bytesMax`. */
class Carry {
  readonly #bytesMax: number;
  #buffer: Uint8Array = new Uint8Array(1024);
  #length = 0;
  isCut = false;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  append(piece: Uint8Array): void {
    const room = this.#bytesMax - this.#length;
    const kept = piece.length > room ? piece.subarray(0, room) : piece;
    if (kept !== piece) this.isCut = true;
    const length = this.#length + kept.length;
    if (length > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#buffer.length));
      grown.set(this.bytes);
      this.#buffer = grown;
    }
    this.#buffer.set(kept, this.#length);
    this.#length = length;
  }

  clear(): void {
    this.#length = 0;
    this.isCut = false;
  }
}

function isNotBlank({ bytes, isCut }: Line): boolean {
  if (isCut) return true;
  for (const byte of bytes) {
    if (byte !== SPACE && byte !== 0x09 && byte !== 0x0d) return true;
  }
  return false;
}
