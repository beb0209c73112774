import { describe, expect, it } from "vitest";
import { BEGIN, END, placeInReadme, renderReadmeTable } from "./readme-table.ts";
import type { BenchResults, PartResults, Result } from "./results.ts";
import { CHECK, JSON_PARSE, MAIN, READ_CAPTURE, WC } from "./tool-names.ts";

function partOf(name: string, ...results: readonly Result[]): PartResults {
  return { name, shape: "", rival: "", absent: [], results };
}

const results: BenchResults = {
  machine: {
    cpu: "processor",
    cores: 2,
    memoryGib: 8,
    platform: "linux x64",
    load: [0.5, 1],
    versions: { node: "20.19.0" },
  },
  isFull: false,
  rounds: 3,
  compared: 10,
  legend: {},
  parts: [
    partOf(
      "one-hot",
      { tool: WC, bytes: 16e7, seconds: [0.1, 0.1, 0.2], peakMegabytes: [2, 2, 2] },
      { tool: MAIN, bytes: 16e7, seconds: [2, 4, 1], peakMegabytes: [100, 130, 110] },
    ),
    partOf("wide", { tool: MAIN, bytes: 16e6, seconds: [2, 3, 4], peakMegabytes: [400, 400, 400] }),
    partOf(
      "capture",
      { tool: JSON_PARSE, bytes: 2e8, seconds: [2, 2, 2] },
      { tool: READ_CAPTURE, bytes: 2e8, seconds: [1, 1, 1] },
      { tool: CHECK, bytes: 2e8, seconds: [4, 4, 4] },
    ),
  ],
  goals: [],
};

describe("renderReadmeTable", () => {
  it("shows medians, peaks without the wide table, and who is faster", () => {
    expect(renderReadmeTable(results).split("\n\n")).toEqual([
      [
        "| MB/s, start-up included | one-hot | mixed | hostile | strings | wide | peak MB | computes |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| tidemark (1 thread) | 80 | – | – | – | 5.3 | 110 | the whole baseline |",
        "| wc -l | 1,600 | – | – | – | – | 2 | line feeds |",
      ].join("\n"),
      "Medians of 3 interleaved rounds on inputs of up to 200 MB (processor, 2 cores, Node " +
        "20.19.0, load average 0.5 before, `npm run bench`); slow contenders read fewer rows. " +
        "Peak memory is the most of the tables but wide (2,000 columns). Captured records are " +
        "read at 2.00 and checked at 0.500 times the rate of bare `JSON.parse` of every line; a " +
        "baseline of 2,333 rows takes – times as long as `node -e 0`. All results and goals: " +
        "[bench/RESULTS.md](bench/RESULTS.md).\n",
    ]);
  });
});

describe("placeInReadme", () => {
  it("replaces what stands between the marks", () => {
    const readme = `before\n${BEGIN}old\n${END}after\n`;
    expect(placeInReadme(readme, "new\n")).toBe(`before\n${BEGIN}new\n${END}after\n`);
  });

  it("refuses a README without them", () => {
    expect(() => placeInReadme(BEGIN, "new\n")).toThrow("README.md lacks the marks");
  });
});
