import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileOf, readCapture, recordOf } from "../../../fixtures/read-capture.ts";
import type { Rejection } from "../record-source.ts";
import { GroundTruthIndex } from "./ground-truth-index.ts";

function labelOf(eventId: unknown, data: unknown = "1", encoding: unknown = "CSV"): string {
  const groundTruthData = { data, encoding };
  return JSON.stringify({ groundTruthData, eventMetadata: { eventId }, eventVersion: "0" });
}

/** A capture record whose metadata are these, and that may have been merged. */
function recordWith(metadata: object, merged: object = {}): string {
  const { captureData } = JSON.parse(recordOf({ input: "1,2" }));
  return JSON.stringify({ captureData, eventMetadata: metadata, ...merged });
}

async function read(
  ...files: string[]
): Promise<{ groundTruth: GroundTruthIndex; rejections: Rejection[] }> {
  const rejections: Rejection[] = [];
  const inputs = files.map((text, at) => fileOf(`labels-${at}`, text));
  const groundTruth = await GroundTruthIndex.read(inputs, (each) => rejections.push(each));
  return { groundTruth, rejections };
}

function countsOf({ labels, duplicates, matched, unmatched, unused }: GroundTruthIndex): object {
  return { labels, duplicates, matched, unmatched, unused };
}

describe("GroundTruthIndex", () => {
  it("takes the last label of a key, over files, and counts the others", async () => {
    const { groundTruth } = await read(
      [labelOf("a", "0"), labelOf("b", "2"), labelOf("a", "1")].join("\n"),
      labelOf("a", "yes", "JSON"),
    );
    expect(groundTruth.labelOf({ eventId: "a" })).toEqual({ data: "yes", encoding: "JSON" });
    expect(countsOf(groundTruth)).toEqual({
      labels: 2,
      duplicates: 2,
      matched: 0,
      unmatched: 0,
      unused: 2,
    });
    expect(groundTruth.tallies.map(({ path, records }) => [path, records])).toEqual([
      ["labels-0", 3],
      ["labels-1", 1],
    ]);
  });

  it("finds by the inference id, else by the event id, else in the record itself", async () => {
    const { groundTruth } = await read([labelOf("i", "by i"), labelOf("e", "by e")].join("\n"));
    const own = { data: "own", encoding: "CSV" };
    const dataOf = (record: Parameters<GroundTruthIndex["labelOf"]>[0]): string | undefined =>
      groundTruth.labelOf(record)?.data;
    expect(dataOf({ inferenceId: "i", eventId: "e" })).toBe("by i");
    expect(dataOf({ eventId: "e" })).toBe("by e");
    expect(dataOf({ inferenceId: "x", eventId: "e" })).toBeUndefined();
    expect(dataOf({ inferenceId: "x", eventId: "e", groundTruth: own })).toBe("own");
    expect(dataOf({ eventId: "e", groundTruth: own })).toBe("by e");
    expect(dataOf({ eventId: undefined })).toBeUndefined();
    expect(countsOf(groundTruth)).toMatchObject({ matched: 0, unmatched: 0, unused: 2 });
  });

  const noId = "eventMetadata has no text under eventId";
  const noLabel = "groundTruthData has no texts under data and encoding";

  it.each<[line: string, reason: "json" | "ground_truth", detail: string, eventId?: string]>([
    ["{", "json", "the line is not one JSON value"],
    ["[1]", "json", "the line is not a JSON object"],
    [labelOf(7), "ground_truth", noId],
    ['{"groundTruthData":{}}', "ground_truth", noId],
    [labelOf("e", 1), "ground_truth", noLabel, "e"],
    [labelOf("e", "1", null), "ground_truth", noLabel, "e"],
    ['{"eventMetadata":{"eventId":"e"}}', "ground_truth", noLabel, "e"],
  ])("rejects %s", async (line, reason, detail, eventId) => {
    const { groundTruth, rejections } = await read(`${line}\n${labelOf("a")}`);
    expect(rejections).toEqual([
      { file: "labels-0", line: 1, reason, detail, eventId, text: line },
    ]);
    expect(groundTruth.tallies[0]).toMatchObject({ records: 1, rejected: { [reason]: 1 } });
  });
});

