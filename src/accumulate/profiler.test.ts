import { describe, expect, it } from "vitest";
import { fileOf, jsonRecordOf, recordOf } from "../../fixtures/read-capture.ts";
import { openCapture } from "../source/capture/capture-reader.ts";
import { profileRecords } from "./profile-records.ts";
import type { ProfilerOptions } from "./profiler.ts";

async function profileLines(
  lines: readonly string[],
  featureNames?: readonly string[],
  options: ProfilerOptions = {},
) {
  const source = await openCapture([fileOf("a", lines.join("\n"))], {
    semantics: "tidemark",
    sides: "both",
    outputColumnsPosition: "START",
    window: {},
    featureNames,
    onReject: ({ detail }) => expect.unreachable(detail),
  });
  return profileRecords(source, options);
}

describe("profileRecords", () => {
  it("counts a column as missing from the records before it", async () => {
    const lines = [
      ...Array.from({ length: 5000 }, (_, a) => jsonRecordOf({ input: { a } })),
      jsonRecordOf({ input: { b: 1.5, a: null } }),
      jsonRecordOf({ input: { b: 2.5, c: "x" } }),
    ];
    const { profiler, otherWidths } = await profileLines(lines);
    expect(otherWidths).toEqual([]);
    expect([profiler?.width, profiler?.names]).toEqual([3, ["a", "b", "c"]]);
    const profile = profiler!.finish(["a", "b", "c"]);
    expect(profile.itemCount).toBe(5002);
    const seen = profile.features.map(({ name, present, missing }) => [name, present, missing]);
    expect(seen).toEqual([
      ["a", 5000, 2],
      ["b", 2, 5000],
      ["c", 1, 5001],
    ]);
  });

  it("pins texts by position, those of columns that come later too", async () => {
    const asked: number[] = [];
    const pinnedAt = (position: number) => {
      asked.push(position);
      return [`pin ${position}`];
    };
    const lines = [jsonRecordOf({ input: { a: "x" } }), jsonRecordOf({ input: { b: "y" } })];
    const { profiler } = await profileLines(lines, undefined, { pinnedAt });
    expect(asked).toEqual([0, 1]);
    expect(profiler?.width).toBe(2);
  });

  it("keeps rows by position of another width apart from those by name", async () => {
    const named = jsonRecordOf({ input: { a: 1, b: 2 } });
    const lines = [recordOf({ input: "1" }), named, recordOf({ input: "3,4" }), named];
    const { profiler, otherWidths } = await profileLines(lines, ["a", "b"]);
    expect([profiler?.names, profiler?.records]).toEqual([["a", "b"], 4]);
    expect(otherWidths).toEqual([]);
    const apart = await profileLines(lines);
    expect([apart.profiler?.names, apart.profiler?.records]).toEqual([["a", "b"], 2]);
    expect(apart.otherWidths.map(({ width, records }) => [width, records])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });
});
