/** Reads the labels that captured records are to be joined with, before the records are read. */
import { findInputs } from "../source/byte-inputs.ts";
import { GroundTruth } from "../source/ground-truth.ts";
import type { RejectionListener } from "../source/record-source.ts";
import type { ReadOptions } from "./job-options.ts";

/** Undefined when none is asked for. Throws an input error where it can not be read. */
export async function openGroundTruth(
  { groundTruth, signal }: ReadOptions,
  onReject: RejectionListener,
): Promise<GroundTruth | undefined> {
  if (groundTruth === undefined) return undefined;
  signal?.throwIfAborted();
  return await GroundTruth.read(await findInputs([groundTruth]), onReject);
}
