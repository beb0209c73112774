/**
 * UTF-8 at the door: what follows reads valid UTF-8 only.
 *
 * A byte order mark at the very start is dropped. Valid text passes untouched; every invalid
 * sequence (a maximal subpart, as in the WHATWG Encoding Standard) becomes U+FFFD and is counted.
 * Invariant: where chunks are cut changes neither the text nor the count.
 * Memory: one chunk, a few times over where it is invalid.
 */
import { isUtf8 } from "node:buffer";

const MARK: readonly number[] = [0xef, 0xbb, 0xbf];
const REPLACEMENT = "\u{fffd}";
const REPLACEMENT_BYTES: Buffer = Buffer.from(REPLACEMENT);

/** Up to so many characters a loop writes faster than a call of the encoder. */
const SHORT_LENGTH = 32;

const encoder = new TextEncoder();

/** Where replaced sequences are counted. */
export interface Utf8Tally {
  invalidUtf8: number;
}

/**
 * Yields `chunks` as valid UTF-8; what it yields may be overwritten once the next is asked for.
 * `isStart` is false for the rest of a text, at whose start a mark is a character.
 */
export async function* decodeUtf8(
  chunks: AsyncIterable<Uint8Array>,
  tally: Utf8Tally,
  isStart = true,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array(0);
  let canHaveMark = isStart;
  for await (const chunk of chunks) {
    const text = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    const cut = text.length - incompleteTail(text);
    held = new Uint8Array(text.subarray(cut));
    if (cut === 0) continue;
    const valid = repair(text.subarray(0, cut), tally);
    yield canHaveMark ? withoutMark(valid) : valid;
    canHaveMark = false;
  }
  if (held.length > 0) yield repair(held, tally);
}

function withoutMark(text: Uint8Array): Uint8Array {
  return MARK.every((byte, at) => text[at] === byte) ? text.subarray(MARK.length) : text;
}

/** Measures the sequence at the end that more bytes could complete: 0 to 3 bytes. */
function incompleteTail(text: Uint8Array): number {
  for (let length = 1; length <= 3 && length <= text.length; length++) {
    const byte = text[text.length - length]!;
    if (byte >= 0xc0) return length < sequenceLength(byte) ? length : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/** Returns the text with invalid sequences replaced and counted; a valid one as it is. */
export function repair(text: Uint8Array, tally: Utf8Tally): Uint8Array {
  if (isUtf8(text)) return text;
  const decoded = new TextDecoder("utf-8", { ignoreBOM: true }).decode(text);
  // 0xEF always begins a sequence, so each of these bytes' occurrences was U+FFFD before.
  tally.invalidUtf8 += decoded.split(REPLACEMENT).length - 1 - countReplacements(text);
  return encoder.encode(decoded);
}

/**
 * Writes a text as UTF-8 at a place where 3 bytes are free for each of its characters, and returns
 * where it ends. Lone surrogates become U+FFFD.
 */
export function writeUtf8(bytes: Uint8Array, at: number, text: string): number {
  const { length } = text;
  let place = 0;
  if (length <= SHORT_LENGTH) {
    for (; place < length; place++) {
      const code = text.charCodeAt(place);
      if (code >= 0x80) break;
      bytes[at + place] = code;
    }
    if (place === length) return at + length;
  }
  return at + encoder.encodeInto(text, bytes.subarray(at)).written;
}

function countReplacements(text: Uint8Array): number {
  const buffer = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  let count = 0;
  let at = buffer.indexOf(REPLACEMENT_BYTES);
  while (at >= 0) {
    count++;
    at = buffer.indexOf(REPLACEMENT_BYTES, at + REPLACEMENT_BYTES.length);
  }
  return count;
}
