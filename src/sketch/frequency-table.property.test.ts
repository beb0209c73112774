import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrequencyTable } from "./frequency-table.ts";

const encoder = new TextEncoder();

/** Texts that are easily confused: few characters, all lengths, one to four bytes a character. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "\0"), maxLength: 10 }),
  fc.string({ unit: fc.constantFrom("0", "1", "."), maxLength: 20 }),
  fc.string({ unit: fc.constantFrom("é", "日", "🚀", "x"), maxLength: 6 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
);

describe("FrequencyTable", () => {
  it("counts as a map of strings does, up to its cap", () => {
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 300 }),
        fc.constantFrom(0, 3, 20, 1024),
        fc.array(text, { maxLength: 6 }),
        (texts, textsMax, pinned) => {
          const table = new FrequencyTable({ textsMax, pinned });
          const oracle = new Map<string, number>();
          let other = 0;
          let unpinned = 0;
          let isOverflown = false;
          for (const cell of texts) {
            const bytes = encoder.encode(`<${cell}>`);
            const isKnown = table.count(bytes, 1, bytes.length - 1);
            const isPinned = pinned.includes(cell);
            const before = oracle.get(cell) ?? 0;
            expect(isKnown).toBe(before > 0);
            if (before === 0 && !isPinned) {
              isOverflown ||= unpinned === textsMax;
              if (!isOverflown) unpinned += 1;
            }
            if (before > 0 || isPinned || !isOverflown) oracle.set(cell, before + 1);
            else other += 1;
            if (isOverflown && pinned.length === 0) {
              for (const count of oracle.values()) other += count;
              oracle.clear();
            }
          }
          table.checkInvariants();
          expect(table.counts()).toEqual(oracle);
          expect(table.other).toBe(other);
          expect(table.isOverflown).toBe(isOverflown);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it("sums pinned texts by their places at any time, merged, loaded or overflown", () => {
    const cells = fc.array(text, { maxLength: 60 });
    const inputs = [cells, cells, fc.array(text, { maxLength: 6 }), fc.array(text)] as const;
    fc.assert(
      fc.property(
        ...inputs,
        fc.constantFrom(0, 2, 1024),
        (left, right, pinned, asked, textsMax) => {
          const options = { textsMax, pinned };
          const fold = (texts: readonly string[]): FrequencyTable => {
            const table = new FrequencyTable(options);
            for (const each of texts) {
              const bytes = encoder.encode(each);
              table.count(bytes, 0, bytes.length);
            }
            return table;
          };
          const table = fold(left);
          const places = table.placesOf([...asked, ...pinned]);
          const countIn = (texts: readonly string[]): number =>
            texts.filter((each) => pinned.includes(each)).length;
          expect(table.countAt(places)).toBe(countIn(left));
          table.merge(fold(right));
          expect(table.countAt(places)).toBe(countIn([...left, ...right]));
          const loaded = FrequencyTable.load(table.save(), options);
          expect(loaded.countAt(loaded.placesOf(pinned))).toBe(countIn([...left, ...right]));
        },
      ),
      { seed: 1 },
    );
  });
});
