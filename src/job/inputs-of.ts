/** What the library takes as a source of records, as byte inputs. */
import { type FindOptions, findInputs, type StdinChunks } from "../source/byte-inputs.ts";
import type { ByteInput } from "../source/record-source.ts";

/**
 * Files, folders and globs by path or `s3://bucket/key`, or one stream of bytes (a Node stream, an
 * async generator) in the format of a CSV or capture file.
 */
export type Source = string | readonly string[] | AsyncIterable<Uint8Array>;

/** Finds the inputs a source names; a stream, or `stdin` where the path is `-`, is one of them. */
export async function inputsOf(
  source: Source,
  stdin?: StdinChunks | undefined,
  options?: FindOptions | undefined,
): Promise<readonly ByteInput[]> {
  if (typeof source === "string") return findInputs([source], stdin, options);
  if (!(Symbol.asyncIterator in source)) return findInputs(source, stdin, options);
  return [{ path: "-", size: undefined, chunks: () => source }];
}
