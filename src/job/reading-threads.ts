/** How many threads share the records of CSV files, where they can be shared. */
import { availableParallelism } from "node:os";
import type { ReadOptions } from "./job-options.ts";

/** Below so many bytes threads cost as much as they save: each starts up, and has cold code. */
const SHARED_BYTES_MIN = 200_000_000;

export function readingThreads(bytes: number, { threads }: ReadOptions): number {
  return threads ?? (bytes >= SHARED_BYTES_MIN ? availableParallelism() : 1);
}
