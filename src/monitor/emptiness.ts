/**
 * Why a run has nothing to say, as `insights.json` tells it: nothing was read, or too little to
 * judge.
 */
import { formatCount } from "../base/format-number.ts";
import { sampleSizeFor } from "../checks/sample-margin.ts";
import type { RejectReason } from "../source/record-source.ts";
import type { Comparison } from "./compare.ts";

/**
 * - `no_files`: the inputs name no file that holds anything;
 * - `no_files_in_window`: none of the files is of an hour of the window;
 * - `no_records`: there are files, and no record in them;
 * - `all_rejected`: there are records, and none could be read;
 * - `too_few_records`: records were read, too few of them for any drift to be shown.
 */
export const EMPTINESS_REASONS = [
  "no_files",
  "no_files_in_window",
  "no_records",
  "all_rejected",
  "too_few_records",
] as const;

export interface Emptiness {
  readonly reason: (typeof EMPTINESS_REASONS)[number];
  /** The whole message, as the run ended with it or warned of it. */
  readonly message: string;
  /** Hours that have files, whatever the window; absent for inputs without hour folders. */
  readonly hours?:
    | { readonly count: number; readonly first: string; readonly last: string }
    | undefined;
  /** Rejected records by reason, with the place of the first of each; most frequent first. */
  readonly rejected?: readonly RejectedReason[] | undefined;
}

export interface RejectedReason {
  readonly reason: RejectReason;
  readonly count: number;
  readonly detail?: string | undefined;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly event_id?: string | undefined;
}

/**
 * Tells that no drift check could have found anything, all samples being too small; undefined where
 * one could, or where drift is not checked.
 */
export function findTooFewRecords({ results }: Comparison, rows: number): Emptiness | undefined {
  const judged = results.filter(
    ({ type, status }) =>
      type === "baseline_drift_check" &&
      ["passed", "violated", "insufficient_sample"].includes(status),
  );
  if (judged.length === 0 || judged.some(({ status }) => status !== "insufficient_sample")) {
    return undefined;
  }
  const sizes = judged.map(({ drift, threshold }) => sampleSizeFor(drift!.m, threshold!));
  const least = Math.min(...sizes);
  const message = Number.isFinite(least)
    ? `${formatCount(rows)} ${rows === 1 ? "record is" : "records are"} too few to show drift in ` +
      `any feature: beside this baseline it takes ${formatCount(least)} values. ` +
      "Check a longer window."
    : "The baseline's records are too few to show drift in any feature. Make one of more records.";
  return { reason: "too_few_records", message };
}
