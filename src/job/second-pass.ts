/** The second pass over a window: among which records the drift it showed is concentrated. */
import { SegmentCounts } from "../accumulate/segment-counts.ts";
import { TidemarkError } from "../base/tidemark-error.ts";
import type { Baseline } from "../monitor/baseline.ts";
import type { Comparison } from "../monitor/compare.ts";
import type { Segment } from "../monitor/insights-evidence.ts";
import { driftedColumns, findSegments, segmentColumns } from "../monitor/segments.ts";
import { findInputs, STDIN_PATH } from "../source/content/byte-inputs.ts";
import { hoursOf } from "./hours-of.ts";
import type { CheckJobOptions, LoadedCheckJobOptions } from "./job-options.ts";
import { openGroundTruth } from "./open-ground-truth.ts";
import { openRecords } from "./open-records.ts";
import type { ProfiledInputs } from "./profile-inputs.ts";

type Options = CheckJobOptions | LoadedCheckJobOptions;

/** Throws a usage error where segments are asked for and the inputs can not be read twice. */
export function assertReadableTwice(options: Options): void {
  if (!options.segments) return;
  const isPiped = options.inputs.includes(STDIN_PATH);
  const isScripted = (options.hooks?.preprocessor ?? options.preprocessor) !== undefined;
  if (!isPiped && !isScripted) return;
  throw new TidemarkError({
    code: "usage",
    what: isPiped
      ? "--segments is given, but standard input can be read only once"
      : "--segments is given, but a preprocessor makes rows only once",
    expected: "files that can be read twice, without a preprocessor",
    hint: "Leave --segments out, or write the records to a file first.",
  });
}

/**
 * Reads the inputs again where a feature drifted, by feature name. What is rejected has been told
 * by the first pass.
 */
export async function readSegments(
  read: ProfiledInputs,
  comparison: Comparison,
  baseline: Baseline,
  options: Options,
): Promise<ReadonlyMap<string, readonly Segment[]>> {
  const { profile, format, ownNames } = read;
  const { semantics = "tidemark", lenientNumbers, redactSketch = false } = options;
  const features = driftedColumns(comparison, profile, ownNames);
  if (features.length === 0) return new Map();
  const segments = segmentColumns(profile, ownNames, redactSketch);
  const isLenient = semantics === "tidemark" && lenientNumbers === true;
  const counts = new SegmentCounts(profile.features.length, features, segments, isLenient);
  const found = { signal: options.signal, hours: hoursOf(options) };
  const source = await openRecords(
    { format, inputs: await findInputs(options.inputs, undefined, found) },
    { ...options, onProgress: undefined },
    {
      featureNames: baseline.constraints.features.map(({ name }) => name),
      groundTruth: await openGroundTruth(options, () => undefined),
      onReject: () => undefined,
    },
  );
  for await (const batch of source.batches) counts.add(batch);
  return findSegments(counts, features, segments, profile);
}
