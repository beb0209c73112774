import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { casesOf } from "../../../fixtures/cases.ts";
import { fileOf, readCapture } from "../../../fixtures/read-capture.ts";
import { CaptureKernel } from "./capture-kernel.ts";
import type { CaptureOptions } from "./capture-reader.ts";
import { CaptureTemplates } from "./capture-template.ts";

/** Mostly what an endpoint writes, so that most lines are alike. */
const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, fc.constantFrom(usual, ...others));

const cell = fc.constantFrom("1", "0", "2.5", "-3", "x y", "", "é漢😀", "NA", "\u2028", "\x7f");
const cells = (length: number) =>
  fc.array(cell, { minLength: length, maxLength: length }).map((row) => row.join(","));
const odd = fc.constantFrom(
  "",
  ",",
  '"a,b",1',
  "1,2\n3,4",
  "1,2\n",
  "1,2\r\n",
  'say "x"',
  "a\\b",
  "\t1",
  "\u0000",
  "\ud800",
  '{"a":1,"x":2}',
  "MSwy",
);
const input = fc.oneof({ weight: 12, arbitrary: cells(3) }, odd, cells(2), cells(0));
const output = fc.oneof({ weight: 12, arbitrary: cells(1) }, odd, cells(2));
const encoding = mostly("CSV", "JSON", "BASE64", "csv", "");
const time = mostly("2026-11-20T10:45:00Z", "2026-11-20T10:15:00Z", "2026-11-20 09:00Z", "?", "");
const eventId = fc.oneof(
  { weight: 12, arbitrary: fc.uuid() },
  fc.constantFrom("é\u2028", "\\", ""),
);

const entries = fc.record({
  input,
  output,
  encodings: fc.tuple(encoding, encoding),
  eventId,
  time,
  inferenceId: mostly<string | undefined>(undefined, "0", "id 7"),
  extra: mostly<unknown>(undefined, null, 1, "text", "[", { a: { data: "x" } }, ["CSV"]),
  shape: mostly<string>(
    "usual",
    "no input",
    "no output",
    "null output",
    "batch",
    "reversed",
    "indented",
    "numbers",
  ),
});

type Entry = typeof entries extends fc.Arbitrary<infer T> ? T : never;

function lineOf({ shape, encodings, extra, ...entry }: Entry): string {
  const side = (mode: string, data: string, at: 0 | 1): [string, unknown][] => [
    ["observedContentType", "text/csv"],
    ["mode", mode],
    ["data", data],
    ["encoding", encodings[at]],
  ];
  const object = (keys: [string, unknown][]): object =>
    Object.fromEntries(shape === "reversed" ? keys.reverse() : keys);
  const inputSide = object(side("INPUT", entry.input, 0));
  const outputSide = object(side("OUTPUT", entry.output, 1));
  const record = object([
    [
      "captureData",
      object([
        ["endpointInput", shape === "no input" ? undefined : inputSide],
        [
          "endpointOutput",
          /no out|batch/.test(shape) ? undefined : shape === "null output" ? null : outputSide,
        ],
        ["batchTransformOutput", /batch|null/.test(shape) ? outputSide : undefined],
        ["extra", extra],
      ]),
    ],
    [
      "eventMetadata",
      object([
        ["eventId", shape === "numbers" ? 7 : entry.eventId],
        ["inferenceId", entry.inferenceId],
        ["inferenceTime", shape === "numbers" ? null : entry.time],
        ["customAttributes", extra],
      ]),
    ],
    ["eventVersion", "0"],
  ]);
  if (shape === "indented") return JSON.stringify(record, undefined, "\t").replaceAll("\n", " ");
  return JSON.stringify(record);
}

const duplicates = [
  '"data":"9,9,9",',
  '"endpointInput":null,',
  '"eventId":"twice",',
  '"encoding":"JSON",',
  '"\\u0064ata":"8",',
  '"captureData":{},',
  '"eventMetadata":{"inferenceId":"4"},',
];

