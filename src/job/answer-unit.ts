/** Reads a unit for another thread: whatever comes of it can be sent there. */
import { TidemarkError } from "../base/tidemark-error.ts";
import type { CsvKernel } from "../source/csv/csv-kernel.ts";
import type { Rejection, RejectionListener } from "../source/record-source.ts";
import { findUnitStart, readUnit } from "./read-unit.ts";
import type { ThreadSetup } from "./thread-setup.ts";
import type { UnitReply, UnitTask } from "./unit-task.ts";

/** Beyond so many rejections a unit is left to the thread that need not keep them. */
const REJECTIONS_MAX = 10_000;

class Overfull extends Error {}

export interface AnswerOptions {
  readonly rejectionsMax?: number | undefined;
  /** All of whose memory is free; otherwise one is opened for the unit. */
  readonly kernel?: CsvKernel | undefined;
  /** Ends the reading, which then fails with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Never throws. */
export async function answerUnit(
  setup: ThreadSetup,
  task: UnitTask,
  { rejectionsMax = REJECTIONS_MAX, kernel, signal }: AnswerOptions = {},
): Promise<UnitReply> {
  const rejections: Rejection[] = [];
  let start: number | undefined;
  try {
    start = await findUnitStart(setup, task);
    const keep: RejectionListener = (rejection) => {
      if (rejections.length === rejectionsMax) throw new Overfull();
      rejections.push(rejection);
    };
    const unit = await readUnit(setup, task, start, keep, { kernel, signal });
    return { kind: "read", unit, rejections };
  } catch (error) {
    if (error instanceof Overfull) return { kind: "overfull", start: start! };
    const parts = error instanceof TidemarkError ? { ...error } : undefined;
    const stack = error instanceof Error ? String(error.stack) : String(error);
    return { kind: "failed", start, rejections, parts, stack };
  }
}
