import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Cell, fileOf, readCapture, recordOf } from "../../../fixtures/read-capture.ts";
import { BATCH_RECORDS_MAX } from "../batch/batch.ts";
import { findInputs } from "../content/byte-inputs.ts";
import type { CaptureOptions } from "./capture-reader.ts";

describe("openCapture: lines and files", () => {
  it("keeps file, line and eventId of each row, and reads an unended last line", async () => {
    const a = [
      recordOf({ input: "1", eventId: "e1" }),
      "",
      recordOf({ input: "2\n3" }),
      recordOf({ input: "4", eventId: "e4" }),
    ].join("\n");
    const inputs = [fileOf("a", a), fileOf("empty", ""), fileOf("b", recordOf({ input: "5" }))];
    const { batches, tallies, rejections } = await readCapture(inputs);
    const [one, two, three, four] = ["1", "2", "3", "4"].map((cell) => [cell]);
    expect(batches).toEqual([
      {
        file: "a",
        rows: [one, two, three, four],
        lines: [1, 3, 3, 4],
        eventIds: ["e1", undefined, undefined, "e4"],
      },
      { file: "b", rows: [["5"]], lines: [1], eventIds: [undefined] },
    ]);
    expect(tallies.map(({ path, records }) => [path, records])).toEqual([
      ["a", 4],
      ["empty", 0],
      ["b", 1],
    ]);
    expect(rejections).toEqual([]);
  });

  it("tallies stored bytes and their hash, and reads gzip", async () => {
    const stored = gzipSync(`${recordOf({ input: "1,2" })}\n`);
    const { batches, tallies } = await readCapture([fileOf("a.jsonl.gz", stored)]);
    expect(batches[0]?.rows).toEqual([["1", "2"]]);
    expect(tallies).toEqual([
      {
        path: "a.jsonl.gz",
        bytes: stored.length,
        sha256: createHash("sha256").update(stored).digest("hex"),
        records: 1,
        rejected: {},
        dropped: 0,
        extraCells: 0,
        invalidUtf8: 0,
      },
    ]);
  });

  it("drops a byte order mark and counts invalid UTF-8", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`\ufeff${recordOf({ input: "1,a#b" })}`).map((byte) =>
        byte === 0x23 ? 0xff : byte,
      ),
    ]);
    const { batches, tallies } = await readCapture([fileOf("a", bytes)]);
    expect(batches[0]?.rows).toEqual([["1", "a\ufffdb"]]);
    expect(tallies[0]?.invalidUtf8).toBe(1);
  });

  it("keeps rows of one width in one sequence of batches, whatever comes between", async () => {
    const lines = ["1,2", "3", "4,5", "6", "7,8"].map((input) => recordOf({ input }));
    const { batches } = await readCapture([fileOf("a", lines.join("\n")), fileOf("b", lines[1]!)]);
    expect(batches.map(({ file, rows, lines: at }) => ({ file, rows, at }))).toEqual([
      {
        file: "a",
        rows: [
          ["1", "2"],
          ["4", "5"],
          ["7", "8"],
        ],
        at: [1, 3, 5],
      },
      { file: "a", rows: [["3"], ["6"]], at: [2, 4] },
      { file: "b", rows: [["3"]], at: [1] },
    ]);
  });

  it("cuts batches at their limit, inside a record's rows too", async () => {
    const rows = Array.from({ length: BATCH_RECORDS_MAX + 5 }, (_, i) => `${i}`);
    const line = recordOf({ input: rows.join("\n"), eventId: "e" });
    const { batches, tallies } = await readCapture([fileOf("a", `${line}\n${line}`)]);
    expect(batches.map((batch) => batch.rows.length)).toEqual([4096, 4096, 10]);
    expect(batches.flatMap((batch) => batch.rows.flat())).toEqual([...rows, ...rows]);
    expect(tallies[0]?.records).toBe(2 * rows.length);
  });
});

