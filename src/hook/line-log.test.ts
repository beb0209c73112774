/** Lines of a stream, however its bytes arrive. */
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { LineLog } from "./line-log.ts";

async function linesOf(...pieces: readonly (string | Uint8Array)[]) {
  const lines: string[] = [];
  const log = new LineLog((line) => lines.push(line));
  const stream = new PassThrough();
  const read = log.read(stream);
  for (const piece of pieces) stream.write(piece);
  stream.end();
  await read;
  return { lines, last: log.lastLines };
}

describe("LineLog", () => {
  it("joins pieces, splits characters nowhere and hands on an open last line", async () => {
    const bytes = Buffer.from("é\r\n\nx");
    const { lines, last } = await linesOf("a", "b\nc\n", bytes.subarray(0, 1), bytes.subarray(1));
    expect(lines).toEqual(["ab", "c", "é", "", "x"]);
    expect(last).toEqual(["c", "é", "x"]);
  });

  it("has nothing of an empty stream, and cuts a line without end", async () => {
    expect(await linesOf()).toEqual({ lines: [], last: [] });
    const { lines } = await linesOf("x".repeat(9000), "y".repeat(10), "\n");
    expect(lines).toEqual(["x".repeat(9000), "y".repeat(10)]);
  });
});
