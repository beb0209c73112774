/** What a check of inspected records would stumble over, and what to do. Pure. */
import { plural } from "../base/plural.ts";
import type { CaptureFacts, Inspection } from "./inspection.ts";

type Facts = Pick<Inspection, "hours" | "capture" | "records">;

/** Warns of what the records hold, whatever the baseline; sentences without any cell's value. */
export function inspectionWarnings({ hours, capture, records }: Facts): readonly string[] {
  const warnings = [warnOfHours(hours), warnOfWindow(records.outside_window)];
  if (capture !== undefined) {
    warnings.push(
      warnOfEncodings(capture),
      warnOfBatches(capture),
      warnOfSides(capture),
      warnOfNames(capture),
      warnOfWidths(capture),
      warnOfIds(capture),
    );
  }
  return warnings.filter((warning) => warning !== undefined);
}

type Warning = string | undefined;

function warnOfHours(hours: Inspection["hours"]): Warning {
  if (hours === undefined || hours.absent === 0) return undefined;
  const { absent, absent_first: first } = hours;
  const named = first.join(", ") + (absent > first.length ? ", …" : "");
  return `${say(absent, "hour", "has", "have")} no folder although later ones do: ${named}.`;
}

function warnOfWindow(outside: number): Warning {
  if (outside === 0) return undefined;
  return `${say(outside, "record", "is", "are")} in the window's hours but outside it.`;
}

function warnOfEncodings({ mixed_encodings: mixed }: CaptureFacts): Warning {
  if (mixed === 0) return undefined;
  return (
    `request and reply of ${plural(mixed, "record")} have different encodings: tidemark reads ` +
    "each side by its own, model-monitor refuses the run."
  );
}

function warnOfBatches({ rows_per_record: rows }: CaptureFacts): Warning {
  const batched = rows.values.filter(({ value }) => value > 1);
  const most = batched.at(-1)?.value;
  if (most === undefined) return undefined;
  const records = rows.other + batched.reduce((sum, { count }) => sum + count, 0);
  return (
    `${say(records, "record", "holds", "hold")} several rows, up to ${most}: tidemark pairs ` +
    "request and reply row by row, model-monitor runs them together into one cell."
  );
}

function warnOfSides({ sides: { both, input, output } }: CaptureFacts): Warning {
  // Where no record has both, one side is what is captured.
  if (both === 0 || input + output === 0) return undefined;
  const [lacking, absent, other] =
    input >= output ? [input, "output", "input"] : [output, "input", "output"];
  return (
    `${say(lacking, "record", "has", "have")} no ${absent}; ` +
    `--sides ${other} reads the other side of all.`
  );
}

function warnOfNames({ layout }: CaptureFacts): Warning {
  const { by_name: named, by_position: placed, with_unknown_names: unknown } = layout;
  if (unknown > 0) {
    return (
      `the baseline has none of the names in ${plural(unknown, "row")}, whose cells are taken by ` +
      "position; compare the keys of the request with the training data's."
    );
  }
  if (named === 0 || placed === 0) return undefined;
  return `${say(named, "row", "is", "are")} laid by name and ${placed} by position.`;
}

function warnOfWidths({ cells_per_row: cells, layout }: CaptureFacts): Warning {
  const [most, ...others] = cells.values.toSorted((a, b) => b.count - a.count || b.value - a.value);
  const rows = cells.other + others.reduce((sum, { count }) => sum + count, 0);
  // Rows by name may lack keys.
  if (most === undefined || rows === 0 || layout.by_name > 0) return undefined;
  return (
    `${say(rows, "row", "has", "have")} not the ${most.value} cells of most; ` +
    "a check rejects what differs."
  );
}

function warnOfIds({ event_ids: { repeated } }: CaptureFacts): Warning {
  if (repeated === 0) return undefined;
  return (
    `${say(repeated, "record", "has", "have")} the eventId of an earlier one: ` +
    "were files copied twice?"
  );
}

function say(count: number, noun: string, one: string, many: string): string {
  return `${plural(count, noun)} ${count === 1 ? one : many}`;
}
