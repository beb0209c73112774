/**
 * Parquet files as a record source, decoded by parquet-wasm in a worker thread (parquet-worker.ts).
 *
 * A file that can be read at any place is read twice: once in order, for its hash and its size, and
 * then row group by row group. Standard input and compressed files are held in memory, up to 256
 * MiB. Memory: of the largest row group, decoded (8 bytes a number, each text as often as it
 * stands), a slice of about 32 MiB, but a sixteenth at least; of an object also its stored bytes;
 * and some parts of 4,096 rows. Where decoding takes more than 128 MiB and 32 times the file, ever
 * smaller slices are read instead. A row group of packed differences is decoded whole where the
 * library can not pass over them, which shows only when it panics: DuckDB writes such ones.
 */

import { Worker } from "node:worker_threads";
import { TidemarkError } from "../../base/tidemark-error.ts";
import { workerScript } from "../../base/worker-script.ts";
import { isObjectUrl } from "../../storage/object-url.ts";
import { BATCH_RECORDS_MAX } from "../batch/batch.ts";
import { emptyTally, readContent } from "../content/input-content.ts";
import type { ByteInput, InputTally, RecordSource } from "../record-source.ts";
import type { ArrowRecordBatch } from "./arrow-column.ts";
import { readPart } from "./arrow-reader.ts";
import { holdWhole } from "./hold-whole.ts";
import type { DivisionBounds } from "./parquet-division.ts";
import type {
  ParquetAnswer,
  ParquetRequest,
  ParquetSetup,
  ParquetSlice,
  ParquetStart,
} from "./parquet-message.ts";
import { releaseBuffers } from "./release-buffers.ts";
import { corruptTable, openTypedTables, type TypedTablesOptions } from "./typed-tables.ts";

const KIND = "Parquet";
const MAGIC = "PAR1";
/** Two marks, the length of the footer, and a byte of it. */
const FILE_BYTES_MIN = 13;

const WORKER = workerScript("parquet-worker.js");

/** A whole file, to be read at any place. */
interface WholeFile {
  readonly size: number;
  read(from: number, to: number): Promise<Uint8Array>;
}

const BOUNDS: DivisionBounds = {
  laneBytesMax: 4 * 1024 * 1024,
  sliceBytesMax: 32 * 1024 * 1024,
  slicesMax: 16,
};

/**
 * What decoding may take: so many bytes, and so many more for each byte of the file. Texts that
 * stand once in a dictionary stand in memory as often as they are referred to, so that a few bytes
 * could be all the memory there is.
 */
const MEMORY_FREE_BYTES: number = 128 * 1024 * 1024;
const MEMORY_RATIO = 32;
/** Of a slice for which that is too little, a part that is read next. */
const FINER = 16;
const ANY_ROWS: number = Number.POSITIVE_INFINITY;

/**
 * Opens Parquet files in the order given; throws as `openTypedTables` does. Records do not depend
 * on `bounds`, memory does.
 */
export async function openParquet(
  inputs: readonly ByteInput[],
  options: TypedTablesOptions,
  bounds: DivisionBounds = BOUNDS,
): Promise<RecordSource> {
  const tables = inputs.map((input) => {
    const tally = emptyTally(input.path);
    return { tally, kind: KIND, parts: readParquet(input, tally, bounds) };
  });
  return await openTypedTables(tables, options);
}

async function* readParquet(
  input: ByteInput,
  tally: InputTally,
  bounds: DivisionBounds,
): AsyncGenerator<ArrowRecordBatch> {
  const { path } = input;
  const file = await openWhole(input, tally);
  const setup = {
    size: file.size,
    // Objects would be downloaded again for each slice.
    keepsBytes: isObjectUrl(path),
    rowsOfPart: BATCH_RECORDS_MAX,
    bounds,
    memoryBytesMax: MEMORY_FREE_BYTES + MEMORY_RATIO * file.size,
  };
  let start: ParquetStart | undefined = { row: 0, rowsMax: ANY_ROWS, takesRisks: true };
  while (start !== undefined) start = yield* readFrom(file, path, { ...setup, start });
}

/**
 * Reads from a row on: to the end, or to where fewer rows at once are to be read, or a row group as
 * a whole.
 */