describe("openCapture: the window", () => {
  const at = (time: string | undefined): string =>
    recordOf({ input: time ?? "none", ...(time === undefined ? {} : { time }) });
  const folder = "e/v/2026/11/20";
  const inputs = [
    fileOf(`${folder}/09/a`, at("2026-11-20T09:59:59Z")),
    fileOf(
      `${folder}/10/a`,
      [
        at("2026-11-20T10:29:59.999Z"),
        at("2026-11-20T10:30:00Z"),
        at("2026-11-20T10:59:59Z"),
        at(undefined),
        at("{%s}"),
      ].join("\n"),
    ),
    fileOf(`${folder}/11/a`, `${at("2026-11-20T11:00:00Z")}\n${at("2026-11-20T11:30:00+00:00")}`),
    fileOf("elsewhere", at("2026-11-20T10:45:00Z")),
  ];
  const [ten, half] = [Date.UTC(2026, 10, 20, 10), 1_800_000];

  async function cellsIn(window: CaptureOptions["window"]): Promise<(Cell | undefined)[]> {
    const { batches, tallies, rejections } = await readCapture(inputs, { window });
    expect(rejections).toEqual([]);
    const rows = batches.flatMap((batch) => batch.rows);
    expect(tallies.reduce((sum, { records }) => sum + records, 0)).toBe(rows.length);
    return rows.map(([cell]) => cell);
  }

  it("reads every file when there is none", async () => {
    expect(await cellsIn({})).toHaveLength(9);
  });

  it("goes by folder alone when both bounds are on the hour", async () => {
    expect(await cellsIn({ start: ten, end: ten + 2 * half })).toEqual([
      "2026-11-20T10:29:59.999Z",
      "2026-11-20T10:30:00Z",
      "2026-11-20T10:59:59Z",
      "none",
      "{%s}",
    ]);
  });

  it("goes by folder, then by the record's time, when a bound is not on the hour", async () => {
    expect(await cellsIn({ start: ten + half, end: ten + 3 * half })).toEqual([
      "2026-11-20T10:30:00Z",
      "2026-11-20T10:59:59Z",
      "none",
      "{%s}",
      "2026-11-20T11:00:00Z",
    ]);
  });

  it("leaves out records of other times though they could not be read", async () => {
    const broken = [
      recordOf({ time: "2026-11-20T10:00:00Z" }),
      recordOf({ input: "1", encodings: ["?", "?"], time: "2026-11-20T10:10:00Z" }),
      recordOf({ time: "2026-11-20T10:45:00Z" }),
      '{"captureData":1,"eventMetadata":{"inferenceTime":"2026-11-20T10:20:00Z"}}',
      "{",
    ].join("\n");
    const file = fileOf(`${folder}/10/a`, broken);
    const { tallies, rejections } = await readCapture([file], { window: { start: ten + half } });
    expect(rejections.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "no_capture_data"],
      [5, "json"],
    ]);
    expect(tallies[0]?.rejected).toEqual({ no_capture_data: 1, json: 1 });
  });

  it("reads nothing where no folder lies in the window", async () => {
    const { batches, tallies } = await readCapture(inputs, { window: { start: ten + 100 * half } });
    expect([batches, tallies]).toEqual([[], []]);
  });
});