const mutation = fc.record({
  kind: fc.nat(6),
  at: fc.nat(),
  length: fc.nat(40),
  byte: fc.oneof(
    fc.nat(255),
    fc.constantFrom(0x22, 0x5c, 0x2c, 0x7b, 0x7d, 0x20, 0x0d, 0xc3, 0x1f),
  ),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

/** Truncates, inserts, deletes, replaces, repeats or swaps bytes, or names a key twice. */
function mutate(line: string, { kind, at, length, byte }: Mutation): Buffer {
  const bytes = [...Buffer.from(line)];
  const place = at % (bytes.length + 1);
  if (kind === 0) bytes.length = place;
  if (kind === 1) bytes.splice(place, 0, byte);
  if (kind === 2) bytes.splice(place, 1 + length);
  if (kind === 3) bytes.splice(place, 1, byte);
  if (kind === 4) bytes.splice(place, 0, ...bytes.slice(place, place + length));
  if (kind === 5) bytes.push(...[0x20, 0x0d, 0x09, byte].slice(0, 1 + (length % 4)));
  if (kind === 6) {
    const keys = [...line.matchAll(/"[a-zA-Z]+":/g)].map((match) => match.index);
    const text = line.slice(0, keys[at % keys.length]);
    const rest = line.slice(text.length);
    return Buffer.from(`${text}${duplicates[length % duplicates.length]}${rest}`);
  }
  return Buffer.from(bytes.filter((each) => each !== 0x0a));
}

const line = fc
  .tuple(entries, fc.option(mutation, { freq: 3, nil: undefined }))
  .map(([entry, change]) =>
    change === undefined ? Buffer.from(lineOf(entry)) : mutate(lineOf(entry), change),
  );

/** The line and one alike, with other digits, so that every shape is met again. */
function twice(each: Buffer): Buffer[] {
  const newline = Buffer.from("\n");
  return [each, newline, Buffer.from(each.map((byte) => (byte === 0x32 ? 0x33 : byte))), newline];
}

const half = Date.UTC(2026, 10, 20, 10, 30);
/** Captures whose cells are read as they come. */
const plain: fc.Arbitrary<Partial<CaptureOptions>> = fc.record({
  semantics: fc.constantFrom("tidemark", "model-monitor"),
  outputColumnsPosition: fc.constantFrom("START", "END"),
  featureNames: fc.constantFrom(undefined, ["y", "a", "b", "x"], ["a"]),
});
const varied: fc.Arbitrary<Partial<CaptureOptions>> = fc.record({
  semantics: fc.constantFrom("tidemark", "model-monitor"),
  sides: fc.constantFrom("both", "both", "input", "output"),
  outputColumnsPosition: fc.constantFrom("START", "END"),
  window: fc.constantFrom({}, { start: half }),
  featureNames: fc.constantFrom(undefined, ["y", "a", "b", "x"], ["a"]),
  columns: fc.constantFrom(undefined, undefined, ["1", "0"], ["a"]),
  exclude: fc.constantFrom(undefined, undefined, ["2"]),
  nullTokens: fc.constantFrom(undefined, ["NA", "0"]),
});

const options = fc.oneof(plain, varied);

describe("CaptureTemplates", () => {
  it.each([
    ["typescript", CaptureTemplates],
    ["webassembly", CaptureKernel],
  ] as const)("change nothing of what is read, rejected or tallied: %s", async (kernel, reader) => {
    const templates = vi.spyOn(CaptureTemplates.prototype, "read");
    const laid = vi.spyOn(reader.prototype, "readInto");
    const numRuns = casesOf(250, 2_500);
    let records = 0;
    let alike = 0;
    let alikeLaid = 0;
    let read = 0;
    let rejected = 0;
    const outcome = async (content: Buffer, given: Partial<CaptureOptions>): Promise<unknown> => {
      const inputs = [
        fileOf("e/v/2026/11/20/10/a", content),
        fileOf("e/v/2026/11/20/11/b", content),
      ];
      try {
        const all = await readCapture(inputs, given);
        read += all.tallies[0]?.records ?? 0;
        rejected += all.rejections.length / 2;
        return all;
      } catch (error) {
        // Under model-monitor encodings that differ end the run.
        return String(error);
      }
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 4, maxLength: 10, size: "max" }),
        options,
        async (lines, given) => {
          records += 2 * lines.length;
          const content = Buffer.concat(lines.flatMap(twice));
          templates.mockClear();
          laid.mockClear();
          const templated = await outcome(content, { ...given, kernel });
          alike += templates.mock.results.filter(({ value }) => value === true).length / 2;
          for (const { value } of laid.mock.results) alikeLaid += (value as number) / 2;
          assert.deepEqual(
            templated,
            await outcome(content, { ...given, kernel, parsesAll: true }),
          );
        },
      ),
      { seed: 1, numRuns },
    );
    vi.restoreAllMocks();
    expect(records).toBeGreaterThan(10 * numRuns);
    expect(Math.min(alike, read, rejected)).toBeGreaterThan(2 * numRuns);
    expect(alikeLaid).toBeGreaterThan(numRuns);
  });
});
