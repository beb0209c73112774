import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventIds, textOfRange } from "./event-ids.ts";

function rangeOf(text: string): { bytes: Uint8Array; from: number; to: number } {
  const bytes = new TextEncoder().encode(`[${text}]`);
  return { bytes, from: 1, to: bytes.length - 1 };
}

describe("textOfRange", () => {
  it("makes the text of a range and leaves a text as it is", () => {
    expect(textOfRange(rangeOf("é漢"))).toBe("é漢");
    expect(textOfRange("\ud800")).toBe("\ud800");
    expect(textOfRange(undefined)).toBeUndefined();
  });
});

describe("EventIds", () => {
  it("give each row its id, however it came, once and after another batch", () => {
    const id = fc.oneof(
      fc.constant(undefined),
      fc.string({ unit: fc.constantFrom("a", "é", "漢") }).map(rangeOf),
      fc.string({ unit: "binary" }),
      fc.constant("\ud800"),
    );
    const ids = new EventIds();
    fc.assert(
      fc.property(fc.array(id, { maxLength: 300, size: "max" }), (added) => {
        ids.clear();
        for (const [row, each] of added.entries()) ids.add(row, each);
        expect(ids.isEmpty).toBe(added.every((each) => each === undefined));
        expect(added.map((_, row) => ids.at(row))).toEqual(added.map(textOfRange));
        expect(ids.at(added.length)).toBeUndefined();
      }),
      { seed: 1 },
    );
  });

  it("keep a range's text when its bytes are overwritten", () => {
    const ids = new EventIds();
    const range = rangeOf("one");
    ids.add(0, range);
    range.bytes.fill(0x78);
    expect(ids.at(0)).toBe("one");
  });
});
