/** A worker thread that reads units of content, one task after another. */
import { parentPort, workerData } from "node:worker_threads";
import { adoptKernel } from "../kernel/kernel.ts";
import { openUnitReader } from "./open-unit-reader.ts";
import type { UnitTask, WorkerSetup } from "./unit-task.ts";

const { setup, code } = workerData as WorkerSetup;
const port = parentPort!;
adoptKernel(code);
const read = openUnitReader(setup);

port.on("message", async (task: UnitTask) => {
  port.postMessage(await read(task));
});
