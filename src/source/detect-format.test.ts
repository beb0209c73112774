import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fileOf, recordOf } from "../../fixtures/read-capture.ts";
import { detectFormat, type RecordFormat } from "./detect-format.ts";
import type { InputFormat } from "./input-formats.ts";
import type { ByteInput } from "./record-source.ts";

const CAPTURED = recordOf({ input: "1", eventId: "e" });
const LABEL = '{"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"e"}}';
const METADATA_FIRST =
  '{"eventMetadata":{"eventId":"e"},"eventVersion":"0","captureData":{"endpointInput":{}}}';

async function formatOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  said?: InputFormat,
): Promise<RecordFormat> {
  const inputs = Object.entries(files).map(([path, content]) => fileOf(path, content));
  return (await detectFormat(inputs, said)).format;
}

describe("detectFormat", () => {
  it.each<[path: string, content: string | Uint8Array, format: RecordFormat]>([
    ["a.csv", '{"a":1}', "csv"],
    ["a.csv", '[{"prefix":"s3://b/"},"a.csv"]', "transform"],
    ["a.jsonl", CAPTURED, "capture"],
    ["a", `\n ${CAPTURED}`, "capture"],
    ["a.json", METADATA_FIRST, "capture"],
    ["a", JSON.stringify(JSON.parse(CAPTURED), null, 2), "capture"],
    ["a.jsonl", `{"broken":\n{}\n${CAPTURED}`, "capture"],
    [
      "a.jsonl",
      `${CAPTURED.slice(0, -1)},"groundTruthData":{"data":"1","encoding":"CSV"}}`,
      "capture",
    ],
    ["a.jsonl", "garbage", "capture"],
    ["a.jsonl", "{\n{}\n[1]\n", "capture"],
    ["a.jsonl", '{"a":1}\n{"b":"captureData"}', "jsonl"],
    ["a", '{"a":{"captureData":1}}', "jsonl"],
    ["a.json", '[{"a":1}]', "jsonl"],
    ["a", '\ufeff[\n{"a":1}]', "jsonl"],
    ["a", '[{"prefix":"s3://b/"},"a.csv"]', "transform"],
    ["a.json", ' [ {\n"prefix": "s3://b/"}]', "transform"],
    ["a.json", '[{"a":{"prefix":1}}]', "jsonl"],
    ["a", "[1,2]\n[3,4]", "csv"],
    ["a", "id,name\n1,a", "csv"],
    ["a", gzipSync(CAPTURED), "capture"],
    ["a", gzipSync(`{"a":1}\n`.repeat(100_000)), "jsonl"],
    ["a", "", "csv"],
  ])("%s of %j is %s", async (path, content, format) => {
    expect(await formatOf({ [path]: content })).toBe(format);
  });

  it("looks into the first file of a JSON name for all of them", async () => {
    let looks = 0;
    const later: ByteInput = {
      ...fileOf("b.jsonl", CAPTURED),
      chunks: () => {
        looks += 1;
        return fileOf("b.jsonl", CAPTURED).chunks();
      },
    };
    const { format, inputs } = await detectFormat([fileOf("a.jsonl", CAPTURED), later, later]);
    expect([format, inputs.length, looks]).toEqual(["capture", 3, 0]);
  });

  it("passes over a file that tells nothing", async () => {
    expect(await formatOf({ "a.jsonl": "\n", "b.jsonl": '{"a":1}' })).toBe("jsonl");
  });

  it("looks for manifests whatever is said", async () => {
    const manifest = '[{"prefix":"s3://b/"}]';
    expect(await formatOf({ a: manifest, b: manifest }, "csv")).toBe("transform");
    expect(await formatOf({ a: manifest }, "jsonl")).toBe("transform");
    expect(await formatOf({ a: manifest }, "capture")).toBe("capture");
    expect(await formatOf({ a: CAPTURED }, "csv")).toBe("csv");
    expect(await formatOf({}, "csv")).toBe("csv");
  });

  it("does not wait for a stream of which the format is said", async () => {
    const stream: ByteInput = { ...fileOf("-", ""), size: undefined, chunks: () => expect.fail() };
    expect(await detectFormat([stream], "csv")).toEqual({ format: "csv", inputs: [stream] });
  });

  it("leaves a stream to be read from its start", async () => {
    const stream: ByteInput = { ...fileOf("-", CAPTURED), size: undefined };
    const { inputs } = await detectFormat([stream]);
    let text = "";
    for await (const chunk of inputs[0]!.chunks()) text += Buffer.from(chunk).toString();
    expect(text).toBe(CAPTURED);
  });

  it.each([
    [
      { "a.csv": "a\n1", "b.jsonl": CAPTURED },
      "the inputs mix formats: a.csv is csv, b.jsonl is capture; expected inputs of one format. " +
        "Read them in separate runs, or say which one it is with --format.",
    ],
    [
      { a: CAPTURED, b: '[{"prefix":"s3://b/"}]' },
      "the inputs mix formats: a is capture, b is a manifest of batch transforms; expected inputs " +
        "of one format. Read them in separate runs, or say which one it is with --format.",
    ],
    [
      { "labels.jsonl": LABEL },
      "labels.jsonl: holds ground truth; expected records to profile. Give it with --ground-truth " +
        "beside the captured records it belongs to.",
    ],
  ] as [Record<string, string>, string][])("refuses %j", async (files, message) => {
    await expect(formatOf(files)).rejects.toThrow(
      expect.objectContaining({ message, code: "usage" }),
    );
  });
});
