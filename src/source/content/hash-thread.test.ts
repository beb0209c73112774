import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileOf } from "../../../fixtures/read-capture.ts";
import { HashThread } from "./hash-thread.ts";
import { emptyTally, readContent } from "./input-content.ts";

const MEBIBYTE = 1024 * 1024;

let thread: HashThread;

beforeEach(async () => {
  thread = new HashThread();
  while (!thread.isFree) await setTimeout(1);
});

afterEach(async () => {
  await thread.close();
});

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("HashThread", () => {
  it("hashes contents of any chunks, read into its room or not", () => {
    const chunk = fc.record({
      bytes: fc.uint8Array({ maxLength: 50, size: "max" }),
      isRoomTaken: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(fc.array(chunk, { maxLength: 6 }), { maxLength: 12 }), (contents) => {
        const told: string[] = [];
        for (const chunks of contents) {
          for (const { bytes, isRoomTaken } of chunks) {
            const room = thread.room(60)!;
            if (isRoomTaken) room.set(bytes);
            thread.update(isRoomTaken ? room.subarray(0, bytes.length) : bytes);
          }
          thread.end((hash) => told.push(hash));
        }
        thread.finish();
        const whole = contents.map((chunks) => Buffer.concat(chunks.map(({ bytes }) => bytes)));
        expect(told).toEqual(whole.map(sha256));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("hashes what does not fit its room, and forgets what nobody wants", () => {
    expect(thread.room(MEBIBYTE + 1)).toBeUndefined();
    const bytes = Buffer.alloc(9 * MEBIBYTE + 5, "tidemark");
    const told: string[] = [];
    thread.update(Buffer.from("half a content"));
    thread.end();
    thread.update(bytes);
    thread.end((hash) => told.push(hash));
    thread.finish();
    expect(told).toEqual([sha256(bytes)]);
  });

  it("fills tallies, but not of a content that was left", async () => {
    const [whole, left] = [emptyTally("whole"), emptyTally("left")];
    const file = fileOf("x", "a,b\n".repeat(50_000), [70_000, 140_000]);
    for await (const _ of readContent(file, left, undefined, thread)) break;
    for await (const _ of readContent(file, whole, undefined, thread));
    thread.finish();
    expect(left.sha256).toBe("");
    expect(whole).toMatchObject({
      bytes: 200_000,
      sha256: sha256(Buffer.from("a,b\n".repeat(50_000))),
    });
  });
});
