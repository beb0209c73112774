/**
 * A CSV source profiled by several threads under `model-monitor`, with the result of one.
 *
 * Each thread reads all records, which takes a small part of the time, and folds its share of the
 * columns, in record order. This one does too, and alone hashes the files and tells of rejections.
 *
 * Memory: that of a run for each thread.
 */
import { once } from "node:events";
import { type ProfiledRecords, profileRecords } from "../accumulate/profile-records.ts";
import type { OrderedFeatureState, ProfilerOptions } from "../accumulate/profiler.ts";
import type { RecordSource } from "../source/record-source.ts";
import { openCsvWorker } from "./open-csv-worker.ts";
import type { ThreadSetup } from "./thread-setup.ts";

export interface ColumnRun {
  readonly threads: number;
  readonly setup: ThreadSetup;
  readonly signal?: AbortSignal | undefined;
}

/** Reads a source to its end. */
export async function profileColumns(
  source: RecordSource,
  options: ProfilerOptions,
  { threads, setup, signal }: ColumnRun,
): Promise<ProfiledRecords> {
  const shares = Array.from({ length: threads }, (_, first) => ({ first, step: threads }));
  const [own, ...others] = shares;
  const workers = others.map((share) => openCsvWorker(setup, share));
  try {
    const replies = workers.map(
      (worker) => once(worker, "message", { signal }) as Promise<[readonly OrderedFeatureState[]]>,
    );
    // A failure that this thread meets too is told by it.
    for (const reply of replies) reply.catch(() => undefined);
    const records = await profileRecords(source, { ...options, share: own });
    for (const [at, reply] of replies.entries()) {
      const [states]: [readonly OrderedFeatureState[]] = await reply.catch((error: unknown) => {
        signal?.throwIfAborted();
        throw error;
      });
      records.profiler?.loadShare(others[at]!, states);
    }
    return records;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
