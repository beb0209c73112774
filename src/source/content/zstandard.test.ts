/** Zstandard where Node has it; where it has not, what is said instead. */
import { describe, expect, it } from "vitest";
import { emptyTally, readContent } from "./input-content.ts";
import { zstandard } from "./zstandard.ts";

/** "a,b\n1,2\n" in one frame, as the `zstd` command writes it without a checksum. */
const FRAME = Buffer.from("28b52ffd2008410000612c620a312c320a", "hex");

async function read(bytes: Uint8Array): Promise<string> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const input = { path: "x.csv.zst", size: undefined, chunks };
  const pieces: Uint8Array[] = [];
  for await (const piece of readContent(input, emptyTally(input.path))) {
    pieces.push(new Uint8Array(piece));
  }
  return Buffer.concat(pieces).toString();
}

describe.runIf(zstandard !== undefined)("Zstandard", () => {
  it("is unpacked", async () => {
    expect(await read(FRAME)).toBe("a,b\n1,2\n");
  });

  it("is told to be cut off", async () => {
    await expect(read(FRAME.subarray(0, -3))).rejects.toThrow(
      "x.csv.zst: the Zstandard data is corrupt or cut off; expected a whole Zstandard file. " +
        "Copy or compress the file again.",
    );
  });

  it("is refused in several frames, of which Node would read the first", async () => {
    await expect(read(Buffer.concat([FRAME, FRAME]))).rejects.toThrow(
      "x.csv.zst: holds several Zstandard frames one after another; expected one frame. " +
        "Unpack it, and compress it as a whole.",
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
