import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import type { CaptureFacts, InspectedColumn, Inspection } from "../monitor/inspection.ts";
import { displayWidth } from "./display-width.ts";
import { renderInspection } from "./inspection-text.ts";

const FACTS: CaptureFacts = {
  sides: { both: 998, input: 2, output: 0 },
  payloads: [
    { side: "input", encoding: "CSV", content_type: "text/csv", records: 1_000 },
    { side: "output", encoding: "JSON", content_type: "application/json", records: 990 },
    { side: "output", encoding: "BASE64", records: 8 },
  ],
  mixed_encodings: 998,
  rows_per_record: {
    values: [
      { value: 1, count: 980 },
      { value: 32, count: 20 },
    ],
    other: 0,
  },
  cells_per_row: { values: [{ value: 3, count: 1_620 }], other: 0 },
  layout: { by_name: 0, by_position: 1_620, with_unknown_names: 0 },
  event_ids: { present: 1_000, repeated: 4 },
  inference_ids: { present: 12 },
  times: { first: "2026-11-20T10:00:00Z", last: "2026-11-20T12:59:59Z", unreadable: 0 },
};

const column = (position: number, parts: Partial<InspectedColumn> = {}): InspectedColumn => ({
  position,
  from: "input",
  type: "Integral",
  present: 1,
  examples: ["99"],
  feature: `f${position}`,
  feature_type: "Integral",
  fit: "fits",
  ...parts,
});

function inspectionOf(parts: Partial<Inspection> = {}): Inspection {
  return {
    version: 1,
    engine: { name: "tidemark", version: "0.1.0" },
    command: "inspect",
    semantics: "tidemark",
    format: "capture",
    inputs: { files: 3, files_outside_window: 1, bytes: 1_234_567 },
    window: { start: "2026-11-20T10:00:00Z", end: undefined },
    hours: {
      first: "2026-11-20T10:00:00Z",
      last: "2026-11-20T12:00:00Z",
      count: 2,
      absent: 1,
      absent_first: ["2026-11-20T11:00:00Z"],
    },
    records: { read: 1_000, outside_window: 7, rejected: 2, rows: 1_620 },
    rejected: [
      {
        reason: "json",
        count: 2,
        first: [{ file: "a.jsonl", line: 3, detail: "the line is not one JSON value" }],
      },
    ],
    capture: FACTS,
    columns: [
      column(0, { from: "output", type: "Fractional", examples: ["9.99"], fit: "misfits" }),
      column(1, { present: 0.9996 }),
      column(2, { type: "String", examples: ["aa  a", "A"], feature: undefined, fit: undefined }),
    ],
    matching: { by: "position", features: 2, missing: [], extra: ["_c2"] },
    verdict: { status: "unmatched", text: "3 columns, 2 features" },
    warnings: ["columns look shifted by one."],
    ...parts,
  };
}

describe("renderInspection", () => {
  it("tells all that was found, the verdict last", () => {
    expect(renderInspection(inspectionOf(), false)).toBe(
      `CAPTURE 1,000 records · 1,620 rows · 2 rejected · 3 files · tidemark

Files     3 files, 1.23 MB, 1 file outside the window
Window    2026-11-20T10:00:00Z to the end; 7 records outside it
Hours     2026-11-20T10:00:00Z to 2026-11-20T12:00:00Z: 2 hours, 1 between
          absent
Times     2026-11-20T10:00:00Z to 2026-11-20T12:59:59Z
Sides     input and output: 998 · input only: 2
Input     CSV text/csv
Output    JSON application/json: 990 · BASE64 without a content type: 8
Rows      1 row in 980 records · 32 rows in 20 records
Cells     3 per row
Laid      by position, as the cells have no names
Ids       1,000 eventIds, 4 of them repeated; with an inferenceId: 12

Rejected  2 records: json
          a.jsonl:3: the line is not one JSON value

  # side   type       present looks like feature expected
! 0 output Fractional 100%    9.99       f0      Integral
  1 input  Integral   99.9%   99         f1      Integral
  2 input  String     100%    aa  a  A   none    Integral
! its values are not like the feature's: another column, drift, or a score for a
  label

Columns without a feature  _c2

UNMATCHED 3 columns, 2 features

Warning  columns look shifted by one.
`,
    );
  });

  it("shows thirty columns, those that differ among them", () => {
    const columns = Array.from({ length: 70 }, (_, at) =>
      column(at, { fit: at > 50 && at < 53 ? "misfits" : "fits" }),
    );
    const lines = renderInspection(inspectionOf({ columns }), false).split("\n");
    const shown = lines.flatMap((line) => /^[! ] +(\d+) input/.exec(line)?.[1] ?? []).map(Number);
    expect(shown).toEqual([...Array(28).keys(), 51, 52]);
    expect(lines).toContain("… and 40 columns more (--json lists all)");
  });

  it("stays within 80 columns with long names, and spells out what a terminal obeys", () => {
    const long = "\u001b[31m東京".repeat(30);
    const columns = [column(0, { name: long, feature: `${long}!`, examples: [long, "b", "c"] })];
    const matching = { by: "name", features: 1, missing: [long], extra: [] } as const;
    const text = renderInspection(inspectionOf({ columns, matching }), false);
    expect(text).not.toContain("\u001b");
    for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it("colours nothing but what it says without colours", () => {
    const inspection = inspectionOf();
    const colored = renderInspection(inspection, true);
    expect(colored).toContain("\u001b[");
    expect(stripVTControlCharacters(colored)).toBe(renderInspection(inspection, false));
  });

  it("tells a CSV without a baseline, and columns by their names", () => {
    const text = renderInspection(
      inspectionOf({
        format: "csv",
        capture: undefined,
        hours: undefined,
        window: undefined,
        rejected: [],
        matching: undefined,
        warnings: [],
        inputs: { files: 1, files_outside_window: 0, bytes: 12 },
        records: { read: 1, outside_window: 0, rejected: 0, rows: 1 },
        csv: { delimiter: "\t", header: false },
        columns: [
          { position: 0, from: "csv", name: "_c0", type: "Unknown", present: 0, examples: [] },
        ],
        verdict: { status: "no_baseline", text: "1 column" },
      }),
      false,
    );
    expect(text).toBe(`CSV 1 record · 1 file · tidemark

Files     1 file, 12 B
Cells     separated by "\\t", no header

# type    present looks like named
0 Unknown 0%                 _c0

NO BASELINE 1 column
`);
  });
});
