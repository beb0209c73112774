import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitFrames } from "./zstandard-frames.ts";

const FRAMES = {
  // Of "a,b\n1,2\n", as libzstd writes it by default, with a checksum, and without a size.
  plain: "28b52ffd2008410000612c620a312c320a",
  withChecksum: "28b52ffd2408410000612c620a312c320a35e7cace",
  withoutSize: "28b52ffd0000410000612c620a312c320a",
  empty: "28b52ffd2000010000",
  // A compressed block of 3,000 times "1", then by hand: a run of one byte, and two raw blocks.
  compressed: "28b52ffd60b80a4d00001031310100b3f30116",
  repeated: "28b52ffd200843000031",
  blocks: "28b52ffd2002080000610900002c",
  // An identity of a dictionary of four bytes, a size of eight.
  withDictionary: "28b52ffde301000000010000000000000009000061",
} as const;
const SKIPPABLE = ["5a2a4d1803000000010203", "502a4d1800000000"] as const;

const bytesOf = (hex: string): Buffer => Buffer.from(hex, "hex");
const anyFrame = fc.constantFrom(...Object.values(FRAMES), ...SKIPPABLE);

/** The frames of data that comes in chunks of a size, each chunk overwritten by the next. */
async function framesOf(data: Uint8Array, chunkBytes: number): Promise<string[]> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const chunk = Buffer.alloc(chunkBytes);
    for (let at = 0; at < data.length; at += chunkBytes) {
      const part = data.subarray(at, at + chunkBytes);
      chunk.fill(0xff).set(part);
      yield chunk.subarray(0, part.length);
    }
  }
  const frames: string[] = [];
  for await (const frame of splitFrames(chunks())) {
    let hex = "";
    for await (const piece of frame) hex += Buffer.from(piece).toString("hex");
    frames.push(hex);
  }
  return frames;
}

describe("splitFrames", () => {
  it.each(Object.entries(FRAMES))("finds the end of a frame: %s", async (_, hex) => {
    expect(await framesOf(bytesOf(hex), hex.length)).toEqual([hex]);
  });

  it("finds frames wherever chunks are cut, and passes over others", async () => {
    const parts = fc.array(anyFrame, { maxLength: 6 });
    const isSkipped = (hex: string): boolean => SKIPPABLE.some((each) => each === hex);
    await fc.assert(
      fc.asyncProperty(parts, fc.integer({ min: 1, max: 40 }), async (hexes, chunkBytes) => {
        const frames = await framesOf(bytesOf(hexes.join("")), chunkBytes);
        expect(frames).toEqual(hexes.filter((hex) => !isSkipped(hex)));
      }),
    );
  });

  it("tells a frame that is cut off anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(anyFrame, fc.nat(), async (hex, at) => {
        const frame = bytesOf(hex);
        const cut = Buffer.concat([
          bytesOf(FRAMES.plain),
          frame.subarray(0, 1 + (at % (frame.length - 1))),
        ]);
        await expect(framesOf(cut, 8)).rejects.toThrow("a frame of Zstandard is cut off");
      }),
    );
  });

  it("tells what is no frame", async () => {
    const data = bytesOf(`${FRAMES.plain}00000000`);
    await expect(framesOf(data, 8)).rejects.toThrow("no frame of Zstandard");
  });
});
