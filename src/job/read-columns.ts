/** Reads all records of CSV files and folds a share of their columns, in whatever thread. */
import { type ColumnShare, type OrderedFeatureState, Profiler } from "../accumulate/profiler.ts";
import { openCsv } from "../source/csv/csv-reader.ts";
import { readFile } from "../storage/local-files.ts";
import type { ThreadSetup } from "./thread-setup.ts";

/** The features of the share, in order; none where there is no record. */
export async function readColumns(
  { inputs, csv, header, profiler: options, pinned }: ThreadSetup,
  share: ColumnShare,
): Promise<readonly OrderedFeatureState[]> {
  const source = await openCsv(
    inputs.map((input) => ({
      ...input,
      isUnhashed: true,
      chunks: (room) => readFile(input.path, undefined, room),
    })),
    { ...csv, part: { header } },
  );
  let profiler: Profiler | undefined;
  for await (const batch of source.batches) {
    profiler ??= new Profiler(
      batch.columns.length,
      {
        ...options,
        semantics: "model-monitor",
        share,
        pinnedAt: (position) => pinned[position] ?? [],
      },
      batch.columns[0]?.kernel,
    );
    profiler.add(batch);
  }
  return profiler?.saveShare() ?? [];
}
