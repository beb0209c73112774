import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeUtf8 } from "./utf8.ts";

async function decode(chunks: Uint8Array[]): Promise<{ text: string; invalid: number }> {
  const tally = { invalidUtf8: 0 };
  const parts: Buffer[] = [];
  async function* source(): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) {
      const reused = Buffer.from(chunk);
      yield reused;
      reused.fill(0x21);
    }
  }
  for await (const part of decodeUtf8(source(), tally)) parts.push(Buffer.from(part));
  return { text: Buffer.concat(parts).toString("latin1"), invalid: tally.invalidUtf8 };
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const latin1 = (text: string): string => Buffer.from(text).toString("latin1");

/** Pieces that meet each other in hostile ways. */
const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 4 }).map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 4 }).map((part) => Buffer.from(part)),
  fc.constantFrom(
    Buffer.from("é"),
    Buffer.from("€"),
    Buffer.from("😀"),
    Buffer.from("\ufffd"),
    Buffer.from([0xef, 0xbb, 0xbf]),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from([0xf0, 0x9f]),
    Buffer.from([0xe0, 0x80]),
  ),
);

describe("UTF-8 decoding", () => {
  test("passes valid text untouched and counts nothing", async () => {
    const chunk = Buffer.from("a,é,€,😀,\ufffd\n");
    const tally = { invalidUtf8: 0 };
    async function* source(): AsyncGenerator<Uint8Array> {
      yield chunk;
    }
    for await (const part of decodeUtf8(source(), tally)) expect(part.buffer).toBe(chunk.buffer);
    expect(tally.invalidUtf8).toBe(0);
  });

  test("drops a byte order mark at the very start only", async () => {
    const mark = bytes(0xef, 0xbb, 0xbf);
    expect(await decode([mark, Buffer.from("a"), mark])).toEqual({
      text: latin1("a\ufeff"),
      invalid: 0,
    });
    expect(await decode([bytes(0xef), bytes(0xbb), bytes(0xbf), bytes(0x61)])).toEqual({
      text: "a",
      invalid: 0,
    });
    expect(await decode([mark, mark])).toEqual({ text: latin1("\ufeff"), invalid: 0 });
  });

  test.each([
    ["a byte that never occurs", bytes(0x61, 0xff, 0x62), "a\ufffdb", 1],
    ["a continuation without a lead", bytes(0x80), "\ufffd", 1],
    ["a sequence cut off by the end", bytes(0x61, 0xf0, 0x9f, 0x98), "a\ufffd", 1],
    ["a sequence cut off by a letter", bytes(0xe2, 0x82, 0x61), "\ufffda", 1],
    ["an overlong sequence", bytes(0xe0, 0x80, 0x80), "\ufffd\ufffd\ufffd", 3],
    ["a surrogate", bytes(0xed, 0xa0, 0x80), "\ufffd\ufffd\ufffd", 3],
    ["a true U+FFFD beside a false one", bytes(0xef, 0xbf, 0xbd, 0xff), "\ufffd\ufffd", 1],
  ])("replaces %s", async (_, input, text, invalid) => {
    expect(await decode([input])).toEqual({ text: latin1(text), invalid });
  });

  test("does not depend on where chunks are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 20 }),
        async (pieces, sizes) => {
          const whole = Buffer.concat(pieces);
          const chunks: Uint8Array[] = [];
          let from = 0;
          for (let at = 0; from < whole.length; at++) {
            const size = sizes[at % sizes.length]! + (sizes.every((each) => each === 0) ? 1 : 0);
            chunks.push(whole.subarray(from, from + size));
            from += size;
          }
          const expected = new TextDecoder().decode(whole);
          const once = await decode([whole]);
          expect(once.text).toBe(latin1(expected));
          expect(await decode(chunks)).toEqual(once);
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });
});
