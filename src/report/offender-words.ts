/** The records behind a violation in words. */

import { formatCount } from "../base/format-number.ts";
import type { Offender, Offenders } from "../monitor/insights-evidence.ts";

/** Counts them, and says when only sampled records could be counted. */
export function offenderCount({ count, of }: Offenders): string {
  const noun = count === 1 ? "record" : "records";
  return of === "all"
    ? `${formatCount(count)} ${noun}`
    : `${formatCount(count)} sampled ${noun} where the share grew most`;
}

/** Writes where a record stands, as `file:line`. */
export function placeOf({ file, line }: Offender): string {
  return `${file}:${line}`;
}

/** Writes everything known of a record but its place; empty where that is all. */
export function offenderFacts(offender: Offender): string {
  const { event_id: event, inference_id: inference, inference_time: time, value } = offender;
  return [
    event === undefined ? "" : `eventId ${event}`,
    inference === undefined ? "" : `inferenceId ${inference}`,
    time ?? "",
    value === undefined ? "" : `value ${JSON.stringify(value)}`,
  ]
    .filter((fact) => fact !== "")
    .join(", ");
}
