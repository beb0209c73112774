/**
 * Lines of a file, cut from chunks of any size.
 *
 * A line is copied only where it crosses a chunk; the time is linear in the bytes for any chunking.
 * Memory: the chunk, plus one line of at most `bytesMax`.
 */

const LINE_FEED = 0x0a;
const SPACE = 0x20;

/** A line that is not blank, without its line feed; its bytes hold until the next chunk's lines. */
export class Line {
  /** Holds the line's bytes as [from, to), among those of others. */
  readonly chunk: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** From 1, blank lines counted. */
  readonly number: number;
  /** Whether the line went on after its bytes. */
  readonly isCut: boolean;

  constructor(chunk: Uint8Array, from: number, to: number, number: number, isCut: boolean) {
    this.chunk = chunk;
    this.from = from;
    this.to = to;
    this.number = number;
    this.isCut = isCut;
  }

  get bytes(): Uint8Array {
    return this.chunk.subarray(this.from, this.to);
  }
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
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    const add = (bytes: Uint8Array, from: number, to: number, isCut: boolean): void => {
      number += 1;
      if (isCut || !isBlank(bytes, from, to)) lines.push(new Line(bytes, from, to, number, isCut));
    };
    // A buffer's search is ten times as fast as an array's.
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let to = text.indexOf(LINE_FEED); to >= 0; to = text.indexOf(LINE_FEED, from)) {
      if (carry.isEmpty) {
        const isCut = to - from > bytesMax;
        add(chunk, from, isCut ? from + bytesMax : to, isCut);
      } else {
        carry.append(chunk.subarray(from, to));
        add(carry.bytes.slice(), 0, carry.length, carry.isCut);
        carry.clear();
      }
      from = to + 1;
    }
    carry.append(chunk.subarray(from));
    yield lines;
  }
  if (carry.isEmpty) return;
  const { bytes, length, isCut } = carry;
  if (isCut || !isBlank(bytes, 0, length)) yield [new Line(bytes, 0, length, number + 1, isCut)];
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

  get length(): number {
    return this.#length;
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

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte !== SPACE && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
