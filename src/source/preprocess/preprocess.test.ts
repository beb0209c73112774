import { describe, expect, it } from "vitest";
import { fileOf, readCapture, recordOf, type Seen, seen } from "../../../fixtures/read-capture.ts";
import { input } from "../../../fixtures/read-csv.ts";
import { openCsv } from "../csv/csv-reader.ts";
import type { InputTally, Rejection } from "../record-source.ts";
import { type PreprocessCsvOptions, preprocessCsv } from "./preprocess-csv.ts";
import type { HookOutcome, HookRecord, Preprocessor } from "./preprocessor.ts";

/** A script that answers each record by its own; it keeps what it was handed. */
function scripted(answer: (record: HookRecord) => HookOutcome): Preprocessor & {
  readonly handed: HookRecord[];
  names: readonly string[] | undefined;
} {
  return {
    handed: [],
    names: undefined,
    async preprocess(records, names) {
      this.handed.push(...records);
      this.names = names;
      return records.map(answer);
    },
  };
}

function row(cells: Readonly<Record<string, string | null>>): HookOutcome {
  return { kind: "rows", rows: [{ names: Object.keys(cells), texts: Object.values(cells) }] };
}

const DROP: HookOutcome = { kind: "rows", rows: [] };
const FAULT: HookOutcome = { kind: "fault", detail: "the hook raised KeyError at a.py:3" };

describe("capture records through a script", () => {
  const dataOf = ({ text }: HookRecord): string => JSON.parse(text).captureData.endpointInput.data;
  const answers: Readonly<Record<string, HookOutcome>> = {
    one: row({ b: "1", a: null }),
    two: {
      kind: "rows",
      rows: ["2", "3"].map((text) => ({ names: ["b", "a"], texts: [text, "x"] })),
    },
    none: DROP,
    fault: FAULT,
  };
  const lines = ["one", "none", "two", "fault"].map((data) =>
    recordOf({ input: data, eventId: data, time: "2026-11-20T10:30:00Z" }),
  );
  const preprocessor = () => scripted((record) => answers[dataOf(record)] ?? { kind: "same" });

  it("become its rows, are dropped or rejected, each counted", async () => {
    const { batches, tallies, rejections, names } = await readCapture(
      [fileOf("a", [...lines, "{", "[]"].join("\n"))],
      { preprocessor: preprocessor() },
    );
    expect(batches).toEqual([
      {
        file: "a",
        names: ["b", "a"],
        rows: [
          ["1", null],
          ["2", "x"],
          ["3", "x"],
        ],
        lines: [1, 3, 3],
        eventIds: ["one", "two", "two"],
        inferenceTimes: Array(3).fill("2026-11-20T10:30:00Z"),
      },
    ]);
    expect(names).toEqual(["b", "a"]);
    expect(tallies).toMatchObject([{ records: 3, dropped: 1, rejected: { hook: 1, json: 2 } }]);
    expect(
      rejections.map(({ line, eventId, reason, detail }) => [line, eventId, reason, detail]),
    ).toEqual([
      [4, "fault", "hook", "the hook raised KeyError at a.py:3"],
      [5, undefined, "json", "the line is not one JSON value"],
      [6, undefined, "json", "the line is not a JSON object"],
    ]);
  });

  it("are laid over the baseline's features, without columns for an absent side", async () => {
    const { batches, names } = await readCapture([fileOf("a", lines[0]!)], {
      preprocessor: preprocessor(),
      featureNames: ["a", "b", "c"],
    });
    expect(batches.map(({ rows }) => rows)).toEqual([[[null, "1", null]]]);
    expect(names).toEqual(["a", "b"]);
  });

  it("are read as they are when they come back", async () => {
    const plain = [recordOf({ input: "7,8" }), recordOf({ input: "9,10" })].join("\n");
    const { batches } = await readCapture([fileOf("a", plain)], { preprocessor: preprocessor() });
    expect(batches.map(({ rows }) => rows)).toEqual([
      [
        ["7", "8"],
        ["9", "10"],
      ],
    ]);
  });

  it("outside the window are not handed over", async () => {
    const script = preprocessor();
    const late = recordOf({ input: "one", time: "2026-11-20T10:50:00Z" });
    const path = "2026/11/20/10/a";
    const { tallies } = await readCapture([fileOf(path, [lines[0], late].join("\n"))], {
      preprocessor: script,
      window: { end: Date.UTC(2026, 10, 20, 10, 45) },
    });
    expect(script.handed.map(dataOf)).toEqual(["one"]);
    expect(tallies.map(({ records }) => records)).toEqual([1]);
  });

  it("of an order of its own differ from the service's where names are unknown", async () => {
    const read = async (cells: Readonly<Record<string, string>>, featureNames: string[]) => {
      const options = { preprocessor: scripted(() => row(cells)), featureNames };
      return (await readCapture([fileOf("a", lines[0]!)], options)).isSameUnderBoth;
    };
    expect(await read({ "01": "1", "02": "2" }, ["x", "y"])).toBe(true);
    expect(await read({ "02": "1", "01": "2" }, ["x", "y"])).toBe(false);
    expect(await read({ b: "1", a: "2" }, ["a", "b"])).toBe(true);
  });
});

