/** The first lines of several files. */
import type { Lines } from "./line-reader.ts";

/** Makes a cut that lets `max` lines through, over all that it is put on; all when undefined. */
export function lineLimit(
  max: number | undefined,
): (chunks: AsyncIterable<Lines>) => AsyncIterable<Lines> {
  if (max === undefined) return (chunks) => chunks;
  let left = max;
  return async function* takeFirst(chunks) {
    if (left === 0) return;
    for await (const lines of chunks) {
      lines.left = left;
      yield lines;
      left = lines.left;
      if (left === 0) return;
    }
  };
}
