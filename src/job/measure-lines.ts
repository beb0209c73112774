import { decodeUtf8 } from "../source/utf8.ts";
import { readFile } from "../storage/local-files.ts";

const NEWLINE = 10;

/** Measures so many lines of a file from a byte on: their bytes, and what is no UTF-8 in them. */
export async function measureLines(
  path: string,
  from: number,
  lines: number,
): Promise<{ readonly bytes: number; readonly invalidUtf8: number }> {
  const tally = { invalidUtf8: 0 };
  let bytes = 0;
  let left = lines;
  async function* measured(): AsyncGenerator<Uint8Array> {
    for await (const chunk of readFile(path, { start: from, end: Number.POSITIVE_INFINITY })) {
      let end = 0;
      while (left > 0 && end < chunk.length) {
        const newline = chunk.indexOf(NEWLINE, end);
        end = newline < 0 ? chunk.length : newline + 1;
        if (newline >= 0) left--;
      }
      bytes += end;
      yield chunk.subarray(0, end);
      if (left === 0) return;
    }
  }
  for await (const _ of decodeUtf8(measured(), tally, from === 0)) {
    // The tally is all that is wanted.
  }
  return { bytes, invalidUtf8: tally.invalidUtf8 };
}
