/** A worker thread that reads CSV files: units one after another, or a share of the columns. */
import { parentPort, workerData } from "node:worker_threads";
import { adoptKernel } from "../kernel/kernel.ts";
import type { CsvWorkerData } from "./open-csv-worker.ts";
import { openUnitReader } from "./open-unit-reader.ts";
import { readColumns } from "./read-columns.ts";
import type { UnitTask } from "./unit-task.ts";

const { setup, share, code } = workerData as CsvWorkerData;
const port = parentPort!;
adoptKernel(code);

if (share === undefined) {
  const read = openUnitReader(setup);
  port.on("message", async (task: UnitTask) => {
    port.postMessage(await read(task));
  });
} else {
  void readColumns(setup, share).then((features) => port.postMessage(features));
}
