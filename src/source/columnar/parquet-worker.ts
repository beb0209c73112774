/**
 * Decodes one Parquet file in a worker thread: parts of it, as Arrow streams, for whoever asks.
 *
 * A thread, because the library is WebAssembly whose panics end what runs it, because its memory
 * goes with the thread, and because rows are then counted while the next ones are decoded.
 */
import { parentPort, workerData } from "node:worker_threads";
import {
  type Encoding,
  loadParquet,
  type ParquetFile,
  type RecordBatch,
  type RowGroupMetaData,
} from "../../base/load-parquet.ts";
import { lanesOf, type StoredColumn, slicesOf } from "./parquet-division.ts";
import type { ParquetAnswer, ParquetRequest, ParquetSetup } from "./parquet-message.ts";
import { releaseBuffers } from "./release-buffers.ts";

const { size, rowsOfPart, bounds } = workerData as ParquetSetup;
const port = parentPort!;
const reads: Map<number, (bytes: Uint8Array) => void> = new Map();
/** What the library was given, which it copies before it gives a part. */
const taken: ArrayBuffer[] = [];
let asked = 0;
let wanted = 0;
let wake: (() => void) | undefined;

port.on("message", (request: ParquetRequest) => {
  if (request.kind === "bytes") {
    reads.get(request.id)?.(request.bytes);
    reads.delete(request.id);
  } else {
    wanted += 1;
    wake?.();
  }
});

function answer(message: ParquetAnswer, moved: readonly Uint8Array[] = []): void {
  port.postMessage(
    message,
    moved.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

/** The members of a `Blob` that the library reads a file by. */
const file = {
  size,
  slice: (from: number, to: number) => ({
    size: to - from,
    arrayBuffer: () =>
      new Promise<ArrayBuffer>((resolve) => {
        const id = asked++;
        reads.set(id, ({ buffer }) => {
          taken.push(buffer as ArrayBuffer);
          resolve(buffer as ArrayBuffer);
        });
        answer({ kind: "read", id, from, to });
      }),
  }),
};

/** Waits until the next part is asked for. */
async function untilWanted(): Promise<void> {
  while (wanted === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  wanted -= 1;
}

async function send(streams: readonly Uint8Array[]): Promise<void> {
  await untilWanted();
  answer({ kind: "part", streams }, streams);
}

/** Sends a row group's parts, slice after slice, of each its lanes side by side. */
async function sendRowGroup(
  parquet: ParquetFile,
  columns: readonly StoredColumn[],
  rowCount: number,
  index: number,
): Promise<void> {
  const lanes = lanesOf(columns, bounds);
  for (const slice of slicesOf(columns, rowCount, rowsOfPart, bounds)) {
    const readers: ReadableStreamDefaultReader<RecordBatch>[] = [];
    for (const lane of lanes) {
      const rows = { ...slice, rowGroups: [index], batchSize: rowsOfPart, concurrency: 1 };
      const stream = await parquet.stream(lane === undefined ? rows : { ...rows, columns: lane });
      readers.push(stream.getReader());
    }
    await sendParts(readers);
  }
}

async function sendParts(
  readers: readonly ReadableStreamDefaultReader<RecordBatch>[],
): Promise<void> {
  for (;;) {
    const streams: Uint8Array[] = [];
    for (const reader of readers) {
      const { value, done } = await reader.read();
      releaseBuffers(taken.splice(0));
      if (!done) streams.push(value.intoIPCStream());
    }
    if (streams.length === 0) return;
    await send(streams);
  }
}

function columnsOf(group: RowGroupMetaData, skippable: ReadonlySet<Encoding>): StoredColumn[] {
  return group.columns().map((column) => {
    const stored = {
      path: column.columnPath(),
      values: column.numValues(),
      bytes: column.compressedSize(),
      unpackedBytes: column.uncompressedSize(),
      isSkippable: column.encodings().every((encoding) => skippable.has(encoding)),
    };
    column.free();
    return stored;
  });
}

try {
  const { Encoding, ParquetFile } = await loadParquet();
  // Skipping DELTA_BINARY_PACKED panics, and others that are as rare are not trusted either.
  const { PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED, RLE_DICTIONARY } = Encoding;
  const skippable = new Set([PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED, RLE_DICTIONARY]);
  const parquet = await ParquetFile.fromFile(file as unknown as Blob);
  await send([parquet.schema().intoIPCStream()]);
  const metadata = parquet.metadata();
  for (let group = 0; group < metadata.numRowGroups(); group++) {
    const rowGroup = metadata.rowGroup(group);
    await sendRowGroup(parquet, columnsOf(rowGroup, skippable), rowGroup.numRows(), group);
  }
  answer({ kind: "end" });
} catch {
  answer({ kind: "corrupt" });
}
port.close();
