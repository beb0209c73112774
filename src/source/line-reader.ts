/**
 * Lines of a file, cut from chunks of any size.
 *
 * A line is copied only where it crosses a chunk; the time is linear in the bytes for any chunking.
 * Memory: the chunk, plus one line of at most `bytesMax`.
 */
import { Carry } from "./carry.ts";

const LINE_FEED = 0x0a;
const SPACE = 0x20;

/** A line that is not blank, without its line feed; `bytes` holds until the next chunk's lines. */
export interface Line {
  readonly bytes: Uint8Array;
  /** From 1, blank lines counted. */
  readonly number: number;
  /** Byte column from 1, where it need not be a line's first. */
  readonly column?: number | undefined;
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

function isNotBlank({ bytes, isCut }: Line): boolean {
  if (isCut) return true;
  for (const byte of bytes) {
    if (byte !== SPACE && byte !== 0x09 && byte !== 0x0d) return true;
  }
  return false;
}
