/** Reads the labels that captured records are to be joined with, before the records are read. */

import type { GroundTruthIndex } from "../source/capture/ground-truth-index.ts";
import { findInputs } from "../source/content/byte-inputs.ts";
import type { RejectionListener } from "../source/record-source.ts";
import type { ReadOptions } from "./job-options.ts";

/** Undefined when none is asked for. Throws an input error where it can not be read. */
export async function openGroundTruth(
  { groundTruth, signal }: ReadOptions,
  onReject: RejectionListener,
): Promise<GroundTruthIndex | undefined> {
  if (groundTruth === undefined) return undefined;
  signal?.throwIfAborted();
  const { GroundTruthIndex: Index } = await import("../source/capture/ground-truth-index.ts");
  return await Index.read(await findInputs([groundTruth], undefined, { signal }), onReject);
}
