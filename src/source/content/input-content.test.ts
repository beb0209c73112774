import { createHash, randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../fixtures/temporary-folder.ts";
import { readFile } from "../../storage/local-files.ts";
import type { ChunkRoom } from "../../storage/storage.ts";
import type { InputTally } from "../record-source.ts";
import { emptyTally, readContent } from "./input-content.ts";

async function read(
  stored: Buffer,
  chunkBytes: number,
): Promise<{ content: Buffer; tally: InputTally }> {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    const reused = Buffer.alloc(chunkBytes);
    for (let from = 0; from < stored.length; from += chunkBytes) {
      const length = stored.copy(reused, 0, from, from + chunkBytes);
      yield reused.subarray(0, length);
      reused.fill(0);
    }
  }
  const tally = emptyTally("x");
  const parts: Buffer[] = [];
  for await (const part of readContent({ path: "x", size: undefined, chunks }, tally)) {
    parts.push(Buffer.from(part));
  }
  return { content: Buffer.concat(parts), tally };
}

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Sizes of the chunks of a file of 1.5 MiB, of which room for all may be offered. */
async function chunkSizes(room?: ChunkRoom): Promise<number[]> {
  const path = join(temporaryFolder(), "x.csv");
  writeFileSync(path, Buffer.alloc(1.5 * 1024 * 1024, "1\n"));
  const chunks = (offered?: ChunkRoom) => readFile(path, undefined, offered);
  const sizes: number[] = [];
  for await (const chunk of readContent({ path, size: 0, chunks }, emptyTally(path), room)) {
    sizes.push(chunk.length / 1024);
  }
  return sizes;
}

describe("the content of an input", () => {
  test("is read in small chunks at first only where room for the others will be offered", async () => {
    const room = new Uint8Array(2 * 1024 * 1024);
    expect(await chunkSizes((bytes) => room.subarray(0, bytes))).toEqual([64, 1024, 448]);
    expect(await chunkSizes()).toEqual([1024, 512]);
  });

  test.each([1, 2, 3, 7, 1000])(
    "is its bytes, counted and hashed, in chunks of %i",
    async (size) => {
      const stored = randomBytes(500);
      stored[0] = 0x61;
      const { content, tally } = await read(stored, size);
      expect(content.equals(stored)).toBe(true);
      expect(tally).toMatchObject({ bytes: 500, sha256: sha256(stored) });
    },
  );

  test.each([1, 3, 50, 100_000])("is inflated from gzip in chunks of %i", async (size) => {
    const text = Buffer.from("a,b\n1,2\n".repeat(5000));
    const stored = Buffer.concat([gzipSync(text.subarray(0, 999)), gzipSync(text.subarray(999))]);
    const { content, tally } = await read(stored, size);
    expect(content.equals(text)).toBe(true);
    expect(tally).toMatchObject({ bytes: stored.length, sha256: sha256(stored) });
  });

  test("is empty for an empty file", async () => {
    const { content, tally } = await read(Buffer.alloc(0), 10);
    expect(content.length).toBe(0);
    expect(tally).toEqual({ ...emptyTally("x"), sha256: sha256(Buffer.alloc(0)) });
  });

  test("is refused when gzip is cut off or corrupt", async () => {
    const message =
      "x: the gzip data is corrupt or cut off; expected a whole gzip file. " +
      "Copy or compress the file again.";
    const stored = gzipSync(randomBytes(1000));
    const saying = expect.objectContaining({ message, code: "input" });
    await expect(read(stored.subarray(0, 500), 100)).rejects.toThrow(saying);
    stored[stored.length - 6]! ^= 0xff;
    await expect(read(stored, 100)).rejects.toThrow(saying);
  });

  test("passes on the errors of the stored bytes", async () => {
    const failure = new Error("the disk is gone");
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      throw failure;
    }
    const content = readContent({ path: "x", size: undefined, chunks }, emptyTally("x"));
    await expect(async () => {
      for await (const _ of content);
    }).rejects.toBe(failure);
  });
});
