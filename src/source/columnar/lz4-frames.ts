/**
 * LZ4 frames (the LZ4 frame and block format descriptions, version 1.6.4), for the buffers of Arrow
 * files. The checksums are not looked at: what is decoded is checked by its reader.
 *
 * The work is linear in the length that is asked for; whatever reaches beyond it or beyond the
 * bytes throws a RangeError.
 */

const MAGIC = 0x184d2204;
const HAS_BLOCK_CHECKSUMS = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_DICTIONARY = 0x01;
const IS_STORED = 0x8000_0000;
const MATCH_MIN = 4;

/** Decodes one frame whose content is at most `lengthMax` bytes. */
export function decompressLz4(frame: Uint8Array, lengthMax: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const flags = view.getUint8(4);
  if (view.getUint32(0, true) !== MAGIC || flags >> 6 !== 1) throw new RangeError("no LZ4 frame");
  if (flags & HAS_DICTIONARY) throw new RangeError("an LZ4 frame needs a dictionary");
  const output = new Uint8Array(lengthMax);
  let at = flags & HAS_CONTENT_SIZE ? 15 : 7;
  let length = 0;
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return output.subarray(0, length);
    const isStored = size >= IS_STORED;
    const end = at + (isStored ? size - IS_STORED : size);
    if (end > frame.length) throw new RangeError("an LZ4 block is cut off");
    const block = frame.subarray(at, end);
    if (isStored) output.set(block, length);
    length = isStored ? length + block.length : decompressBlock(block, output, length);
    at = end + (flags & HAS_BLOCK_CHECKSUMS ? 4 : 0);
  }
}

/** Decodes a block behind `start` bytes of output, and returns where it ends. */
function decompressBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let at = 0;
  let length = start;
  const readLength = (nibble: number): number => {
    let sum = nibble;
    if (nibble < 15) return sum;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw new RangeError("an LZ4 length is cut off");
      sum += byte;
      if (byte < 255) return sum;
    }
  };
  for (;;) {
    const token = block[at++]!;
    const literals = readLength(token >> 4);
    if (at + literals > block.length) throw new RangeError("an LZ4 literal is cut off");
    output.set(block.subarray(at, at + literals), length);
    at += literals;
    length += literals;
    // The last sequence has literals only.
    if (at >= block.length) return length;
    const distance = block[at]! + block[at + 1]! * 256;
    at += 2;
    const from = length - distance;
    const end = length + readLength(token & 15) + MATCH_MIN;
    if (!(distance > 0 && from >= 0 && end <= output.length)) {
      throw new RangeError("an LZ4 match is out of range");
    }
    if (distance >= end - length) output.copyWithin(length, from, from + end - length);
    else for (let i = length; i < end; i++) output[i] = output[i - distance]!;
    length = end;
  }
}
