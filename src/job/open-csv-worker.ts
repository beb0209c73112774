/** Starts worker threads that read CSV files. */

import { Worker } from "node:worker_threads";
import type { ColumnShare } from "../accumulate/profiler.ts";
import { leaveProcessors } from "../base/leave-processors.ts";
import { workerScript } from "../base/worker-script.ts";
import { compiledKernel } from "../kernel/kernel.ts";
import type { ThreadSetup } from "./thread-setup.ts";

export interface CsvWorkerData {
  readonly setup: ThreadSetup;
  /** The columns to fold of all records, of which the worker tells once; units if absent. */
  readonly share: ColumnShare | undefined;
  /** The compiled kernel, which threads share; undefined where there is none. */
  readonly code: object | undefined;
}

export function openCsvWorker(
  setup: ThreadSetup,
  share?: ColumnShare | undefined,
  script: URL = workerScript("csv-worker.cjs"),
): Worker {
  const workerData: CsvWorkerData = { setup, share, code: compiledKernel() };
  const worker = new Worker(script, { workerData, execArgv: [] });
  leaveProcessors(worker);
  return worker;
}
