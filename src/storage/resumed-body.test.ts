import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageOf } from "../../fixtures/scenario.ts";
import { resumedBody } from "./resumed-body.ts";

const URL = "s3://bucket/key";
const TIMES = { pauseMs: 0, silenceMs: 20 };

/** How one reply ends after so many bytes. */
type End = "breaks" | "ends" | "falls silent";

function bodyOf(bytes: Buffer, length: number, end: End): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let at = 0; at < length; at += 7) yield bytes.subarray(at, Math.min(at + 7, length));
    if (end === "breaks") throw new Error("ECONNRESET");
    if (end === "falls silent") await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return Readable.from(chunks());
}

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

describe("resumedBody", () => {
  it("gives the body's bytes however replies end, and asks for none of them twice", async () => {
    const ends = fc.array(
      fc.tuple(
        fc.nat({ max: 300 }),
        // Silence is waited for, so that it is seldom.
        fc.constantFrom<End>("breaks", "breaks", "breaks", "ends", "ends", "ends", "falls silent"),
      ),
      { maxLength: 7 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), ends, async (content, replies) => {
        const bytes = Buffer.from(content);
        const offsets: number[] = [];
        const open = async (offset: number): Promise<Readable> => {
          const rest = bytes.subarray(offset);
          const [length, end] = replies[offsets.push(offset) - 1] ?? [rest.length, "ends"];
          return bodyOf(rest, Math.min(length, rest.length), end);
        };
        const request = { url: URL, length: bytes.length, open, ...TIMES };
        // A reply that fails after the last byte is one whose checksum is another.
        let [at, isCorrupt] = [0, false];
        for (const [length, end] of replies) {
          if (at >= bytes.length) break;
          at += Math.min(length, bytes.length - at);
          isCorrupt = at === bytes.length && end !== "ends";
        }
        const read = collect(resumedBody(request));
        if (isCorrupt) await expect(read).rejects.toThrow("not those that were stored");
        else expect(await read).toEqual(bytes);
        expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it("gives up where a body never comes to its end", async () => {
    let asked = 0;
    const open = async (): Promise<Readable> => {
      asked += 1;
      return bodyOf(Buffer.alloc(10), asked === 1 ? 4 : 0, "breaks");
    };
    const read = collect(resumedBody({ url: URL, length: 10, open, ...TIMES }));
    expect(await messageOf(read)).toBe(
      `${URL}: the object broke off 8 times, last after 4 of 10 bytes; expected an object store ` +
        "that sends it to its end. Check the network and run again.",
    );
    expect(asked).toBe(8);
  });

  it("counts anew once a body flows", async () => {
    const MIB = 1024 * 1024;
    const length = 12 * MIB;
    let asked = 0;
    const open = async (): Promise<Readable> => {
      asked += 1;
      return Readable.from(
        (async function* () {
          yield Buffer.alloc(MIB);
          throw new Error("ECONNRESET");
        })(),
      );
    };
    const chunks = resumedBody({ url: URL, length: length + 1, open, ...TIMES });
    let read = 0;
    while (read < length) read += (await chunks.next()).value!.length;
    expect(asked).toBe(12);
    await chunks.return(undefined);
  });

  it("refuses more bytes than there are", async () => {
    const open = async (): Promise<Readable> => Readable.from([Buffer.alloc(11)]);
    const read = collect(resumedBody({ url: URL, length: 10, open, ...TIMES }));
    expect(await messageOf(read)).toBe(
      `${URL}: the bytes that came are not those that were stored; expected bytes of the ` +
        "object's length and checksum. Run again; if it stays so, store the object again.",
    );
  });

  it("hands on the faults of asking, and stops when it is told to", async () => {
    const open = async (): Promise<Readable> => {
      throw new Error("denied");
    };
    await expect(collect(resumedBody({ url: URL, length: 1, open, ...TIMES }))).rejects.toThrow(
      "denied",
    );
    const abort = new AbortController();
    const request = {
      url: URL,
      length: 10,
      open: async () => {
        abort.abort("SIGINT");
        return bodyOf(Buffer.alloc(10), 3, "breaks");
      },
      signal: abort.signal,
      ...TIMES,
      pauseMs: 60_000,
    };
    await expect(collect(resumedBody(request))).rejects.toBe("SIGINT");
  });
});
