import { describe, expect, it } from "vitest";
import type { CaptureFacts } from "./inspection.ts";
import { inspectionWarnings } from "./inspection-warnings.ts";

const QUIET: CaptureFacts = {
  sides: { both: 9, input: 0, output: 0 },
  payloads: [],
  mixed_encodings: 0,
  rows_per_record: { values: [{ value: 1, count: 9 }], other: 0 },
  cells_per_row: { values: [{ value: 3, count: 9 }], other: 0 },
  layout: { by_name: 0, by_position: 9, with_unknown_names: 0 },
  event_ids: { present: 9, repeated: 0 },
  inference_ids: { present: 0 },
  times: { unreadable: 0 },
};
const RECORDS = { read: 9, outside_window: 0, rejected: 0, rows: 9 };

function warningsOf(facts: Partial<CaptureFacts>): readonly string[] {
  const capture = { ...QUIET, ...facts };
  return inspectionWarnings({ hours: undefined, records: RECORDS, capture });
}

describe("inspectionWarnings", () => {
  it("is silent where a check has nothing to stumble over", () => {
    expect(warningsOf({})).toEqual([]);
    expect(warningsOf({ sides: { both: 0, input: 9, output: 0 } })).toEqual([]);
    // Keys may be absent from rows by name.
    const values = [2, 3].map((value) => ({ value, count: 4 }));
    const layout = { by_name: 9, by_position: 0, with_unknown_names: 0 };
    expect(warningsOf({ cells_per_row: { values, other: 0 }, layout })).toEqual([]);
    expect(inspectionWarnings({ hours: undefined, records: RECORDS, capture: undefined })).toEqual(
      [],
    );
  });

  it.each([
    [
      { sides: { both: 8, input: 1, output: 0 } },
      "1 record has no output; --sides input reads the other side of all.",
    ],
    [
      { sides: { both: 5, input: 1, output: 3 } },
      "3 records have no input; --sides output reads the other side of all.",
    ],
    [
      { layout: { by_name: 2, by_position: 7, with_unknown_names: 0 } },
      "2 rows are laid by name and 7 by position.",
    ],
    [
      { event_ids: { present: 9, repeated: 2 } },
      "2 records have the eventId of an earlier one: were files copied twice?",
    ],
    [
      { cells_per_row: { values: [2, 3].map((value) => ({ value, count: 4 })), other: 1 } },
      "5 rows have not the 3 cells of most; a check rejects what differs.",
    ],
  ])("warns of %j", (facts, warning) => {
    expect(warningsOf(facts)).toEqual([warning]);
  });

  it("tells the hours without a folder and the records outside the window", () => {
    const [first, last] = ["2026-11-20T10:00:00Z", "2026-11-20T20:00:00Z"];
    const absent_first = ["2026-11-20T11:00:00Z", "2026-11-20T12:00:00Z"];
    const hours = { first, last, count: 2, absent: 9, absent_first };
    const records = { ...RECORDS, outside_window: 3 };
    expect(inspectionWarnings({ hours, records, capture: QUIET })).toEqual([
      "9 hours have no folder although later ones do: 2026-11-20T11:00:00Z, " +
        "2026-11-20T12:00:00Z, ….",
      "3 records are in the window's hours but outside it.",
    ]);
  });
});
