/** Profiles the records of a source in one thread, or in several where nobody looks at them. */
import { type ProfiledRecords, profileRecords } from "../accumulate/profile-records.ts";
import type { ProfilerOptions } from "../accumulate/profiler.ts";
import { spareShortRun } from "../base/leave-processors.ts";
import type { Batch } from "../source/batch/batch.ts";
import { UNIT_BYTES } from "../source/content/content-units.ts";
import type { DetectedInputs } from "../source/detect-format.ts";
import { type RecordSource, type RejectionListener, withBatches } from "../source/record-source.ts";
import type { ReadOptions } from "./job-options.ts";
import type { OpenContext } from "./open-records.ts";
import type { UnitRun } from "./profile-units.ts";

/** Read and told of before optimised code is worth its making. */
const SHORT_BYTES = 2 * 2 ** 20;

/** Sees what the profile does not keep. */
export interface ReadObserver extends Pick<OpenContext, "onRecord" | "recordsMax"> {
  /** Takes each batch before it is profiled. */
  readonly onBatch: (batch: Batch) => void;
}

export interface ReadRecordsContext {
  readonly observer?: ReadObserver | undefined;
  /** Whether records are looked at besides, which one thread does that reads them all. */
  readonly isWatched: boolean;
  readonly onReject: RejectionListener;
  /** Size of the units that CSV files are profiled in; 64 MiB. */
  readonly unitBytes?: number | undefined;
  /** What reads units for threads. */
  readonly openReaders?: UnitRun["openReaders"];
}

/** Reads a source to its end. */
export async function readRecords(
  source: RecordSource,
  detected: DetectedInputs,
  options: ReadOptions,
  profilerOptions: ProfilerOptions,
  { observer, isWatched, onReject, unitBytes = UNIT_BYTES, openReaders }: ReadRecordsContext,
): Promise<ProfiledRecords> {
  const { inputs } = detected;
  const bytesAll = inputs.reduce((sum, { size }) => sum + (size ?? 0), 0);
  // The thread that hashes has the place of one that reads.
  const isHashedBeside = inputs.some(({ isUnhashed }) => isUnhashed);
  const plan =
    isWatched || isHashedBeside || bytesAll <= unitBytes
      ? undefined
      : await (await import("./plan-threads.ts")).planThreads(detected, source, options, {
          unitBytes,
          profiler: profilerOptions,
        });
  if (plan === undefined) {
    if (bytesAll <= SHORT_BYTES && inputs.every(({ size }) => size !== undefined)) spareShortRun();
    return profileRecords(observed(source, observer), profilerOptions);
  }
  const { signal, onProgress } = options;
  if (profilerOptions.semantics === "model-monitor") {
    const { profileColumns } = await import("./profile-columns.ts");
    return await profileColumns(source, profilerOptions, { ...plan, signal });
  }
  const { profileUnits } = await import("./profile-units.ts");
  const profiler = await profileUnits(source, profilerOptions, {
    ...plan,
    inputs,
    onReject,
    signal,
    openReaders,
    onBytes: (bytesRead) => onProgress?.({ bytesRead, bytesAll }),
  });
  return { profiler, otherWidths: [] };
}

function observed(source: RecordSource, observer: ReadObserver | undefined): RecordSource {
  if (observer === undefined) return source;
  async function* batches(): AsyncGenerator<Batch> {
    for await (const batch of source.batches) {
      observer!.onBatch(batch);
      yield batch;
    }
  }
  return withBatches(source, batches());
}