describe("openCapture with ground truth", () => {
  it("leaves out records without a label and counts what met what", async () => {
    const { groundTruth } = await read(
      ["e1", "i2", "e2", "none"].map((id) => labelOf(id)).join("\n"),
    );
    const merged = { groundTruthData: { data: "1", encoding: "CSV" } };
    const lines = [
      recordWith({ eventId: "e1" }),
      recordWith({ eventId: "e2", inferenceId: "i2" }),
      recordWith({ eventId: "e1" }),
      recordWith({ eventId: "e2", inferenceId: "x" }),
      recordWith({ eventId: "e3" }),
      recordWith({ eventId: "e4" }, merged),
      recordWith({}),
    ];
    const { batches, tallies, rejections } = await readCapture([fileOf("a", lines.join("\n"))], {
      groundTruth,
    });
    expect(batches.flatMap((batch) => batch.lines)).toEqual([1, 2, 3, 6]);
    expect([tallies[0]?.records, rejections]).toEqual([4, []]);
    expect(countsOf(groundTruth)).toEqual({
      labels: 4,
      duplicates: 0,
      matched: 4,
      unmatched: 3,
      unused: 2,
    });
  });

  it("does not count records outside the window", async () => {
    const { groundTruth } = await read(labelOf("e"));
    const line = recordWith({ eventId: "e", inferenceTime: "2026-11-20T10:10:00Z" });
    const window = { start: Date.UTC(2026, 10, 20, 10, 30) };
    const path = "e/v/2026/11/20/10/a";
    await readCapture([fileOf(path, line)], { groundTruth, window });
    expect(countsOf(groundTruth)).toMatchObject({ matched: 0, unmatched: 0, unused: 1 });
  });

  it("hands the label to the script, and only records that have one", async () => {
    const { groundTruth } = await read(labelOf("i", "yes"));
    const lines = [
      recordWith({ eventId: "e", inferenceId: "i" }),
      recordWith({ eventId: "i2" }),
      recordWith({ eventId: "i" }),
    ];
    const handed: unknown[] = [];
    const { batches } = await readCapture([fileOf("a", `${lines.join("\n")}\n`)], {
      groundTruth,
      preprocessor: {
        preprocess: async (records) => {
          handed.push(...records.map((each) => each.groundTruth));
          return records.map((each, at) =>
            at > 0
              ? { kind: "same" }
              : {
                  kind: "rows",
                  rows: [{ names: undefined, texts: [each.groundTruth!.data, "0"] }],
                },
          );
        },
      },
    });
    expect(handed).toEqual([
      { data: "yes", encoding: "CSV" },
      { data: "yes", encoding: "CSV" },
    ]);
    expect(batches[0]?.rows).toEqual([
      ["yes", "0"],
      ["1", "2"],
    ]);
    expect(countsOf(groundTruth)).toMatchObject({ matched: 2, unmatched: 1, unused: 0 });
  });

  it("joins as a join over all pairs does", async () => {
    const id = fc.constantFrom("a", "b", "c", "d");
    const record = fc.record(
      { eventId: id, inferenceId: id, own: fc.boolean() },
      { requiredKeys: ["own"] },
    );
    const labels = fc.array(fc.tuple(id, fc.constantFrom("0", "1", "2")), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(labels, fc.array(record, { maxLength: 8 }), async (pairs, records) => {
        const { groundTruth } = await read(
          pairs.map(([key, data]) => labelOf(key, data)).join("\n"),
        );
        const lines = records.map(({ own, ...metadata }) =>
          recordWith(
            metadata,
            own ? { groundTruthData: { data: "own", encoding: "CSV" } } : undefined,
          ),
        );
        const { batches } = await readCapture([fileOf("a", lines.join("\n"))], { groundTruth });
        const keyOf = ({ inferenceId, eventId }: (typeof records)[number]) =>
          inferenceId ?? eventId;
        const isLabelled = (each: (typeof records)[number]): boolean =>
          each.own || pairs.some(([key]) => key === keyOf(each));
        const kept = records.flatMap((each, at) => (isLabelled(each) ? [at + 1] : []));
        expect(batches.flatMap((batch) => batch.lines)).toEqual(kept);
        const keys = new Set(pairs.map(([key]) => key));
        const unused = [...keys].filter((key) => records.every((each) => keyOf(each) !== key));
        expect(countsOf(groundTruth)).toEqual({
          labels: keys.size,
          duplicates: pairs.length - keys.size,
          matched: kept.length,
          unmatched: records.length - kept.length,
          unused: unused.length,
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
