/** Reads units one after another in one memory. */
import { openCsvKernel } from "../source/csv/csv-kernel.ts";
import { type AnswerOptions, answerUnit } from "./answer-unit.ts";
import type { ThreadSetup } from "./thread-setup.ts";
import type { UnitReader } from "./unit-pool.ts";

/** A reader that must be given its next task when it has done the last one. */
export function openUnitReader(
  setup: ThreadSetup,
  options: Omit<AnswerOptions, "kernel"> = {},
): UnitReader {
  // New memory for each unit would take longer, and stay until it is collected.
  let kernel = openCsvKernel();
  return async (task) => {
    kernel = kernel?.renew();
    return await answerUnit(setup, task, { ...options, kernel });
  };
}
