import { describe, expect, it } from "vitest";
import {
  type Cell,
  fileOf,
  type RecordParts,
  readCapture,
  recordOf,
} from "../../../fixtures/read-capture.ts";
import type { CaptureOptions } from "./capture-reader.ts";

async function rowsOf(
  parts: RecordParts,
  options: Partial<CaptureOptions> = {},
): Promise<Cell[][]> {
  const { batches } = await readCapture([fileOf("a.jsonl", recordOf(parts))], options);
  return batches.flatMap(({ rows }) => rows);
}

describe("openCapture: rows", () => {
  const parts = { input: "1,2", output: "0.5" };

  it("puts the output's columns first, or last when told so", async () => {
    expect(await rowsOf(parts)).toEqual([["0.5", "1", "2"]]);
    expect(await rowsOf(parts, { outputColumnsPosition: "END" })).toEqual([["1", "2", "0.5"]]);
  });

  it("reads one side when told so", async () => {
    expect(await rowsOf(parts, { sides: "input" })).toEqual([["1", "2"]]);
    expect(await rowsOf(parts, { sides: "output" })).toEqual([["0.5"]]);
  });

  it("reads missing, quoted and empty cells, and drops a final line break", async () => {
    const input = ',"a,""b""","",é\r\n';
    expect(await rowsOf({ input, output: "1\n" })).toEqual([["1", null, 'a,"b"', "", "é"]]);
    expect(await rowsOf({ input: ",,", output: "," })).toEqual([[null, null, null, null, null]]);
  });

  it("takes texts as missing when told so", async () => {
    const input = 'NA,"NA",na,?,""';
    expect(await rowsOf({ input }, { nullTokens: ["NA", "?"] })).toEqual([
      [null, null, "na", null, ""],
    ]);
    expect(await rowsOf({ input }, { emptyIsMissing: true })).toEqual([
      ["NA", "NA", "na", "?", null],
    ]);
  });

  it("selects columns by their position in the whole row", async () => {
    expect(await rowsOf(parts, { columns: ["_c2", "0"] })).toEqual([["0.5", "2"]]);
    expect(await rowsOf(parts, { exclude: ["1"] })).toEqual([["0.5", "2"]]);
  });

  it("splits bodies of several lines and pairs them, under tidemark", async () => {
    expect(await rowsOf({ input: "1,2\n3,4\n", output: "a\nb" })).toEqual([
      ["a", "1", "2"],
      ["b", "3", "4"],
    ]);
    expect(await rowsOf({ input: "1,2\n3,4", output: "a,b\n" })).toEqual([
      ["a", "1", "2"],
      ["b", "3", "4"],
    ]);
    expect(
      await rowsOf({ input: "1,2", output: "a\nb" }, { outputColumnsPosition: "END" }),
    ).toEqual([
      ["1", "2", "a"],
      ["1", "2", "b"],
    ]);
    expect(await rowsOf({ input: "1,2\n3,4" })).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  it("runs the cells of such a body together, under model-monitor", async () => {
    const body = { input: "1,2\n3,4\n", output: "a\nb" };
    expect(await rowsOf(body, { semantics: "model-monitor" })).toEqual([["a\nb,1,2\n3,4\n"]]);
    expect(await rowsOf(parts, { semantics: "model-monitor" })).toEqual([["0.5", "1", "2"]]);
  });

  it("has an absent side's cells missing where a whole row is known, under tidemark", async () => {
    const options = { featureNames: ["label", "a", "b"] };
    expect(await rowsOf({ input: "1,2" }, options)).toEqual([[null, "1", "2"]]);
    expect(await rowsOf({ output: "0.5" }, options)).toEqual([["0.5", null, null]]);
    expect(await rowsOf({ input: "1,2", output: "" }, options)).toEqual([[null, "1", "2"]]);
    expect(await rowsOf({ input: "1,2" }, { ...options, outputColumnsPosition: "END" })).toEqual([
      ["1", "2", null],
    ]);
    expect(await rowsOf({ input: "1,2,3" }, { ...options, exclude: ["_c2"] })).toEqual([
      [null, "1", "3"],
    ]);
    expect(await rowsOf({ input: "1,2,3,4" }, options)).toEqual([["1", "2", "3", "4"]]);
    expect(await rowsOf({ input: "1", output: "0.5" }, options)).toEqual([["0.5", "1"]]);
    expect(await rowsOf({ input: "1,2" }, { ...options, sides: "input" })).toEqual([["1", "2"]]);
    expect(await rowsOf({ input: "1,2" }, { ...options, semantics: "model-monitor" })).toEqual([
      ["1", "2"],
    ]);
  });
});

describe("openCapture: encodings that differ", () => {
  const line = recordOf({ input: "1", output: "{}", encodings: ["CSV", "JSON"] });

  it("ends the run with the service's message under model-monitor", async () => {
    await expect(
      readCapture([fileOf("a", line)], { semantics: "model-monitor" }),
    ).rejects.toMatchObject({
      code: "input",
      message:
        "Error: Encoding mismatch: Encoding is CSV for endpointInput, but Encoding is JSON for " +
        "endpointOutput. We currently only support the same type of input and output encoding " +
        "at the moment.",
    });
  });

  it("is no fault when only one side is read", async () => {
    const options = { semantics: "model-monitor", sides: "input" } as const;
    expect((await readCapture([fileOf("a", line)], options)).batches[0]?.rows).toEqual([["1"]]);
  });

  it("reads each side by its own encoding under tidemark", async () => {
    const { batches, rejections, isSameUnderBoth } = await readCapture([
      fileOf("a", recordOf({ input: "1,x", output: "[0.50]", encodings: ["CSV", "JSON"] })),
    ]);
    expect(rejections).toEqual([]);
    expect(batches.map(({ rows }) => rows)).toEqual([[["0.50", "1", "x"]]]);
    expect(isSameUnderBoth).toBe(false);
  });

  it("tells that the other semantics ends the run, even where a side is broken", async () => {
    const broken = recordOf({ input: '"', output: "1", encodings: ["CSV", "JSON"] });
    const { rejections, isSameUnderBoth } = await readCapture([fileOf("a", broken)]);
    expect(rejections).toHaveLength(1);
    expect(isSameUnderBoth).toBe(false);
  });
});

describe("openCapture: rows that both semantics read alike", () => {
  const base64 = (text: string) => Buffer.from(text).toString("base64");

  it.each<[kind: string, parts: RecordParts, isSame: boolean]>([
    ["one CSV line a side", { input: "1,2", output: "3" }, true],
    ["several CSV lines", { input: "1\n2", output: "3\n4" }, false],
    ["one side alone", { input: "1,2" }, false],
    ["flat objects", { input: '{"a":1}', output: '{"b":null}', encodings: ["JSON", "JSON"] }, true],
    ["a nested object", { input: '{"a":[1]}', output: "{}", encodings: ["JSON", "JSON"] }, false],
    ["an array", { input: '{"a":1}', output: "[1]", encodings: ["JSON", "JSON"] }, false],
    [
      "a JSON text that both refuse",
      { input: "{", output: "1", encodings: ["JSON", "JSON"] },
      true,
    ],
    [
      "a BASE64 text",
      { input: base64("1,2"), output: base64("3"), encodings: ["BASE64", "BASE64"] },
      false,
    ],
    [
      "a BASE64 text that both refuse",
      { input: "?", output: "?", encodings: ["BASE64", "BASE64"] },
      true,
    ],
  ])("are %s: %#", async (_kind, parts, isSame) => {
    for (const semantics of ["tidemark", "model-monitor"] as const) {
      const read = await readCapture([fileOf("a", recordOf(parts))], { semantics });
      expect(read.isSameUnderBoth).toBe(isSame);
    }
  });
});
