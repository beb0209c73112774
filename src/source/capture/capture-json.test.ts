/** Captured JSON and BASE64 as batches: names, columns that grow, and rows of both kinds. */
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type Cell,
  fileOf,
  jsonRecordOf,
  type ReadCapture,
  readCapture,
  recordOf,
} from "../../../fixtures/read-capture.ts";
import { BATCH_RECORDS_MAX } from "../batch/batch.ts";
import { findInputs } from "../content/byte-inputs.ts";
import type { CaptureOptions } from "./capture-reader.ts";

type Table = Record<string, Cell>[];

async function read(
  lines: readonly string[],
  options: Partial<CaptureOptions> = {},
): Promise<ReadCapture> {
  return readCapture([fileOf("a", lines.join("\n"))], options);
}

/** Rows by name, missing cells included. */
function tableOf({ batches }: ReadCapture): Table {
  return batches.flatMap(({ rows, names }) =>
    rows.map((row) => Object.fromEntries(row.map((cell, i) => [names?.[i] ?? `#${i}`, cell]))),
  );
}

describe("openCapture: names", () => {
  it("has the union of names in order of first appearance, outputs first", async () => {
    const lines = [
      jsonRecordOf({ input: { b: 1, a: "x" }, output: { p: 0.5 } }),
      jsonRecordOf({ input: '{"a": "y", "c": {"d": 1.0}}', output: { q: null, p: 0 } }),
      jsonRecordOf({ input: { a: "z" } }),
    ];
    const all = await read(lines);
    expect(all.names).toEqual(["p", "b", "a", "q", "c.d"]);
    expect(all.batches.map(({ names, rows, lines: at }) => ({ names, rows, at }))).toEqual([
      { names: ["p", "b", "a"], rows: [["0.5", "1", "x"]], at: [1] },
      {
        names: ["p", "b", "a", "q", "c.d"],
        rows: [
          ["0", null, "y", null, "1.0"],
          [null, null, "z", null, null],
        ],
        at: [2, 3],
      },
    ]);
    const last = await read(lines, { outputColumnsPosition: "END" });
    expect(last.names).toEqual(["b", "a", "p", "c.d", "q"]);
  });

  it("finishes few batches however often a name is new", async () => {
    const lines = Array.from({ length: 200 }, (_, i) => jsonRecordOf({ input: { [`k${i}`]: i } }));
    const all = await read(lines);
    expect(all.names).toHaveLength(200);
    expect(all.batches.length).toBeLessThan(30);
    expect(tableOf(all).map((row) => Object.values(row).filter((cell) => cell !== null))).toEqual(
      lines.map((_, i) => [`${i}`]),
    );
  });

  it("lays rows over the baseline's features, and does not name what no record had", async () => {
    const featureNames = ["label", "a", "b", "gone"];
    const lines = [
      jsonRecordOf({ input: { b: 1, a: "x" }, output: { label: 1 } }),
      jsonRecordOf({ input: { new: 2, a: "y" }, output: { label: 0 } }),
    ];
    const all = await read(lines, { featureNames });
    expect(all.names).toEqual(["label", "a", "b", "new"]);
    expect(all.batches.at(-1)).toMatchObject({
      names: [...featureNames, "new"],
      rows: [["0", "y", null, null, "2"]],
    });
  });

  it("has an absent side's features as missing cells, under tidemark", async () => {
    const featureNames = ["label", "a", "b"];
    const line = [jsonRecordOf({ input: { b: 1 } })];
    const both = await read(line, { featureNames });
    expect(both.names).toEqual(featureNames);
    expect(both.batches[0]?.rows).toEqual([[null, null, "1"]]);
    expect((await read(line, { featureNames, sides: "input" })).names).toEqual(["b"]);
    const service = await read(line, { featureNames, semantics: "model-monitor" });
    expect(service.names).toEqual(["b"]);
  });

  it("keeps rows by position that are as wide as the baseline among those by name", async () => {
    const featureNames = ["label", "a", "b"];
    const lines = [
      recordOf({ input: "1,2", output: "0" }),
      jsonRecordOf({ input: { b: 4, a: 3 }, output: [1] }),
      jsonRecordOf({ input: [5, 6], output: 0 }),
      jsonRecordOf({ input: { b: 8, a: 7, c: 9 }, output: { label: 1 } }),
      recordOf({ input: "10,11", output: "0" }),
      recordOf({ input: "12", output: "0" }),
    ];
    const { batches, names } = await read(lines, { featureNames });
    expect(names).toEqual(["label", "a", "b", "c"]);
    expect(batches.map(({ rows }) => rows)).toEqual([
      [
        ["0", "1", "2"],
        ["1", "3", "4"],
        ["0", "5", "6"],
      ],
      [
        ["1", "7", "8", "9"],
        ["0", "10", "11", null],
      ],
      [["0", "12"]],
    ]);
  });

  it("tells no names of rows by position alone", async () => {
    const lines = [recordOf({ input: "1,2" }), jsonRecordOf({ input: [1, 2] })];
    expect((await read(lines)).names).toBeUndefined();
    expect((await read(lines, { featureNames: ["a", "b"], sides: "input" })).names).toBeUndefined();
    const unknown = [jsonRecordOf({ input: { x: 1, y: 2 } })];
    const { names, batches } = await read(unknown, { featureNames: ["a", "b"] });
    expect(names).toBeUndefined();
    expect(batches[0]?.rows).toEqual([["1", "2"]]);
  });

  it("chooses columns by name, of rows that have names", async () => {
    const lines = [
      jsonRecordOf({ input: { b: 1, id: 7, a: "x" }, output: { p: 0.5 } }),
      recordOf({ input: "1,2,3", output: "0" }),
    ];
    const all = await read(lines, { exclude: ["id"] });
    expect(tableOf(all)).toEqual([{ p: "0.5", b: "1", a: "x" }]);
    expect(all.rejections.map(({ line, reason, detail }) => [line, reason, detail])).toEqual([
      [2, "row_length", "a row has no names to choose its columns by"],
    ]);
    const none = await read(lines, { columns: ["z"] });
    expect(none.rejections.map(({ detail }) => detail)).toEqual([
      "a row of length 4 lacks the columns to read",
      "a row has no names to choose its columns by",
    ]);
  });

  it("takes texts as missing when told so", async () => {
    const line = jsonRecordOf({ input: { a: "NA", b: "", c: "na" } });
    expect(tableOf(await read([line], { nullTokens: ["NA"], emptyIsMissing: true }))).toEqual([
      { a: null, b: null, c: "na" },
    ]);
  });

  it("rejects a record that would make too many columns, and reads on", async () => {
    const wide = (key: string) => ({ [key]: Array.from({ length: 60_000 }, () => 0), z: 1 });
    const lines = [
      jsonRecordOf({ input: wide("a") }),
      jsonRecordOf({ input: wide("b") }),
      jsonRecordOf({ input: wide("a") }),
    ];
    const { rejections, tallies, names } = await read(lines);
    expect(rejections.map(({ line, reason, detail }) => [line, reason, detail])).toEqual([
      [2, "shape", "the run has more than 100000 columns, or names too long"],
    ]);
    expect(tallies[0]?.records).toBe(2);
    expect(names).toHaveLength(60_001);
  });
});

