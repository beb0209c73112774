/**
 * Lines of a file, cut from chunks of any size.
 *
 * A line is copied only where it crosses a chunk; the time is linear in the bytes for any chunking.
 * Memory: the chunk, plus one line of at most `bytesMax`.
 */
import { Carry } from "./carry.ts";

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
  /** Byte column from 1, where it need not be a line's first. */
  readonly column: number | undefined;

  constructor(
    chunk: Uint8Array,
    from: number,
    to: number,
    number: number,
    isCut: boolean,
    column?: number | undefined,
  ) {
    this.chunk = chunk;
    this.from = from;
    this.to = to;
    this.number = number;
    this.isCut = isCut;
    this.column = column;
  }

  get bytes(): Uint8Array {
    return this.chunk.subarray(this.from, this.to);
  }
}

/**
 * The lines of a chunk, read one after another; the same object serves all chunks of a file.
 *
 * Whoever knows more of the lines than that they end at a line feed may `pass` over some.
 */
export class Lines {
  /** Holds the lines that are left as [from, to), among other bytes. */
  chunk: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;
  /** Number of the last line passed or read, blank ones counted. */
  number = 0;
  /** Lines that may yet be read; blank ones are not counted. */
  left: number = Number.POSITIVE_INFINITY;
  /** Another object for each chunk, whose bytes may be those of the chunk before. */
  identity: object = {};
  /** Longest line, in bytes; the rest of a longer one is not read. */
  readonly bytesMax: number;
  /** A buffer's search is ten times as fast as an array's. */
  #text: Buffer = Buffer.alloc(0);
  #isCut = false;
  #next: Line | undefined;
  /** Where the line behind the next one starts. */
  #after = 0;

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  /** Goes on with the lines in [from, to); `isCut` tells that the last one went on. */
  open(chunk: Uint8Array, from: number, to: number, isCut = false): void {
    this.chunk = chunk;
    this.from = from;
    this.to = to;
    this.identity = {};
    this.#text = Buffer.from(chunk.buffer, chunk.byteOffset, to);
    this.#isCut = isCut;
    this.#next = undefined;
  }

  /** Shows the next line that is not blank, at which `from` stands then; undefined at the end. */
  peek(): Line | undefined {
    while (this.#next === undefined && this.from < this.to && this.left > 0) {
      const { chunk, from, bytesMax } = this;
      const to = this.#endOf(from);
      const isCut = this.#isCut || to - from > bytesMax;
      this.#after = to + 1;
      if (isCut || !isBlank(chunk, from, to)) {
        this.#next = new Line(chunk, from, Math.min(to, from + bytesMax), this.number + 1, isCut);
      } else {
        this.number += 1;
        this.from = this.#after;
      }
    }
    return this.#next;
  }

  /** Reads the next line that is not blank; undefined at the end. */
  next(): Line | undefined {
    const line = this.peek();
    if (line !== undefined) this.pass(1, this.#after);
    return line;
  }

  /** Passes over `count` lines, none of them blank, up to the one that starts at `from`. */
  pass(count: number, from: number): void {
    this.number += count;
    this.left -= count;
    this.from = from;
    this.#next = undefined;
  }

  /** Reads all lines that are left. */
  *[Symbol.iterator](): Generator<Line, void> {
    for (let line = this.next(); line !== undefined; line = this.next()) yield line;
  }

  /** All lines that are left, which remain to be read. */
  rest(): Line[] {
    const { from, number, left } = this;
    const lines = [...this];
    Object.assign(this, { from, number, left });
    return lines;
  }

  #endOf(from: number): number {
    const at = this.#text.indexOf(LINE_FEED, from);
    return at < 0 ? this.to : at;
  }
}

/**
 * Reads the lines chunk by chunk, the last one with or without its line feed. Blank lines (spaces,
 * tabs, carriage returns) are left out; a line over `bytesMax` bytes is cut there. What it yields
 * must be read to the end, or to what is `left`, before the next is asked for.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  bytesMax: number,
): AsyncGenerator<Lines> {
  const carry = new Carry(bytesMax);
  const lines = new Lines(bytesMax);
  for await (const chunk of chunks) {
    const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    if (!carry.isEmpty) {
      const to = text.indexOf(LINE_FEED);
      carry.append(to < 0 ? chunk : chunk.subarray(0, to));
      if (to < 0) continue;
      lines.open(carry.bytes, 0, carry.length, carry.isCut);
      yield lines;
      carry.clear();
      from = to + 1;
    }
    const to = text.lastIndexOf(LINE_FEED) + 1;
    if (to > from) {
      lines.open(chunk, from, to);
      yield lines;
    }
    carry.append(chunk.subarray(Math.max(from, to)));
  }
  if (carry.isEmpty) return;
  lines.open(carry.bytes, 0, carry.length, carry.isCut);
  yield lines;
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte !== SPACE && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