describe("openCapture: rejections", () => {
  const good = recordOf({ input: "1,2", output: "0.5" });

  it.each<[line: string, reason: string, detail: string]>([
    [good.slice(0, -20), "json", "the line is not one JSON value"],
    ['{"eventVersion":"0"}', "no_capture_data", "the record has no object captureData"],
    [recordOf({ input: "", output: "\n" }), "no_capture_data", "the captured data is empty"],
    [
      recordOf({ input: "{}", encodings: ["JSON", "CSV"] }),
      "row_length",
      "a row of length 0 lacks the columns to read",
    ],
    [recordOf({ input: "{1", encodings: ["JSON", "CSV"] }), "json", "the input is not JSON"],
    [
      recordOf({ input: "1", output: '{"a":1}\n\n{', encodings: ["CSV", "JSON"] }),
      "json",
      "line 3 of the output is not JSON",
    ],
    [
      recordOf({ input: "[[1],2]", encodings: ["JSON", "CSV"] }),
      "shape",
      "the input mixes objects, arrays and scalars in one array",
    ],
    [recordOf({ output: "MQ", encodings: ["CSV", "BASE64"] }), "base64", "the output is no BASE64"],
    [
      recordOf({
        output: "MQ==",
        encodings: ["CSV", "BASE64"],
        contentTypes: ["text/csv", "image/png; q=1"],
      }),
      "content_type",
      "the output is BASE64 of image/png, which is not read",
    ],
    [
      recordOf({ input: "1", encodings: ["csv", "CSV"] }),
      "encoding",
      "the input is not encoded as CSV, JSON or BASE64",
    ],
    [recordOf({ input: '"1' }), "csv", "row 1 of the input has a quote that is never closed"],
    [
      recordOf({ input: "1", output: '0\n"1"2' }),
      "csv",
      "row 2 of the output has text after a closing quote",
    ],
    [
      recordOf({ input: "1\n2\n3", output: "1\n2" }),
      "row_pairing",
      "3 input rows do not pair with 2 output rows",
    ],
  ])("rejects %j and reads on", async (line, reason, detail) => {
    const { batches, tallies, rejections } = await readCapture([fileOf("a", `${line}\n${good}`)]);
    expect(rejections).toEqual([{ file: "a", line: 1, reason, detail, text: line }]);
    expect(tallies[0]).toMatchObject({ records: 1, rejected: { [reason]: 1 } });
    expect(batches.map((batch) => batch.rows)).toEqual([[["0.5", "1", "2"]]]);
  });

  it("names the event, and cuts the text", async () => {
    const line = recordOf({ input: `"${"x".repeat(2000)}`, eventId: "e-7" });
    const { rejections } = await readCapture([fileOf("a", line)]);
    expect(rejections).toEqual([
      {
        file: "a",
        line: 1,
        eventId: "e-7",
        reason: "csv",
        detail: "row 1 of the input has a quote that is never closed",
        text: line.slice(0, 1024),
      },
    ]);
  });

  it("rejects a line that is too long", async () => {
    const { tallies, rejections } = await readCapture([fileOf("a", `${good}\n{}`)], {
      recordBytesMax: 50,
    });
    expect(rejections.map(({ line, detail, text }) => [line, detail, text])).toEqual([
      [1, "the line is too long", good.slice(0, 50)],
      [2, "the record has no object captureData", "{}"],
    ]);
    expect(tallies[0]?.rejected).toEqual({ json: 1, no_capture_data: 1 });
  });

  it("follows no row length of a record that it rejects", async () => {
    const row = (length: number): string => Array.from({ length }, () => "1").join(",");
    const ofNine = Array.from({ length: 9 }, (_, i) => row(i + 2)).join("\n");
    const lines = [recordOf({ input: ofNine }), recordOf({ input: row(1) })];
    const { batches, rejections } = await readCapture([fileOf("a", lines.join("\n"))]);
    expect(batches.map(({ rows }) => rows)).toEqual([[["1"]]]);
    expect(rejections.map(({ line, reason }) => [line, reason])).toEqual([[1, "row_length"]]);
  });

  it("follows 8 row lengths and rejects whole records with a row of another", async () => {
    const row = (length: number): string => Array.from({ length }, () => "1").join(",");
    const widths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 8];
    const lines = widths.map((width) => recordOf({ input: row(width) }));
    lines.push(recordOf({ input: `${row(1)}\n${row(10)}` }));
    const { batches, tallies, rejections } = await readCapture([fileOf("a", lines.join("\n"))]);
    expect(batches.map(({ rows }) => [rows[0]?.length, rows.length])).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].map((width) => [width, 1]),
      [8, 2],
    ]);
    expect(rejections.map(({ line, reason, detail }) => [line, reason, detail])).toEqual([
      [9, "row_length", "a row has length 9, and rows of 8 other lengths came before"],
      [11, "row_length", "a row has length 10, and rows of 8 other lengths came before"],
    ]);
    expect(tallies[0]).toMatchObject({ records: 9, rejected: { row_length: 2 } });
  });

  it("rejects a row that lacks a column to read", async () => {
    const { rejections } = await readCapture([fileOf("a", good)], { columns: ["3"] });
    expect(rejections.map(({ reason, detail }) => [reason, detail])).toEqual([
      ["row_length", "a row of length 3 lacks the columns to read"],
    ]);
  });
});

const DATA = new URL("../../../../shared/data/", import.meta.url).pathname;

describe.skipIf(!existsSync(DATA))("openCapture: published captures", () => {
  it("reads the SDK's capture file", async () => {
    const { batches, tallies } = await readCapture(
      await findInputs([`${DATA}captures/sdk_capture.jsonl`]),
    );
    expect(tallies.map(({ records, rejected }) => [records, rejected])).toEqual([[44, {}]]);
    expect(batches[0]?.rows[0]).toEqual("0.302709460258,9,45,45,42,7,5,0".split(","));
    expect(batches.flatMap(({ rows }) => rows).every((row) => row.length === 8)).toBe(true);
    expect(new Set(batches.flatMap(({ eventIds }) => eventIds)).size).toBe(44);
  });

  it("reads the churn endpoint's captures as the rows that were sent, outputs first", async () => {
    const { batches, tallies } = await readCapture(await findInputs([`${DATA}churn/capture`]));
    expect(tallies.map(({ records, rejected }) => [records, rejected])).toEqual([
      [90, {}],
      [90, {}],
    ]);
    const rows = batches.flatMap((batch) => batch.rows);
    const sent = readFileSync(`${DATA}churn/test-dataset-input-cols.csv`, "utf8").split("\n");
    expect(rows.map((row) => row.slice(1).join(","))).toEqual(sent.slice(0, 180));
    expect(rows[0]?.[0]).toBe("0.8873261549631556");
  });
});
