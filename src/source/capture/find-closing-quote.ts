/** The end of a JSON text that has no escapes. */

const SPACE = 0x20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Finds the quote that closes the text from `from` on; -1 where a backslash, a control character or
 * the end comes first. 4 bytes at a time.
 */
export function findClosingQuote(view: DataView, from: number, to: number): number {
  let at = from;
  while (at <= to - 4 && isPlain(view.getInt32(at, true))) at += 4;
  for (; at < to; at++) {
    const byte = view.getUint8(at);
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH || byte < SPACE) return -1;
  }
  return -1;
}

/** Whether 4 bytes are ASCII, and none a quote, a backslash or a control character. */
function isPlain(word: number): boolean {
  const quotes = (word ^ 0x2222_2222) - 0x0101_0101;
  const backslashes = (word ^ 0x5c5c_5c5c) - 0x0101_0101;
  const controls = word - 0x2020_2020;
  // Each difference borrows from a byte's top bit where the byte is what it looks for.
  return ((quotes | backslashes | controls | word) & 0x8080_8080) === 0;
}
