/**
 * The only loop over records: batches in, profiles out.
 *
 * Captured records may differ in their number of cells; each width met gets accumulators of its
 * own, and the most frequent one (the larger on ties) is the dataset's. Records of other widths are
 * rejected once that is known. Batches with names are one group.
 */
import type { RecordSource } from "../source/record-source.ts";
import { Profiler, type ProfilerOptions, type WidthGroup } from "./profiler.ts";

export interface ProfiledRecords {
  /** The accumulators of the dataset's width; undefined when there was no record. */
  readonly profiler: Profiler | undefined;
  /** Groups of other widths, whose records are to be rejected. */
  readonly otherWidths: readonly WidthGroup[];
}

/** Reads a source to its end. */
export async function profileRecords(
  source: RecordSource,
  options: ProfilerOptions = {},
): Promise<ProfiledRecords> {
  const profilers = new Map<number | "named", Profiler>();
  const fileAt = new Map(source.tallies.map(({ path }, at) => [path, at]));
  for await (const batch of source.batches) {
    const width = batch.columns.length;
    const group = batch.names === undefined ? width : "named";
    let profiler = profilers.get(group);
    if (profiler === undefined) {
      profiler = new Profiler(width, options, batch.columns[0]?.kernel);
      profilers.set(group, profiler);
    }
    profiler.add(batch, fileAt.get(batch.origins.file));
  }
  const byFrequency = [...profilers.values()].sort(
    (a, b) => b.records - a.records || b.width - a.width,
  );
  return { profiler: byFrequency[0], otherWidths: byFrequency.slice(1) };
}
