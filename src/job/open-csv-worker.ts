/** Starts worker threads that read CSV files. */

import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { ColumnShare } from "../accumulate/profiler.ts";
import { workerScript } from "../base/worker-script.ts";
import { compiledKernel } from "../kernel/kernel.ts";
import type { ThreadSetup } from "./thread-setup.ts";

const SCRIPT = workerScript("csv-worker.js");

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
  script: URL = SCRIPT,
): Worker {
  leaveProcessors();
  const workerData: CsvWorkerData = { setup, share, code: compiledKernel() };
  return new Worker(script, { workerData, execArgv: [] });
}

/**
 * Has the V8 of Node 20 optimise only what runs nine times as long as by default: its compiler
 * would take a third of a processor, of which threads leave none, mostly for code that runs once for
 * each chunk. A newer V8 compiles such code in less time, and has no such flag.
 */
function leaveProcessors(): void {
  if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=600000");
}