describe("openCapture: several rows of a request", () => {
  const rows = [{ a: 1, b: "x" }, { b: "y", a: 2 }, { a: 3 }];
  const table = [
    { p: "0.1", a: "1", b: "x" },
    { p: "0.2", a: "2", b: "y" },
    { p: "0.3", a: "3", b: null },
  ];
  const featureNames = ["p", "a", "b"];

  it.each<[kind: string, input: unknown, output: unknown]>([
    ["an array and an array of objects", rows, [{ p: 0.1 }, { p: 0.2 }, { p: 0.3 }]],
    ["an array and arrays per column", rows, { p: [0.1, 0.2, 0.3] }],
    ["an array and unknown arrays", rows, { predictions: [0.1, 0.2, 0.3] }],
    ["an array and scalars", rows, [0.1, 0.2, 0.3]],
    ["an array and arrays", rows, [[0.1], [0.2], [0.3]]],
    ["wrapped rows", { instances: rows }, { predictions: [[0.1], [0.2], [0.3]] }],
    ["JSON lines", rows.map((row) => JSON.stringify(row)).join("\n"), "0.1\n0.2\n0.3\n"],
    [
      "a table",
      {
        dataframe_split: {
          columns: ["b", "a"],
          data: [
            ["x", 1],
            ["y", 2],
            [null, 3],
          ],
        },
      },
      { predictions: [{ p: 0.1 }, { p: 0.2 }, { p: 0.3 }] },
    ],
  ])("reads %s", async (_kind, input, output) => {
    const all = await read([jsonRecordOf({ input, output })], { featureNames });
    expect(all.rejections).toEqual([]);
    expect(tableOf(all)).toEqual(table);
    expect(all.names).toEqual(featureNames);
  });

  it("repeats one request for each reply", async () => {
    const all = await read([jsonRecordOf({ input: { a: 1 }, output: [{ p: 1 }, { p: 2 }] })]);
    expect(tableOf(all)).toEqual([
      { p: "1", a: "1" },
      { p: "2", a: "1" },
    ]);
  });

  it("refuses replies of another number", async () => {
    const { rejections } = await read([jsonRecordOf({ input: rows, output: { p: [1, 2] } })]);
    expect(rejections.map(({ reason, detail }) => [reason, detail])).toEqual([
      ["row_pairing", "3 input rows do not pair with 1 output rows"],
    ]);
  });

  it("cuts batches of named rows at their limit", async () => {
    const input = Array.from({ length: BATCH_RECORDS_MAX + 5 }, (_, a) => ({ a }));
    const { batches } = await read([jsonRecordOf({ input })]);
    expect(batches.map((batch) => batch.rows.length)).toEqual([BATCH_RECORDS_MAX, 5]);
    expect(batches.flatMap((batch) => batch.rows.flat())).toEqual(input.map(({ a }) => `${a}`));
  });
});

