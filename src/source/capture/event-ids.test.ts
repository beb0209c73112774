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

  it("give rows added in runs their ids, which are copied before they are overwritten", () => {
    const part = fc.oneof(
      fc.record({ run: fc.array(fc.constantFrom("", "a", "é漢", "0123-4567"), { maxLength: 90 }) }),
      fc.constant({ run: undefined, id: rangeOf("one") }),
      fc.constant({ run: undefined, id: undefined }),
    );
    const ids = new EventIds();
    const memory = Buffer.alloc(2000);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12, size: "max" }), (parts) => {
        ids.clear();
        const expected: (string | undefined)[] = [];
        const same = (): void => expect(expected.map((_, row) => ids.at(row))).toEqual(expected);
        for (const each of parts) {
          ids.settle();
          if (each.run === undefined) {
            if (each.id !== undefined) ids.add(expected.length, each.id);
            expected.push(textOfRange(each.id));
            continue;
          }
          let filled = 0;
          const ends = each.run.map((text) => {
            filled += Buffer.from(memory.buffer).write(text, filled);
            return filled;
          });
          ids.addRun(expected.length, { bytes: memory, ends: Uint32Array.from(ends) });
          expected.push(...each.run);
          same();
        }
        same();
        ids.settle();
        memory.fill(0x78);
        same();
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
