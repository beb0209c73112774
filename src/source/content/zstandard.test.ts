/** Zstandard where Node has it; where it has not, what is said instead. */
import * as zlib from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyTally, readContent } from "./input-content.ts";
import { zstandard } from "./zstandard.ts";

/** "a,b\n1,2\n" in one frame, as the `zstd` command writes it without a checksum. */
const FRAME = Buffer.from("28b52ffd2008410000612c620a312c320a", "hex");
/** As `pzstd` writes before each frame. */
const SKIPPABLE = Buffer.from("502a4d180400000011000000", "hex");
const CUT_OFF =
  "x.csv.zst: the Zstandard data is corrupt or cut off; expected a whole Zstandard file. " +
  "Copy or compress the file again.";

async function read(bytes: Uint8Array, chunkBytes: number = bytes.length): Promise<string> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      yield bytes.subarray(at, at + chunkBytes);
    }
  }
  const input = { path: "x.csv.zst", size: undefined, chunks };
  const pieces: Uint8Array[] = [];
  for await (const piece of readContent(input, emptyTally(input.path))) {
    pieces.push(new Uint8Array(piece));
  }
  return Buffer.concat(pieces).toString();
}

describe.runIf(zstandard !== undefined)("Zstandard", () => {
  const compress = (text: string): Buffer =>
    (zlib as unknown as { zstdCompressSync: (text: string) => Buffer }).zstdCompressSync(text);

  it("is unpacked", async () => {
    expect(await read(FRAME)).toBe("a,b\n1,2\n");
  });

  it("is told to be cut off, wherever it is", async () => {
    for (let length = 5; length < FRAME.length; length++) {
      await expect(read(FRAME.subarray(0, length))).rejects.toThrow(CUT_OFF);
    }
  });

  it.each([
    ["what is no frame", Buffer.concat([FRAME, Buffer.from("more")])],
    ["a frame that is cut off", Buffer.concat([FRAME, FRAME.subarray(0, 9)])],
  ])("is told to be corrupt by %s behind it", async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(CUT_OFF);
  });

  it("is one content in several frames, as gzip is in several members", async () => {
    const parallel = Buffer.concat([SKIPPABLE, FRAME, SKIPPABLE, FRAME]);
    expect(await read(Buffer.concat([FRAME, parallel]))).toBe("a,b\n1,2\n".repeat(3));
  });

  it("gives back any texts, however many frames and chunks hold them", async () => {
    const text = fc.string({ maxLength: 20 }).chain((unit) => {
      return fc.integer({ min: 1, max: 40_000 }).map((times) => unit.repeat(times));
    });
    const texts = fc.array(text, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 70_000 }), async (parts, chunkBytes) => {
        const bytes = Buffer.concat(parts.map(compress));
        expect((await read(bytes, chunkBytes)) === parts.join("")).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe.runIf(zstandard === undefined)("Zstandard on an older Node", () => {
  it("is refused with the version that reads it", async () => {
    await expect(read(FRAME)).rejects.toThrow(
      "x.csv.zst: is compressed with Zstandard, which this Node can not read; " +
        "expected gzip, no compression, or Node 22.15 and later. " +
        "Run a newer Node, or unpack the file first.",
    );
  });
});
