/**
 * Decodes one Parquet file in a worker thread: parts of it, as Arrow streams, for whoever asks.
 *
 * A thread, because the library is WebAssembly whose panics end what runs it, because its memory
 * goes with the thread, and because rows are then counted while the next ones are decoded.
 */
import { parentPort, workerData } from "node:worker_threads";
import { loadParquet } from "../../base/load-parquet.ts";
import type { ParquetAnswer, ParquetRequest, ParquetSetup } from "./parquet-message.ts";

const { size, rowsOfPart } = workerData as ParquetSetup;
const port = parentPort!;
const reads: Map<number, (bytes: Uint8Array) => void> = new Map();
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

function answer(message: ParquetAnswer, bytes?: Uint8Array): void {
  port.postMessage(message, bytes === undefined ? [] : [bytes.buffer as ArrayBuffer]);
}

/** The members of a `Blob` that the library reads a file by. */
const file = {
  size,
  slice: (from: number, to: number) => ({
    size: to - from,
    arrayBuffer: () =>
      new Promise<ArrayBuffer>((resolve) => {
        const id = asked++;
        reads.set(id, (bytes) => resolve(bytes.buffer as ArrayBuffer));
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

async function send(stream: Uint8Array): Promise<void> {
  await untilWanted();
  answer({ kind: "part", stream }, stream);
}

try {
  const { ParquetFile } = await loadParquet();
  const parquet = await ParquetFile.fromFile(file as unknown as Blob);
  await send(parquet.schema().intoIPCStream());
  const options = { batchSize: rowsOfPart, concurrency: 1 };
  const reader = (await parquet.stream(options)).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    await send(value.intoIPCStream());
  }
  answer({ kind: "end" });
} catch {
  answer({ kind: "corrupt" });
}
port.close();
