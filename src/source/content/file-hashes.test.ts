import { createHash } from "node:crypto";
import { appendFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../fixtures/temporary-folder.ts";
import { FileHashes } from "./file-hashes.ts";
import { emptyTally } from "./input-content.ts";

const folder = temporaryFolder();
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function write(name: string, bytes: number): { path: string; content: Buffer } {
  const path = join(folder, name);
  const content = Buffer.alloc(bytes, `of ${name}, `);
  writeFileSync(path, content);
  return { path, content };
}

/** What `tell` makes of tallies that count so many bytes of files. */
async function told(
  hashes: FileHashes,
  counted: readonly (readonly [path: string, bytes: number])[],
): Promise<string[]> {
  const tallies = counted.map(([path, bytes]) => ({ ...emptyTally(path), bytes }));
  try {
    await hashes.tell(tallies);
  } finally {
    await hashes.close();
  }
  expect(tallies.map(({ path, bytes }) => [path, bytes])).toEqual(counted);
  return tallies.map((tally) => tally.sha256);
}

describe("FileHashes", () => {
  it("tells the tallies of files their hashes, in whatever order", async () => {
    const files = [0, 1, 1_048_576, 3_000_000].map((bytes) => write(`${bytes}`, bytes));
    const hashes = new FileHashes(files.map(({ path }) => path));
    const counted = [...files, files[1]!].reverse();
    expect(
      await told(
        hashes,
        counted.map(({ path, content }) => [path, content.length]),
      ),
    ).toEqual(counted.map(({ content }) => sha256(content)));
  });

  it("tells the hash of the bytes that were counted where a file has grown since", async () => {
    const { path, content } = write("grown", 2_000_000);
    appendFileSync(path, "and more");
    expect(await told(new FileHashes([path]), [[path, content.length]])).toEqual([sha256(content)]);
  });

  it("hashes in this thread where the other one can not start, or could not read", async () => {
    const { path, content } = write("late", 1000);
    const counted = [[path, content.length]] as const;
    const script = new URL("./no-such-worker.js", import.meta.url);
    const broken = new FileHashes([path], undefined, script);
    expect(await told(broken, counted)).toEqual([sha256(content)]);
    const missing = new FileHashes([join(folder, "missing")]);
    expect(await told(missing, counted)).toEqual([sha256(content)]);
  });

  it("fails where a file that was read is there no more", async () => {
    const gone = join(folder, "gone");
    await expect(told(new FileHashes([gone]), [[gone, 5]])).rejects.toThrow(`${gone}: `);
  });

  it("hears a stop while the other thread hashes, and while this one does", async () => {
    // As long as it takes seconds to hash, all of it a hole.
    const { path } = write("stopped", 0);
    const bytes = 2 ** 34;
    truncateSync(path, bytes);
    for (const source of ["setInterval(() => {}, 1000)", "throw new Error()"]) {
      const script = new URL(`data:text/javascript,${source}`);
      const stop = new AbortController();
      setTimeout(() => stop.abort("SIGTERM"), 300);
      const hashes = new FileHashes([path], stop.signal, script);
      await expect(told(hashes, [[path, bytes]])).rejects.toBe("SIGTERM");
    }
  });

  it("can be closed before it has told", async () => {
    await new FileHashes([write("left", 5_000_000).path]).close();
  });
});
