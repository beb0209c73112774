import fc from "fast-check";
import { compress } from "lz4js";
import { describe, expect, it } from "vitest";
import { decompressLz4 } from "./lz4-frames.ts";

describe("LZ4 frames", () => {
  it("give back what another implementation packed", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 5000 }),
      fc
        .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(3000))
        .map(([piece, times]) => Buffer.concat(Array.from({ length: times }, () => piece))),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        const unpacked = decompressLz4(compress(content), content.length);
        expect(Buffer.compare(unpacked, content)).toBe(0);
      }),
    );
  });

  it("end with a RangeError where bytes are wrong, and never write beyond what is asked for", () => {
    const frame = compress(Buffer.from("to and fro and ".repeat(50)));
    fc.assert(
      fc.property(fc.nat(frame.length - 1), fc.nat(255), (at, byte) => {
        const changed = new Uint8Array(frame);
        changed[at] = byte;
        try {
          expect(decompressLz4(changed, 800).length).toBeLessThanOrEqual(800);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
