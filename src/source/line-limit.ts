/** The first lines of several files. */
import type { Line } from "./line-reader.ts";

/** Makes a cut that lets `max` lines through, over all that it is put on; all when undefined. */
export function lineLimit(
  max: number | undefined,
): (lines: AsyncIterable<readonly Line[]>) => AsyncIterable<readonly Line[]> {
  if (max === undefined) return (lines) => lines;
  let left = max;
  return async function* takeFirst(lines) {
    if (left === 0) return;
    for await (const part of lines) {
      yield part.slice(0, left);
      left = Math.max(0, left - part.length);
      if (left === 0) return;
    }
  };
}
