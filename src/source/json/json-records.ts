/**
 * The records of a JSON file: its lines, or the elements where it is one array. The content tells
 * which, so it need not be declared.
 */

import { peekBytes } from "../content/peek-bytes.ts";
import { type Lines, readLines } from "../lines/line-reader.ts";
import { isJsonArray, readJsonArray } from "./json-array.ts";

/** Bytes in which an array begins, if the file is one. */
const HEAD_BYTES = 4096;

/** Cuts valid UTF-8 into records; throws an input error where an array is broken. */
export async function* readJsonRecords(
  text: AsyncIterable<Uint8Array>,
  bytesMax: number,
  file: string,
): AsyncGenerator<Lines> {
  const { head, chunks } = await peekBytes(text, HEAD_BYTES);
  yield* isJsonArray(head) ? readJsonArray(chunks, bytesMax, file) : readLines(chunks, bytesMax);
}