describe("CSV records through a script", () => {
  interface ReadCsv {
    readonly batches: readonly Seen[];
    readonly tallies: readonly InputTally[];
    readonly rejections: readonly Rejection[];
    readonly names: readonly string[] | undefined;
  }

  async function read(
    texts: Readonly<Record<string, string>>,
    preprocessor: Preprocessor,
    options: Partial<PreprocessCsvOptions> = {},
  ): Promise<ReadCsv> {
    const rejections: Rejection[] = [];
    const onReject = (rejection: Rejection): void => void rejections.push(rejection);
    const inputs = Object.entries(texts).map(([path, text]) => input(path, text));
    const csv = await openCsv(inputs, { header: "yes", sniffDelimiter: false, onReject });
    const source = preprocessCsv(csv, {
      preprocessor,
      semantics: "tidemark",
      onReject,
      ...options,
    });
    const batches: Seen[] = [];
    for await (const batch of source.batches) batches.push(seen(batch));
    return { batches, tallies: source.tallies, rejections, names: source.names };
  }

  it("are handed over as lines and cells with the header's names", async () => {
    const script = scripted(() => ({ kind: "same" }));
    const { batches, names } = await read(
      { "a.csv": 'n,t\n1,\n2,""\n3,"a,b"\n4,"say ""no"""\n' },
      script,
    );
    expect(script.names).toEqual(["n", "t"]);
    expect(script.handed).toEqual([
      { text: "1,", cells: ["1", null] },
      { text: '2,""', cells: ["2", ""] },
      { text: '3,"a,b"', cells: ["3", "a,b"] },
      { text: '4,"say ""no"""', cells: ["4", 'say "no"'] },
    ]);
    expect(batches.flatMap(({ rows }) => rows)).toEqual(script.handed.map(({ cells }) => cells));
    expect(names).toEqual(["n", "t"]);
  });

  it("are counted by what became of them, file by file", async () => {
    const answers = [row({ x: "1" }), DROP, FAULT, row({ x: "4" }), row({ x: "NA", y: "5" })];
    let next = 0;
    const { batches, tallies, rejections, names } = await read(
      { "a.csv": 'n\n1\n2\n"3"x\n3\n', "b.csv": "n\n4\n5\n" },
      scripted(() => answers[next++]!),
      { nullTokens: ["NA"] },
    );
    expect(batches.map(({ file, rows, names }) => [file, rows, names])).toEqual([
      ["a.csv", [["1"]], ["x"]],
      ["b.csv", [["4"]], ["x"]],
      ["b.csv", [[null, "5"]], ["x", "y"]],
    ]);
    expect(names).toEqual(["x", "y"]);
    expect(tallies).toMatchObject([
      { path: "a.csv", bytes: 13, records: 1, dropped: 1, rejected: { csv: 1, hook: 1 } },
      { path: "b.csv", bytes: 6, records: 2, dropped: 0, rejected: {} },
    ]);
    expect(rejections.map(({ file, line, reason }) => [file, line, reason])).toEqual([
      ["a.csv", 4, "csv"],
      ["a.csv", 5, "hook"],
    ]);
  });
});
