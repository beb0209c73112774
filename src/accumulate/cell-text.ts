/** Characters of a cell that are shown at most. */
const CHARACTERS_MAX = 120;

/** Bytes that hold so many characters, and of which a cell keeps at most so many in a sample. */
export const CELL_BYTES_MAX: number = 4 * CHARACTERS_MAX;

/** A byte order mark is part of a text like any other character. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Decodes the text of a cell, cut to 120 characters. */
export function cellText(bytes: Uint8Array, start: number, end: number): string {
  const text = decoder.decode(bytes.subarray(start, Math.min(end, start + CELL_BYTES_MAX)));
  return text.length <= CHARACTERS_MAX ? text : [...text].slice(0, CHARACTERS_MAX).join("");
}
