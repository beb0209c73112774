/**
 * Texts of 1 to 8 bytes as two 32-bit words, read without a loop: together with the length, the
 * first and the last word say the text exactly (they overlap where it is shorter than 8 bytes).
 */

export const SHORT_TEXT_MAX = 8;

/** Packs the first four bytes, or all of a text of 1 to 3 bytes; 0 for an empty text. */
export function firstWord(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length >= 4) return wordAt(bytes, start);
  if (length === 0) return 0;
  return bytes[start]! | (bytes[start + (length >> 1)]! << 8) | (bytes[end - 1]! << 16);
}

/** Packs the last four bytes; 0 for a text of fewer. */
export function lastWord(bytes: Uint8Array, start: number, end: number): number {
  return end - start >= 4 ? wordAt(bytes, end - 4) : 0;
}

/** Reads four bytes, little-endian, as a signed 32-bit number. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}
