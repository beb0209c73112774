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
});
