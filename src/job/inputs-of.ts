/** What the library takes as a source of records, as byte inputs. */
import { findInputs } from "../source/byte-inputs.ts";
import type { ByteInput } from "../source/record-source.ts";

/**
 * Files, folders and globs by path, or one stream of bytes (a Node stream, an async generator) in
 * the format of a CSV or capture file.
 */
export type Source = string | readonly string[] | AsyncIterable<Uint8Array>;

/** Finds the inputs a source names; a stream is one input called `-`. */
export async function inputsOf(source: Source): Promise<readonly ByteInput[]> {
  if (typeof source === "string") return findInputs([source]);
  if (!(Symbol.asyncIterator in source)) return findInputs(source);
  return [{ path: "-", size: undefined, chunks: () => source }];
}