describe("openCapture: BASE64", () => {
  it("reads each side by its content type, and counts what is invalid in its charset", async () => {
    const base64 = (bytes: string | number[]) => Buffer.from(bytes as string).toString("base64");
    const line = recordOf({
      input: base64('{"a":1,"b":"é"}'),
      output: base64([0x30, 0x2c, 0xff]),
      encodings: ["BASE64", "BASE64"],
      contentTypes: ["application/vnd.model+json", "text/csv; charset=utf-8"],
    });
    const all = await read([line], { featureNames: ["p", "q", "a", "b"] });
    expect(tableOf(all)).toEqual([{ p: "0", q: "\ufffd", a: "1", b: "é" }]);
    expect(all.tallies[0]?.invalidUtf8).toBe(1);
  });
});

const DATA = new URL("../../../../shared/data/captures/", import.meta.url).pathname;

describe.skipIf(!existsSync(DATA))("openCapture: published and made-up JSON captures", () => {
  it("reads the language model's endpoint", async () => {
    const all = await readCapture(await findInputs([`${DATA}llm_endpoint.jsonl`]));
    expect(all.rejections).toEqual([]);
    expect(all.names).toEqual([
      "generated_text",
      "inputs",
      "parameters.max_new_tokens",
      "parameters.temperature",
      "parameters.top_p",
      "parameters.do_sample",
    ]);
    const table = tableOf(all);
    expect(table).toHaveLength(3);
    expect(table.map((row) => row["parameters.top_p"])).toEqual(["0.9", "0.9", "0.9"]);
    expect(table.map((row) => row["parameters.do_sample"])).toEqual(["true", "true", "true"]);
    expect(table[0]?.["inputs"]).toBe("When does machine learning performce below bar?");
  });

  it("reads the 27 rows of six requests", async () => {
    const all = await readCapture(await findInputs([`${DATA}synthetic_batch_json.jsonl`]));
    expect(all.rejections).toEqual([]);
    expect(all.names).toEqual([
      "predictions",
      "scores",
      "Plan",
      "Region",
      "TenureMonths",
      "MonthlyFee",
      "SupportCalls",
      "UsageRatio",
    ]);
    const table = tableOf(all);
    expect(table).toHaveLength(27);
    expect(all.batches.flatMap(({ lines }) => lines)).toEqual(
      [5, 5, 1, 8, 5, 3].flatMap((rows, i) => Array.from({ length: rows }, () => i + 1)),
    );
    const missing = table.flatMap((row, i) =>
      Object.entries(row).flatMap(([name, cell]) => (cell === null ? [[i + 1, name]] : [])),
    );
    expect(missing).toEqual([
      [8, "UsageRatio"],
      [13, "Region"],
    ]);
    expect(table[0]).toEqual({
      predictions: "0",
      scores: "0.2540056698097538",
      Plan: "business",
      Region: "east",
      TenureMonths: "52",
      MonthlyFee: "94.39",
      SupportCalls: "7",
      UsageRatio: "0.371370035",
    });
  });
});
