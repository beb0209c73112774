import { describe, expect, it } from "vitest";
import { recordOf } from "../../../fixtures/read-capture.ts";
import { MISSING } from "../../base/cells.ts";
import { BatchBuilder } from "../batch/batch-builder.ts";
import type { RowSlot } from "../batch/row-slot.ts";
import { Lines } from "../lines/line-reader.ts";
import { isFault, parseCaptureRecord, type Sides } from "./capture-record.ts";
import { CaptureTemplates } from "./capture-template.ts";
import { textOfRange } from "./event-ids.ts";
import type { CellRange } from "./row-pairing.ts";

const usual = recordOf({ input: "1,2", output: "0.5", eventId: "e1", time: "t1" });

function learned(line: string, sides: Sides = "both"): CaptureTemplates {
  const templates = new CaptureTemplates();
  const record = parseCaptureRecord(line, sides);
  if (isFault(record)) throw new Error(record.detail);
  templates.learn(Buffer.from(line), record);
  return templates;
}

function cellsOf(templates: CaptureTemplates, side: "input" | "output"): unknown {
  const range: CellRange | undefined = templates[side];
  if (range === undefined) return undefined;
  const { bytes, starts, ends } = templates;
  return Array.from({ length: range.to - range.from }, (_, i) => {
    const cell = range.from + i;
    if (starts[cell] === MISSING) return null;
    return Buffer.from(bytes.slice(starts[cell], ends[cell])).toString();
  });
}

describe("CaptureTemplates", () => {
  it("find the cells, the id and the time of an alike line", () => {
    const templates = learned(usual);
    const line = recordOf({ input: ",é,,30", output: "7,", eventId: "漢", time: "" });
    expect(templates.read(Buffer.from(line))).toBe(true);
    expect(cellsOf(templates, "input")).toEqual([null, "é", null, "30"]);
    expect(cellsOf(templates, "output")).toEqual(["7", null]);
    expect([templates.ids.eventId, templates.ids.inferenceTime].map(textOfRange)).toEqual([
      "漢",
      "",
    ]);
  });

  it("pass over the side that is not wanted", () => {
    const templates = learned(usual, "output");
    expect(templates.read(Buffer.from(recordOf({ input: "", output: "4" })))).toBe(false);
    const line = recordOf({ input: "", output: "4", eventId: "e2", time: "t2" });
    expect(templates.read(Buffer.from(line))).toBe(true);
    expect(cellsOf(templates, "input")).toBeUndefined();
    expect(cellsOf(templates, "output")).toEqual(["4"]);
  });

  it("keep the shapes of four lines, the ones met last", () => {
    const lines = [1, 2, 3, 4, 5].map((space) => usual.replace(":", `:${" ".repeat(space)}`));
    const templates = new CaptureTemplates();
    const reads = (line: string): boolean => templates.read(Buffer.from(line));
    for (const line of lines.slice(0, 4)) {
      templates.learn(Buffer.from(line), parseCaptureRecord(line, "both") as never);
    }
    expect(reads(lines[0]!)).toBe(true);
    templates.learn(Buffer.from(lines[4]!), parseCaptureRecord(lines[4]!, "both") as never);
    expect(lines.map(reads)).toEqual([true, false, true, true, true]);
  });

  it.each([
    ["a truncated line", usual.slice(0, -1)],
    ["bytes behind the end", `${usual} `],
    ["an empty payload", usual.replace("1,2", "")],
    ["an escape", usual.replace("1,2", "1\\n2")],
    ["a closing quote", usual.replace("1,2", '1"2')],
    ["a control character", usual.replace("1,2", "1\t2")],
    ["an escape in the id", usual.replace("e1", "e\\u0031")],
    ["a control character in the id", usual.replace("e1", "e\u001f")],
    ["another encoding", usual.replace("CSV", "JSN")],
    ["nothing", ""],
  ])("do not take %s for an alike line", (_, line) => {
    const templates = learned(usual);
    expect(templates.read(Buffer.from(line))).toBe(false);
    expect(templates.read(Buffer.from(usual))).toBe(true);
  });

  it.each([
    ["an array", usual.replace('"0"}', '"0","x":[]}')],
    ["an escape", usual.replace("1,2", "1\\u002c2")],
    ["a text twice", usual.replace('"data"', '"data":"9","data"')],
    ["an object twice", usual.replace('"eventV', '"eventMetadata":{},"eventV')],
    ["another encoding", usual.replace("CSV", "JSON")],
    ["a batch transform's output", usual.replace("endpointOutput", "batchTransformOutput")],
  ])("are not made of a line with %s", (_, line) => {
    expect(learned(line).read(Buffer.from(line))).toBe(false);
  });

  it("leave lines over 1 MiB to the parser", () => {
    const templates = learned(usual);
    const longest = usual.replace("1,2", "1".padStart(1024 * 1024 - usual.length + 3, ","));
    expect(templates.read(Buffer.from(longest))).toBe(true);
    expect(templates.input).toEqual({ from: 0, to: longest.length - usual.length + 3 });
    expect(templates.read(Buffer.from(longest.replace(",1", ",,1")))).toBe(false);
  });

  it("lay the cells of an alike line over the next record of a batch, or leave it as it was", () => {
    const templates = learned(usual);
    const builder = new BatchBuilder();
    builder.begin("f", 4);
    const input = { column: 1, cells: 3 };
    const slot: RowSlot = { builder, width: 4, input, output: { column: 0, cells: 1 } };
    const lay = (given: RowSlot, cells: string, output = "7"): boolean => {
      const bytes = Buffer.from(recordOf({ input: cells, output, eventId: "e2", time: "t2" }));
      const lines = new Lines(bytes.length);
      lines.open(bytes, 0, bytes.length);
      const read = templates.readInto(given, lines);
      expect(lines.from > 0).toBe(read === 1);
      return read === 1;
    };
    templates.read(Buffer.from(usual));
    expect(lay(slot, "1,2,3")).toBe(true);
    const { position } = builder;
    expect(["1,2", "1,2,3,4", "1,2,3,4,5", "1,22", "1,2,3\n", ""].map((c) => lay(slot, c))).toEqual(
      Array(6).fill(false),
    );
    expect(lay(slot, "1,2,3", "7,8")).toBe(false);
    expect(lay({ ...slot, output: undefined }, "1,2,3")).toBe(false);
    expect([builder.records, builder.position]).toEqual([1, position]);
    expect(lay(slot, ",é,", "")).toBe(false);
    expect(lay(slot, ",é,")).toBe(true);
    expect(lay(slot, ",,", ",")).toBe(false);
    expect(lay(slot, ",,")).toBe(true);
    const { columns, records } = builder.finish();
    const rows = Array.from({ length: records }, (_, row) =>
      columns.map(({ bytes, starts, ends }) =>
        starts[row] === MISSING
          ? null
          : Buffer.from(bytes.slice(starts[row], ends[row])).toString(),
      ),
    );
    expect(rows).toEqual([
      ["7", "1", "2", "3"],
      ["7", null, "é", null],
      ["7", null, null, null],
    ]);
  });
});
