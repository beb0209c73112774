/**
 * Simulates windows with and without drift, asks our advisories and the default rules of other
 * tools, and judges ours by what they must reach. Prints the tables of docs/verdicts.md, writes
 * bench/verdicts/results.json. The same trials every time.
 *
 * Usage: npm run bench:verdicts [-- --full]   --full takes five times the trials and writes nothing
 */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { judgeGoals } from "./goals.ts";
import type { FeaturesResult } from "./measure-features.ts";
import type { WindowsResult } from "./measure-windows.ts";
import { planTasks, type Task } from "./plan.ts";
import { renderVerdicts } from "./render.ts";
import type { Results } from "./results.ts";

const RESULTS = new URL("../../../bench/verdicts/results.json", import.meta.url);
const FULL_SCALE = 5;

type Result = WindowsResult | FeaturesResult;

/** Runs all tasks on every core; results stand in the order of the tasks. */
async function runTasks(tasks: readonly Task[]): Promise<Result[]> {
  const results = new Array<Result>(tasks.length);
  let next = 0;
  let done = 0;
  const runWorker = async (): Promise<void> => {
    const worker = new Worker(new URL("./task-worker.js", import.meta.url));
    while (next < tasks.length) {
      const at = next++;
      worker.postMessage(tasks[at]);
      [results[at]] = (await once(worker, "message")) as [Result];
      done++;
      process.stderr.write(`\r${done} of ${tasks.length} tasks`);
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, runWorker));
  process.stderr.write("\n");
  return results;
}

const { values } = parseArgs({ options: { full: { type: "boolean", default: false } } });
const found = await runTasks(planTasks(values.full ? FULL_SCALE : 1));
const results: Results = {
  windows: found.filter((each) => each.kind === "windows"),
  features: found.filter((each) => each.kind === "features"),
};
if (!values.full) writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 1)}\n`);
process.stdout.write(`${renderVerdicts(results)}\n`);
if (judgeGoals(results).some(({ isMet }) => !isMet)) process.exitCode = 1;
