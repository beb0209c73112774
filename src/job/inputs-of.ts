/** What the library takes as a source of records: byte inputs, or records that are in memory. */
import { TidemarkError } from "../base/tidemark-error.ts";
import type { ArrowRecordBatch, ArrowTable } from "../source/columnar/arrow-column.ts";
import { type FindOptions, findInputs, type StdinChunks } from "../source/content/byte-inputs.ts";
import type { DetectedInputs } from "../source/detect-format.ts";
import type { ByteInput } from "../source/record-source.ts";

/** A record: its cells by name, or by position. */
export type SourceRecord = Readonly<Record<string, unknown>> | readonly unknown[];

/** A Web stream; the parts that are read. */
interface WebStream<T> {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: T | undefined }>;
    cancel(): Promise<unknown>;
  };
}

/**
 * A source of records:
 *
 * - files, folders and globs by path, in any format that the command line reads;
 * - one stream of bytes (a Node stream, a Web stream, an async generator) in such a format;
 * - rows, as they come: objects, whose keys name the columns, or arrays;
 * - an Arrow table, or its record batches as they come.
 *
 * The first item that comes tells which of these an iterable yields.
 */
export type Source =
  | string
  | readonly string[]
  | AsyncIterable<Uint8Array | SourceRecord | ArrowRecordBatch>
  | WebStream<Uint8Array | SourceRecord | ArrowRecordBatch>
  | Iterable<SourceRecord | ArrowRecordBatch>
  | ArrowTable;

/** The iterators whose `next` returns such a thing: a result, or the promise of one. */
interface Resumed<T> {
  next(): T;
  return?(): T;
}

/** Files, or what is in memory already; the latter has its format. */
export type FoundSource = readonly ByteInput[] | DetectedInputs;

/** Finds what a source names; a stream, or `stdin` where the path is `-`, is one input. */
export async function inputsOf(
  source: Source,
  stdin?: StdinChunks | undefined,
  options?: FindOptions | undefined,
): Promise<FoundSource> {
  if (typeof source === "string") return await findInputs([source], stdin, options);
  if (isPaths(source)) return await findInputs(source, stdin, options);
  if ("batches" in source && "schema" in source) {
    return { format: "arrow", inputs: [], records: partsOf(source) };
  }
  if (Symbol.iterator in source && !(Symbol.asyncIterator in source)) {
    return await inputOfItems(source as Iterable<unknown>);
  }
  const items = itemsOf(source);
  const first = await items.next();
  const all = { [Symbol.asyncIterator]: () => resume(Promise.resolve(first), items) };
  if (first.done === true || first.value instanceof Uint8Array) {
    return [{ path: "-", size: undefined, chunks: () => all as AsyncIterable<Uint8Array> }];
  }
  return { format: isRecordBatch(first.value) ? "arrow" : "jsonl", inputs: [], records: all };
}

/** As for items that one waits for, but records that need not be waited for. */
async function inputOfItems(source: Iterable<unknown>): Promise<FoundSource> {
  const items = source[Symbol.iterator]();
  const first = items.next();
  const value = await first.value;
  const all = { [Symbol.iterator]: () => resume(first, items) };
  if (first.done === true || value instanceof Uint8Array) {
    return [{ path: "-", size: undefined, chunks: () => chunksOf(all) }];
  }
  return { format: isRecordBatch(value) ? "arrow" : "jsonl", inputs: [], records: all };
}

async function* chunksOf(items: Iterable<unknown>): AsyncGenerator<Uint8Array> {
  yield* items as Iterable<Uint8Array>;
}

function isPaths(source: object): source is readonly string[] {
  return (
    Array.isArray(source) && source.length > 0 && source.every((each) => typeof each === "string")
  );
}

function isRecordBatch(item: unknown): item is ArrowRecordBatch {
  return typeof item === "object" && item !== null && "schema" in item && "numRows" in item;
}

/** The parts of a table; one without rows where it has none, for its columns. */
async function* partsOf({ schema, batches }: ArrowTable): AsyncGenerator<ArrowRecordBatch> {
  for (const batch of batches) yield batch;
  if (batches.length === 0) yield { schema, numRows: 0, data: { children: [] } };
}

function itemsOf(source: object): AsyncIterator<unknown, unknown> {
  if (Symbol.asyncIterator in source) {
    return (source as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  }
  if ("getReader" in source) return readWebStream(source as WebStream<unknown>);
  throw new TidemarkError({
    code: "usage",
    what: "the source is neither a path nor anything to read",
    expected: "paths, a stream of bytes, rows, or an Arrow table",
  });
}

function readWebStream(stream: WebStream<unknown>): AsyncIterator<unknown, unknown> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<unknown, unknown>>,
    return: async () => {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

/** The items of an iterator again; no generator, which would take longer than to read a record. */
function resume<T>(first: T, rest: Resumed<T>): Required<Resumed<T>> {
  let isFirst = true;
  return {
    next: () => {
      if (!isFirst) return rest.next();
      isFirst = false;
      return first;
    },
    return: () => rest.return?.() ?? ({ done: true, value: undefined } as T),
  };
}
