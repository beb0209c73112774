/** A worker thread that reads units of content, one task after another. */
import { parentPort, workerData } from "node:worker_threads";
import { adoptKernel } from "../kernel/kernel.ts";
import { openCsvKernel } from "../source/csv/csv-kernel.ts";
import { answerUnit } from "./answer-unit.ts";
import type { UnitTask, WorkerSetup } from "./unit-task.ts";

const { setup, code } = workerData as WorkerSetup;
const port = parentPort!;
adoptKernel(code);
// New memory for each unit would take longer, and stay until it is collected.
let kernel = openCsvKernel();
let last = Promise.resolve();

port.on("message", (task: UnitTask) => {
  last = last.then(async () => {
    kernel = kernel?.renew();
    port.postMessage(await answerUnit(setup, task, { kernel }));
  });
});
