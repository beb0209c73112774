/** The fault of a run that found no record, with what `insights.json` tells of it. */
import { formatLocation, TidemarkError } from "../base/tidemark-error.ts";
import type { Emptiness, RejectedReason } from "../monitor/emptiness.ts";
import { selectHours, type Window } from "../source/capture/capture-window.ts";
import type { GroundTruthIndex } from "../source/capture/ground-truth-index.ts";
import type { InputTally } from "../source/record-source.ts";
import type { RejectedHint } from "./rejection-count.ts";

export class NoRecordsError extends TidemarkError {
  readonly emptiness: Emptiness;
  /** What was read, to no avail. */
  readonly tallies: readonly InputTally[];
  readonly groundTruth: GroundTruthIndex | undefined;

  constructor(
    parts: ConstructorParameters<typeof TidemarkError>[0],
    emptiness: Omit<Emptiness, "message">,
    tallies: readonly InputTally[],
    groundTruth?: GroundTruthIndex | undefined,
  ) {
    super(parts);
    this.groundTruth = groundTruth;
    this.emptiness = { ...emptiness, message: this.message };
    this.tallies = tallies;
  }
}

/** What was looked for, and where. */
export interface Search {
  /** What the user gave: the one input, or where the inputs begin. */
  readonly label: string;
  readonly paths: readonly string[];
  readonly tallies: readonly InputTally[];
  readonly groundTruth: GroundTruthIndex | undefined;
  readonly start: string | undefined;
  readonly end: string | undefined;
}

/** Makes the fault of inputs without a record, rejected ones included. */
export function noRecords(search: Search): NoRecordsError {
  const { label, paths, tallies, groundTruth, start, end } = search;
  const parts = { code: "no_data", location: { file: label } } as const;
  const expected = "at least one record";
  const hours = hoursOf(paths);
  if (groundTruth?.isInVain === true) {
    const { labels, unmatched } = groundTruth;
    const fault = {
      ...parts,
      what: `none of ${unmatched} records has one of the ${labels} labels of --ground-truth`,
      expected: "labels whose eventId is a record's inferenceId, or else its eventId",
      hint: "Check that they belong to the same invocations.",
    };
    return new NoRecordsError(fault, { reason: "no_records", hours }, tallies, groundTruth);
  }
  const dropped = tallies.reduce((sum, tally) => sum + tally.dropped, 0);
  if (dropped > 0) {
    const all = dropped === 1 ? "the only record" : `all ${dropped} records`;
    const what = `the preprocessor dropped ${all}`;
    const fault = { ...parts, what, expected, hint: "Let it return rows for some of them." };
    return new NoRecordsError(fault, { reason: "no_records", hours }, tallies);
  }
  if (start === undefined && end === undefined) {
    const hint = "Check that it is not empty and has more than its header.";
    const fault = { ...parts, what: "has no record", expected, hint };
    return new NoRecordsError(fault, { reason: "no_records", hours }, tallies);
  }
  const isRead = tallies.length > 0;
  const what =
    `has no ${isRead ? "record" : "file"} in the window from ${start ?? "the beginning"} to ` +
    `${end ?? "the end"}`;
  const reason = isRead ? "no_records" : "no_files_in_window";
  const hint = hintOf(hours, isRead ? tallies.length : undefined);
  return new NoRecordsError({ ...parts, what, expected, hint }, { reason, hours }, tallies);
}

function hintOf(hours: Emptiness["hours"], filesRead: number | undefined): string {
  if (hours === undefined) {
    return "A window reads files below YYYY/MM/DD/HH folders only, and there are none.";
  }
  const { count, first, last } = hours;
  const held = count === 1 ? `1 hour, ${first}` : `${count} hours, ${first} to ${last}`;
  const advice = `The inputs hold ${held}: widen --start and --end.`;
  if (filesRead === undefined) return advice;
  const read =
    filesRead === 1
      ? "1 file of its hours was read, and no record of it lies in the window."
      : `${filesRead} files of its hours were read, and no record of them lies in the window.`;
  return `${read} ${advice}`;
}

function hoursOf(paths: readonly string[]): Emptiness["hours"] {
  const window: Window = {};
  const { hours } = selectHours(paths, window);
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return { count: hours.length, first, last };
}

/** Makes the fault of inputs whose records were all rejected. */
export function allRejected(
  rejected: readonly RejectedReason[],
  { label, paths, tallies }: Search,
  { see }: RejectedHint,
): NoRecordsError {
  const all = rejected.reduce((sum, { count }) => sum + count, 0);
  const each = rejected.map((entry) => {
    const { reason, count, file, line, detail } = entry;
    const counted = count < all ? `${count} for reason ${reason}` : `for reason ${reason}`;
    if (file === undefined) return counted;
    const place = formatLocation({ file, line });
    return `${counted} (${count > 1 ? "first at" : "at"} ${place}: ${detail})`;
  });
  const isOneReason = rejected.length === 1;
  return new NoRecordsError(
    {
      code: "no_data",
      location: { file: label },
      what: `rejected ${all} of ${all} records${isOneReason ? "" : ","} ${each.join(", ")}`,
      expected: "at least one readable record",
      hint: `${see}.`,
    },
    { reason: "all_rejected", hours: hoursOf(paths), rejected },
    tallies,
  );
}
