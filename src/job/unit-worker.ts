/** A worker thread that reads units of content, one task after another. */
import { parentPort, workerData } from "node:worker_threads";
import { answerUnit } from "./answer-unit.ts";
import type { UnitSetup, UnitTask } from "./unit-task.ts";

const port = parentPort!;
let last = Promise.resolve();

port.on("message", (task: UnitTask) => {
  last = last.then(async () => port.postMessage(await answerUnit(workerData as UnitSetup, task)));
});
