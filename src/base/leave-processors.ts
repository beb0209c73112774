/**
 * Leaves processors to worker threads: while one runs, the V8 of Node 20 optimises only what runs
 * nine times as long as by default. Its compiler would take a third of a processor, mostly for code
 * that runs once for each chunk. A newer V8 compiles such code in less time, and has no such flag.
 */
import { versions } from "node:process";
import { setFlagsFromString } from "node:v8";
import type { Worker } from "node:worker_threads";

/** What a function may run, in bytes of its code, before it is optimised. */
const [DEFAULT_BUDGET, BUDGET] = [67_584, 600_000];

let workers = 0;
let endsWithRun = false;

/** For a process that ends with its run: what comes after the workers runs once, too. */
export function leaveProcessorsForGood(): void {
  endsWithRun = true;
}

/** For the rest of a short run, whose code is optimised just before nobody calls it any more. */
export function spareShortRun(setFlags: typeof setFlagsFromString = setFlagsFromString): void {
  if (endsWithRun) setBudget(BUDGET, setFlags);
}

/** Back to what V8 begins with. */
export function optimiseAsUsual(setFlags: typeof setFlagsFromString = setFlagsFromString): void {
  setBudget(DEFAULT_BUDGET, setFlags);
}

/**
 * From when the worker has started until it has ended, or for good; the whole process is concerned.
 */
export function leaveProcessors(
  worker: Worker,
  setFlags: typeof setFlagsFromString = setFlagsFromString,
): void {
  // Under other flags V8 refuses the compiled code that Node itself starts a thread with.
  worker.once("online", () => {
    if (workers++ === 0) setBudget(BUDGET, setFlags);
    worker.once("exit", () => {
      if (--workers === 0 && !endsWithRun) optimiseAsUsual(setFlags);
    });
  });
}

function setBudget(budget: number, setFlags: typeof setFlagsFromString): void {
  if (versions.v8.startsWith("11.")) setFlags(`--interrupt-budget=${budget}`);
}
