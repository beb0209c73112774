import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLines } from "./line-reader.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

async function* chunksOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bounds = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length];
  bounds.sort((a, b) => a - b);
  const chunk = new Uint8Array(bytes.length);
  for (let i = 1; i < bounds.length; i += 1) {
    const part = bytes.subarray(bounds[i - 1], bounds[i]);
    chunk.fill(0x78).set(part);
    yield chunk.subarray(0, part.length);
  }
}

type Seen = [number: number, text: string, isCut: boolean];

async function linesOf(
  text: string,
  cuts: readonly number[] = [],
  bytesMax = 100,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const lines of readLines(chunksOf(encoder.encode(text), cuts), bytesMax)) {
    for (const { number, bytes, isCut } of lines.rest()) {
      seen.push([number, decoder.decode(bytes), isCut]);
    }
    while (lines.next() !== undefined);
  }
  return seen;
}

describe("readLines", () => {
  it.each<[text: string, lines: [number, string][]]>([
    ["", []],
    ["\n", []],
    ["a", [[1, "a"]]],
    ["a\n", [[1, "a"]]],
    [
      "a\nbc",
      [
        [1, "a"],
        [2, "bc"],
      ],
    ],
    ["\n \t\r\n\n a\r\n", [[4, " a\r"]]],
  ])("reads %j", async (text, lines) => {
    expect(await linesOf(text)).toEqual(lines.map((line) => [...line, false]));
  });

  it("cuts a long line and reads on after it", async () => {
    const text = "12345678\n1234\n12345";
    const lines = [
      [1, "1234", true],
      [2, "1234", false],
      [3, "1234", true],
    ];
    expect(await linesOf(text, [], 4)).toEqual(lines);
    expect(await linesOf(text, [2, 6, 7, 15], 4)).toEqual(lines);
  });

  it("does not see how the bytes arrive", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "é", "\n", "\r", " ") });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(fc.nat(200)),
        fc.integer({ min: 1, max: 9 }),
        async (t, c, m) => {
          expect(await linesOf(t, c, m)).toEqual(await linesOf(t, [], m));
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it("carries a line through many chunks", async () => {
    const text = `${"x".repeat(200_000)}\ny`;
    const cuts = Array.from({ length: 2000 }, (_, i) => i * 100);
    const lines = await linesOf(text, cuts, 1 << 20);
    expect(lines.map(([number, line]) => [number, line.length])).toEqual([
      [1, 200_000],
      [2, 1],
    ]);
  });
});
