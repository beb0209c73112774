/** What the library takes as a source of records, as byte inputs. */
import { findInputs, type StdinChunks } from "../source/byte-inputs.ts";
import type { ByteInput } from "../source/record-source.ts";

/**
 * Files, folders and globs by path, or one stream of bytes (a Node stream, an async generator) in
 * the format of a CSV or capture file.
 */
export type Source = string | readonly string[] | AsyncIterable<Uint8Array>;

/** Finds the inputs a source names; a stream, or `stdin` where the path is `-`, is one of them. */
export async function inputsOf(
  source: Source,
  stdin?: StdinChunks | undefined,
): Promise<readonly ByteInput[]> {
  if (typeof source === "string") return findInputs([source], stdin);
  if (!(Symbol.asyncIterator in source)) return findInputs(source, stdin);
  return [{ path: "-", size: undefined, chunks: () => source }];
}
