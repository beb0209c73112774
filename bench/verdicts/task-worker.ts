/** Runs tasks as they come; a worker's baselines stay for the tasks that follow. */
import { parentPort } from "node:worker_threads";
import { measureFeatures } from "./measure-features.ts";
import { measureWindows } from "./measure-windows.ts";
import type { Task } from "./plan.ts";

parentPort!.on("message", async (task: Task) => {
  const result = task.kind === "windows" ? await measureWindows(task) : await measureFeatures(task);
  parentPort!.postMessage(result);
});
