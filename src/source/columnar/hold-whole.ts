/** A file that can only be read as a whole, in memory. */
import { TidemarkError } from "../../base/tidemark-error.ts";

const HELD_BYTES_MAX: number = 256 * 1024 * 1024;

/** Collects the content of a file; throws an input error beyond 256 MiB. */
export async function holdWhole(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
): Promise<Uint8Array> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > HELD_BYTES_MAX) throw tooLarge(file);
    held.push(new Uint8Array(chunk));
  }
  return Buffer.concat(held);
}

function tooLarge(file: string): TidemarkError {
  return new TidemarkError({
    code: "input",
    location: { file },
    what: "would have to be held in memory, and is larger than 256 MiB",
    expected: "a Parquet file by its path and not compressed as a whole, or an Arrow stream",
    hint: "Save, unpack or write it so.",
  });
}
