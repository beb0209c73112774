import { describe, expect, it } from "vitest";
import type { Offenders } from "../../monitor/insights-evidence.ts";
import { offenderLine, offenderTable } from "./offender-table.ts";

const of = (...files: string[]): Offenders => ({
  count: files.length + 3,
  of: "all",
  sample: files.map((file, at) => ({ file, line: at + 1, event_id: `e${at}` })),
});

const cellsOf = (text: string): string[] =>
  [...text.matchAll(/<td>([^<]*)/g)].map(([, cell]) => cell!);

describe("offenderTable", () => {
  it("states the folder once and how many records there are", () => {
    const { text } = offenderTable(of("in/a/x.jsonl", "in/a/y.jsonl"), 20);
    expect(text).toContain("Records: 5 records, 2 of them here, below ");
    expect(text).toContain('data-p="in/a/"');
    expect(cellsOf(text)).toEqual(["x.jsonl", "1", "e0", "y.jsonl", "2", "e1"]);
    expect(text).not.toContain("<th>value");
  });

  it.each([
    [["in/a/x", "in/b/y"], "in/"],
    [["in/x", "in/a/y"], "in/"],
    [["/a/x", "/b/y"], "/"],
    [["/a/x", "b/y"], ""],
    [["a/x", "/b/y"], ""],
    [["ab/x", "a/y"], ""],
    [["x", "y"], ""],
  ])("finds the folder of %j", (files, folder) => {
    const { text } = offenderTable(of(...files), 20);
    expect(text).toContain(`data-p="${folder}"`);
    expect(cellsOf(text)).toContain(files[0]!.slice(folder.length));
  });

  it("shows no more than asked for", () => {
    const { text } = offenderTable(of("a", "b", "c"), 2);
    expect(text).toContain("Records: 6 records, 2 of them here.");
    expect(cellsOf(text)).toHaveLength(6);
  });

  it("counts records without a sample", () => {
    expect(offenderTable(of(), 20).text).toBe("<p>Records: 3 records.");
    expect(offenderLine(of()).text).toBe("<p>Records: 3 records.");
  });
});

describe("offenderLine", () => {
  it("names the first one", () => {
    expect(offenderLine(of("in/x.jsonl")).text).toBe(
      "<p>Records: 4 records, one at <code>in/x.jsonl:1</code> eventId e0</p>",
    );
  });
});
