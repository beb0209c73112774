/** A worker thread that reads units of content, one task after another. */
import { parentPort, workerData } from "node:worker_threads";
import { openCsvKernel } from "../source/csv/csv-kernel.ts";
import { answerUnit } from "./answer-unit.ts";
import type { UnitSetup, UnitTask } from "./unit-task.ts";

const setup = workerData as UnitSetup;
const port = parentPort!;
// New memory for each unit would take longer, and stay until it is collected.
let kernel = openCsvKernel();
let last = Promise.resolve();

port.on("message", (task: UnitTask) => {
  last = last.then(async () => {
    kernel = kernel?.renew();
    port.postMessage(await answerUnit(setup, task, { kernel }));
  });
});