async function* readFrom(
  file: WholeFile,
  path: string,
  setup: ParquetSetup,
): AsyncGenerator<ArrowRecordBatch, ParquetStart | undefined> {
  const { rowsMax, takesRisks } = setup.start;
  let { row } = setup.start;
  const worker = new Worker(WORKER, { workerData: setup, env: {}, stdout: true, stderr: true });
  const parts = decode(worker, file, path);
  try {
    for (;;) {
      const { value, done } = await parts.next();
      if (done !== true) {
        const part = await partOf(value, path);
        row += part.numRows;
        yield part;
        releaseBuffers(value.map(({ buffer }) => buffer as ArrayBuffer));
      } else if (value === undefined) {
        return undefined;
      } else if (value === "stuck" && rowsMax === ANY_ROWS) {
        return { row, rowsMax, takesRisks: false };
      } else if (value !== "stuck" && value.isDivisible) {
        return { row, rowsMax: Math.ceil(value.rows / FINER), takesRisks };
      } else {
        throw tooMuchAtOnce(path, setup.memoryBytesMax);
      }
    }
  } finally {
    await worker.terminate();
  }
}

/**
 * Asks a worker for one part after the other, and serves what it reads; returns the slice for which
 * it has too little memory, or that it is stuck, if it comes to that.
 */
async function* decode(
  worker: Worker,
  file: WholeFile,
  path: string,
): AsyncGenerator<readonly Uint8Array[], ParquetSlice | "stuck" | undefined> {
  let slice: ParquetSlice = { rows: 0, isDivisible: false };
  const send = (request: ParquetRequest, bytes?: Uint8Array): void =>
    worker.postMessage(request, bytes === undefined ? [] : [bytes.buffer as ArrayBuffer]);
  const answers: (() => ParquetAnswer)[] = [];
  let wake: (() => void) | undefined;
  const take = (answer: () => ParquetAnswer): void => {
    answers.push(answer);
    wake?.();
  };
  worker.on("message", (answer: ParquetAnswer) => take(() => answer));
  worker.once("error", (error) =>
    take(() => {
      throw corruptTable(KIND, path, error);
    }),
  );
  send({ kind: "next" });
  for (;;) {
    while (answers.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const answer = answers.shift()!();
    if (answer.kind === "end") return undefined;
    if (answer.kind === "exhausted") return slice;
    if (answer.kind === "stuck") return "stuck";
    if (answer.kind === "corrupt") throw corruptTable(KIND, path);
    if (answer.kind === "slice") {
      slice = answer.slice;
    } else if (answer.kind === "part") {
      send({ kind: "next" });
      yield answer.streams;
    } else {
      const { id, from, to } = answer;
      if (!(from >= 0 && from <= to && to <= file.size)) throw corruptTable(KIND, path);
      const bytes = await file.read(from, to);
      if (bytes.length !== to - from) throw corruptTable(KIND, path);
      send({ kind: "bytes", id, bytes }, bytes);
    }
  }
}

/** Reads the streams of a part and lays their columns side by side. */
async function partOf(streams: readonly Uint8Array[], path: string): Promise<ArrowRecordBatch> {
  const lanes: ArrowRecordBatch[] = [];
  for (const stream of streams) lanes.push(await readPart(stream));
  const [first] = lanes;
  if (first === undefined || lanes.some(({ numRows }) => numRows !== first.numRows)) {
    throw corruptTable(KIND, path);
  }
  if (lanes.length === 1) return first;
  return {
    schema: { fields: lanes.flatMap(({ schema }) => schema.fields) },
    numRows: first.numRows,
    data: { children: lanes.flatMap(({ data }) => data.children) },
  };
}

/** Reads a file to its end and makes it readable at any place. */
async function openWhole(input: ByteInput, tally: InputTally): Promise<WholeFile> {
  const { read, path, size } = input;
  const content = readContent(input, tally);
  // One that is compressed as a whole begins with another mark.
  if (read !== undefined && size !== undefined && isMagic(await read(0, MAGIC.length))) {
    for await (const _ of content);
    return checked({ size, read }, path);
  }
  const held = await holdWhole(content, path);
  const readHeld = async (from: number, to: number) => new Uint8Array(held.subarray(from, to));
  return checked({ size: held.length, read: readHeld }, path);
}

async function checked(file: WholeFile, path: string): Promise<WholeFile> {
  const { size, read } = file;
  const isWhole =
    size >= FILE_BYTES_MIN &&
    isMagic(await read(0, MAGIC.length)) &&
    isMagic(await read(size - MAGIC.length, size));
  if (!isWhole) throw corruptTable(KIND, path);
  return file;
}

function isMagic(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).toString("latin1") === MAGIC;
}

function tooMuchAtOnce(file: string, bytesMax: number): TidemarkError {
  const mebibytes = Math.floor(bytesMax / 1024 / 1024);
  return new TidemarkError({
    code: "input",
    location: { file },
    what: `a row or row group is corrupt, or takes more than ${mebibytes} MiB in memory`,
    expected: "row groups of which each unpacks to less",
    hint: "Write the file again with fewer rows in each row group.",
  });
}
