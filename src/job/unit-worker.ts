/** A worker thread that reads units of content, one task after another. */
import { parentPort, workerData } from "node:worker_threads";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { Rejection } from "../source/record-source.ts";
import { findUnitStart, readUnit } from "./read-unit.ts";
import type { UnitReply, UnitSetup, UnitTask } from "./unit-task.ts";

/** Beyond so many rejections a unit is left to a thread that need not keep them. */
const REJECTIONS_MAX = 10_000;

class Overfull extends Error {}

const setup = workerData as UnitSetup;
const port = parentPort!;

async function answer(task: UnitTask): Promise<UnitReply> {
  const rejections: Rejection[] = [];
  let start: number | undefined;
  try {
    start = await findUnitStart(setup, task);
    const unit = await readUnit(setup, task, start, (rejection) => {
      if (rejections.length === REJECTIONS_MAX) throw new Overfull();
      rejections.push(rejection);
    });
    return { kind: "read", unit, rejections };
  } catch (error) {
    if (error instanceof Overfull) return { kind: "overfull", start: start! };
    const parts = error instanceof TidemarkError ? { ...error } : undefined;
    const stack = error instanceof Error ? String(error.stack) : String(error);
    return { kind: "failed", start, rejections, parts, stack };
  }
}

let last = Promise.resolve();
port.on("message", (task: UnitTask) => {
  last = last.then(async () => port.postMessage(await answer(task)));
});
