import { describe, expect, it } from "vitest";
import { parseCaptureRecord, type Sides } from "./capture-record.ts";

const input = { observedContentType: "text/csv", mode: "INPUT", data: "1,2", encoding: "CSV" };
const output = { ...input, mode: "OUTPUT", data: "0.5" };
const eventMetadata = { eventId: "e-1", inferenceTime: "2026-11-20T10:20:48Z" };

function parse(record: unknown, sides: Sides = "both"): object {
  return parseCaptureRecord(JSON.stringify(record), sides);
}

const side = (data: string) => ({ data, encoding: "CSV", contentType: "text/csv" });

describe("parseCaptureRecord", () => {
  it("reads both sides, the event's id and its time", () => {
    const captureData = { endpointInput: input, endpointOutput: output };
    const expected = { ...eventMetadata, input: side("1,2"), output: side("0.5") };
    expect(parse({ captureData, eventMetadata, eventVersion: "0" })).toEqual(expected);
    expect(parse({ unknown: [1], eventVersion: "0", eventMetadata, captureData })).toEqual(
      expected,
    );
  });

  it("reads a record without metadata, content type or the other side", () => {
    const { observedContentType: _, ...untyped } = input;
    for (const captureData of [
      { endpointInput: untyped },
      { endpointInput: untyped, endpointOutput: null },
    ]) {
      expect(parse({ captureData, eventMetadata: { eventId: 7 } })).toEqual({
        input: { data: "1,2", encoding: "CSV" },
      });
    }
  });

  it("reads a batch transform's output where there is no endpoint output", () => {
    expect(parse({ captureData: { batchTransformOutput: output } })).toEqual({
      output: side("0.5"),
    });
    const captureData = { batchTransformOutput: input, endpointOutput: output };
    expect(parse({ captureData })).toEqual({ output: side("0.5") });
  });

  it("looks only at the sides asked for", () => {
    const captureData = { endpointInput: input, endpointOutput: { data: 5 } };
    expect(parse({ captureData }, "input")).toEqual({ input: side("1,2") });
    expect(parse({ captureData: { endpointInput: 1, endpointOutput: output } }, "output")).toEqual({
      output: side("0.5"),
    });
  });

  it.each([
    ["", "json", "the line is not one JSON value"],
    ['{"captureData":{"endpointInput"', "json", "the line is not one JSON value"],
    ["{} {}", "json", "the line is not one JSON value"],
    ["[1]", "json", "the line is not a JSON object"],
    ["null", "json", "the line is not a JSON object"],
    ['"text"', "json", "the line is not a JSON object"],
    ["{}", "no_capture_data", "the record has no object captureData"],
    ['{"captureData":[]}', "no_capture_data", "the record has no object captureData"],
  ])("refuses %j", (line, reason, detail) => {
    expect(parseCaptureRecord(line, "both")).toEqual({ reason, detail });
  });

  it.each<[captureData: object, sides: Sides, reason: string, detail: string]>([
    [{}, "both", "no_capture_data", "captureData has no endpointInput or endpointOutput"],
    [{ endpointOutput: output }, "input", "no_capture_data", "captureData has no endpointInput"],
    [{ endpointInput: input }, "output", "no_capture_data", "captureData has no endpointOutput"],
    [{ endpointInput: "1,2" }, "both", "no_capture_data", "endpointInput has no text under data"],
    [
      { batchTransformOutput: { ...output, data: { a: 1 } } },
      "both",
      "no_capture_data",
      "batchTransformOutput has no text under data",
    ],
    [
      { endpointInput: input, endpointOutput: { data: "1" } },
      "both",
      "encoding",
      "endpointOutput has no text under encoding",
    ],
  ])(
    "refuses captureData %j, and says whose it was and when",
    (captureData, sides, reason, detail) => {
      expect(parse({ captureData, eventMetadata }, sides)).toEqual({
        reason,
        detail,
        ...eventMetadata,
      });
    },
  );
});
