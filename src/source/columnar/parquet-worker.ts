/**
 * Decodes one Parquet file in a worker thread: parts of it, as Arrow streams, for whoever asks.
 *
 * A thread, because the library is WebAssembly whose panics end what runs it, because its memory
 * goes with the thread, and because rows are then counted while the next ones are decoded.
 */
import { setUncaughtExceptionCaptureCallback } from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import {
  type Encoding,
  loadParquet,
  type ParquetFile,
  type RecordBatch,
  type RowGroupMetaData,
} from "../../base/load-parquet.ts";
import {
  lanesOf,
  type RowSlice,
  rowsOfSlice,
  type StoredColumn,
  slicesOf,
} from "./parquet-division.ts";
import type { ParquetAnswer, ParquetRequest, ParquetSetup } from "./parquet-message.ts";
import { releaseBuffers } from "./release-buffers.ts";

const { size, keepsBytes, rowsOfPart, bounds, start, memoryBytesMax } = workerData as ParquetSetup;
const port = parentPort!;
/** Memory grows by doubling, old and new beside each other: what fails asks for a part at least. */
const EXHAUSTED_PARTS = 4;
const reads: Map<number, (bytes: Uint8Array) => void> = new Map();
/** What the library was given, by where it begins; it is copied before a part comes of it. */
const given: Map<number, ArrayBuffer> = new Map();
/** Whether the slice under way passes over values that the library may panic at. */
let isRisky = false;
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
    arrayBuffer: async () => {
      const kept = given.get(from);
      return kept?.byteLength === to - from ? kept : await read(from, to);
    },
  }),
};

function read(from: number, to: number): Promise<ArrayBuffer> {
  return new Promise((resolve) => {
    const id = asked++;
    reads.set(id, ({ buffer }) => {
      given.set(from, buffer as ArrayBuffer);
      resolve(buffer as ArrayBuffer);
    });
    answer({ kind: "read", id, from, to });
  });
}

function releaseGiven(): void {
  releaseBuffers([...given.values()]);
  given.clear();
}

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

/**
 * Sends a row group's parts, slice after slice, of each its lanes side by side. Reading begins at
 * `offset`, which is negative where it began in a row group before.
 */
async function sendRowGroup(
  parquet: ParquetFile,
  columns: readonly StoredColumn[],
  rowCount: number,
  index: number,
  offset: number,
): Promise<void> {
  const lanes = lanesOf(columns, bounds);
  const isSafe = columns.every(({ isSkippable }) => isSkippable);
  const isDivisible = isSafe || start.takesRisks;
  for (const slice of isDivisible ? slicesFrom(offset) : [{ offset: 0, limit: rowCount }]) {
    const rows = slice.limit;
    isRisky = slice.offset > 0 && !isSafe;
    answer({ kind: "slice", slice: { rows, isDivisible: rows > 1 && isDivisible } });
    const readers: ReadableStreamDefaultReader<RecordBatch>[] = [];
    for (const lane of lanes) {
      const options = { ...slice, rowGroups: [index], batchSize: rowsOfPart, concurrency: 1 };
      const stream = await parquet.stream(
        lane === undefined ? options : { ...options, columns: lane },
      );
      readers.push(stream.getReader());
    }
    await sendParts(readers, offset - slice.offset);
  }
  releaseGiven();

  function slicesFrom(row: number): Iterable<RowSlice> {
    const sliceRows = rowsOfSlice(columns, rowCount, rowsOfPart, bounds);
    return slicesOf(rowCount, sliceRows, Math.max(row, 0), row < 0 ? undefined : start.rowsMax);
  }
}

/** Sends what the readers give, side by side, but for the first parts of `passed` rows. */
async function sendParts(
  readers: readonly ReadableStreamDefaultReader<RecordBatch>[],
  passed: number,
): Promise<void> {
  for (let row = 0; ; row += rowsOfPart) {
    const streams: Uint8Array[] = [];
    for (const reader of readers) {
      const { value, done } = await reader.read();
      if (!keepsBytes) releaseGiven();
      if (!done) streams.push(value.intoIPCStream());
    }
    if (streams.length === 0) return;
    if (row >= passed) await send(streams);
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

/** Says that it ends here: for want of memory where much of it is taken, if it took no risk. */
function fail(takenBytes: number): void {
  const isExhausted = takenBytes >= memoryBytesMax / EXHAUSTED_PARTS;
  answer({ kind: isRisky ? "stuck" : isExhausted ? "exhausted" : "corrupt" });
  port.close();
}

/** Sends all that the file holds, its schema first. */
async function sendFile(): Promise<void> {
  const library = await loadParquet(memoryBytesMax);
  const takenBytes = (): number => library.wasmMemory().buffer.byteLength;
  // The library's faults end a task of this thread, and leave whoever waits for it waiting.
  setUncaughtExceptionCaptureCallback(() => fail(takenBytes()));
  try {
    const { Encoding, ParquetFile } = library;
    // Passing over DELTA_BINARY_PACKED panics within blocks larger than most writers make them, as
    // DuckDB's are; other encodings of newer writers are not trusted blindly either.
    const { PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED, RLE_DICTIONARY } = Encoding;
    const skippable = new Set([PLAIN, PLAIN_DICTIONARY, RLE, BIT_PACKED, RLE_DICTIONARY]);
    const parquet = await ParquetFile.fromFile(file as unknown as Blob);
    await send([parquet.schema().intoIPCStream()]);
    const metadata = parquet.metadata();
    let offset = start.row;
    for (let group = 0; group < metadata.numRowGroups(); group++) {
      const rowGroup = metadata.rowGroup(group);
      const rows = rowGroup.numRows();
      if (offset < rows) {
        await sendRowGroup(parquet, columnsOf(rowGroup, skippable), rows, group, offset);
      }
      offset -= rows;
    }
    answer({ kind: "end" });
    port.close();
  } catch {
    fail(takenBytes());
  }
}

// Not awaited, as Node would warn of a module that waits for what a fault has ended.
void sendFile();
