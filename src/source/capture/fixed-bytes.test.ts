import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FixedBytes } from "./fixed-bytes.ts";

const encoder = new TextEncoder();
const texts = fc.string({ unit: fc.constantFrom("a", "b", "0", '"', "é", "漢", "😀", "\x7f") });

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

describe("FixedBytes", () => {
  it("stand where the same bytes stand, and nowhere else", () => {
    fc.assert(
      fc.property(texts, texts, texts, fc.nat(60), (before, text, behind, place) => {
        const looked = encoder.encode(text);
        const bytes = encoder.encode(before + text + behind);
        const at = place % (bytes.length + 1);
        const expected = Buffer.compare(bytes.subarray(at, at + looked.length), looked) === 0;
        const fixed = new FixedBytes(looked);
        expect(fixed.length).toBe(looked.length);
        expect(fixed.standAt(viewOf(bytes), at, bytes.length)).toBe(expected);
        const own = encoder.encode(before).length;
        expect(fixed.standAt(viewOf(bytes), own, bytes.length)).toBe(true);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it("see every byte", () => {
    const looked = encoder.encode('{"captureData":{"endpointInput":é');
    const fixed = new FixedBytes(looked);
    for (let at = 0; at < looked.length; at++) {
      for (const change of [1, 0x20, 0x80]) {
        const bytes = new Uint8Array(looked);
        bytes[at]! ^= change;
        expect(fixed.standAt(viewOf(bytes), 0, bytes.length)).toBe(false);
      }
    }
  });

  it("do not stand beyond the end, whatever lies there", () => {
    const bytes = encoder.encode("0123456789");
    const fixed = new FixedBytes(encoder.encode("456789"));
    expect(fixed.standAt(viewOf(bytes), 4, 10)).toBe(true);
    expect(fixed.standAt(viewOf(bytes), 4, 9)).toBe(false);
    expect(new FixedBytes(new Uint8Array(0)).standAt(viewOf(bytes), 10, 10)).toBe(true);
  });
});
