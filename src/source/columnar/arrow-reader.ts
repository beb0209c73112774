/**
 * Arrow IPC files and streams, Feather v2 files, and Arrow data that is in memory, as record
 * sources. What the bytes are is told by their content. Memory: the largest message of a file; the
 * whole file, of at most 256 MiB, where only its index holds the schema.
 */

import { TidemarkError } from "../../base/tidemark-error.ts";
import { emptyTally, readContent } from "../content/input-content.ts";
import { peekBytes } from "../content/peek-bytes.ts";
import type { ByteInput, RecordSource } from "../record-source.ts";
import type { ArrowRecordBatch } from "./arrow-column.ts";
import { type ArrowLibrary, loadArrowReader, shareSchema } from "./arrow-library.ts";
import { checkIndexed, isIndexed, PEEK_BYTES, readMessages } from "./arrow-messages.ts";
import { holdWhole } from "./hold-whole.ts";
import { corruptTable, openTypedTables, type TypedTablesOptions } from "./typed-tables.ts";

const KIND = "Arrow";

/** Opens Arrow inputs in the order given; throws as `openTypedTables` does. */
export async function openArrow(
  inputs: readonly ByteInput[],
  options: TypedTablesOptions,
): Promise<RecordSource> {
  const tables = inputs.map((input) => {
    const tally = emptyTally(input.path);
    const parts = readArrow(readContent(input, tally), input.path);
    return { tally, kind: KIND, parts };
  });
  return await openTypedTables(tables, options);
}

/** Opens the parts of one table that is in memory; `path` names it. */
export async function openRecordBatches(
  parts: AsyncIterable<ArrowRecordBatch>,
  path: string,
  options: TypedTablesOptions,
): Promise<RecordSource> {
  const table = { tally: emptyTally(path), kind: KIND, parts, isHeld: true };
  return await openTypedTables([table], options);
}

/** Reads the parts of an Arrow file or stream; `path` names it in errors. */
async function* readArrow(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
): AsyncGenerator<ArrowRecordBatch> {
  const library = await loadArrowReader();
  try {
    const { head, chunks: all } = await peekBytes(chunks, PEEK_BYTES);
    const bytes = isIndexed(head)
      ? await readIndexed(all, library, path)
      : readMessages(all, library);
    const reader = await library.RecordBatchReader.from(bytes as AsyncIterable<Uint8Array>);
    shareSchema(await reader.open(), library);
    for await (const part of reader) yield part as unknown as ArrowRecordBatch;
  } catch (error) {
    if (!(error instanceof TidemarkError)) throw corruptTable(KIND, path, error);
    if (error.location !== undefined) throw error;
    throw new TidemarkError({ ...error, location: { file: path } });
  }
}

/** Reads a stream of one part that this program wrote; its values lie in the stream's bytes. */
export async function readPart(stream: Uint8Array): Promise<ArrowRecordBatch> {
  const library = await loadArrowReader();
  const reader = library.RecordBatchReader.from(stream);
  shareSchema(reader.open(), library);
  const [part] = reader;
  return part as unknown as ArrowRecordBatch;
}

async function readIndexed(
  chunks: AsyncIterable<Uint8Array>,
  library: ArrowLibrary,
  path: string,
): Promise<Uint8Array> {
  const file = await holdWhole(chunks, path);
  await checkIndexed(file, library);
  return file;
}
