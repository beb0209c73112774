import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContentUnits, UNIT_BYTES, unitOf, unitStart } from "./content-units.ts";

const MIB: number = 1024 * 1024;

describe("units of content", () => {
  it("begin at a quarter of a unit, and then at every multiple", () => {
    const starts = [0, 1, 2, 3, 4].map((number) => unitStart(number, UNIT_BYTES) / MIB);
    expect(starts).toEqual([0, 16, 64, 128, 192]);
  });

  it("hold the bytes from their start to the next one's", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 4, max: 1000 }), (number, unitBytes) => {
        const [start, next] = [unitStart(number, unitBytes), unitStart(number + 1, unitBytes)];
        expect(start).toBeLessThan(next);
        expect([unitOf(start, unitBytes), unitOf(next - 1, unitBytes)]).toEqual([number, number]);
      }),
    );
  });

  it("are cut behind the first newline there, however the content arrives", async () => {
    const text = Buffer.from("ab\ncdefgh\ni\n\njklmnopqr\nst");
    for (const size of [1, 2, 3, 100]) {
      const units = new ContentUnits(8);
      const cuts: number[] = [];
      for await (const _ of units.split(pieces(text, size))) {
        if (units.takeCut()) cuts.push(units.offset);
      }
      if (units.takeCut()) cuts.push(units.offset);
      expect(cuts).toEqual([3, 10, 23, 25]);
    }
  });
});

async function* pieces(text: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size);
}
